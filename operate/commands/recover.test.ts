import { describe, expect, it } from 'vitest';
import { NOTHING_RESTORED } from '../recovery/restore.ts';
import { nextOf } from './recover.ts';

const next = (restored: Partial<typeof NOTHING_RESTORED>) =>
  nextOf({ ...NOTHING_RESTORED, ...restored, ledgerGeneration: 3 });

describe('what comes after a recovery', () => {
  it.each(['records', 'unfinished', 'unclear', 'conversations', 'caps'] as const)(
    'that restored %s is the rebuild and another one',
    (what) => expect(next({ [what]: 1 })).toMatch(/^`replay start --purpose rebuild` and this again, until/),
  );

  it('that restored nothing depends on the rebuild: a trail that was lost as well has nothing to tell', () =>
    expect(next({})).toBe(
      'nothing was missing of what the trail tells. If the rebuild is done: prove it (docs/recovery.md), then `flags set ledger_whole 3`; else `replay start --purpose rebuild` and this again',
    ));
});
