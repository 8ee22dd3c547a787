/** Safe mode beside an emergency rotation: it waits for what is on the way, gives no race up, and stops nothing when it fails. */
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure.ts';
import type { Stored } from '../flags/parameters.ts';
import type { Levers } from '../switches/levers.ts';
import { orTell, stopAnswers } from './safe-mode.ts';

const ABOUT = { by: 'nora', reason: 'emergency' };
const STORED: Stored = { value: 'false', version: 1, changedAt: '2026-01-15T12:00:00.000Z' };
const down = new Failure('endpoint_failed', 'Parameter Store did not answer', 'look');

/** Levers over one flag, on a clock of their own. @param claims  open replies, one reading after the other */
function world(laid: { readonly write?: () => Promise<Stored>; readonly claims?: readonly string[][] } = {}) {
  let now = 0;
  let stored = STORED;
  const told: string[] = [];
  const claims = [...(laid.claims ?? [])];
  const levers: Levers = {
    flags: {
      read: async () => stored,
      async write(_name, value, _about, basedOn) {
        await laid.write?.();
        if (basedOn !== stored.version) throw new Failure('version_conflict', 'somebody was faster', 'look');
        stored = { ...stored, value, version: basedOn + 1 };
        return stored;
      },
    },
    rules: { isOn: async () => true, set: async () => {} },
    openClaims: async () => new Set(claims.shift() ?? []),
    monotonic: () => now,
    async sleep(ms) {
      // Whole milliseconds: the rest of a fraction may be too small to move a clock.
      now += Math.ceil(ms);
    },
    tell: (line) => void told.push(line.split(':')[0]?.split(';')[0] ?? ''),
  };
  return {
    told,
    value: () => stored.value,
    faster(value: string): void {
      stored = { ...stored, value, version: stored.version + 1 };
    },
    run: () => orTell(levers.tell, () => stopAnswers(levers, ABOUT, 1_000)),
  };
}

describe('safe mode in an emergency', () => {
  it('says that nobody is answered only after the replies on the way', async () => {
    const safe = world({ claims: [['act:rp_reply:1'], ['act:rp_reply:1'], []] });
    expect([await safe.run(), safe.value()]).toEqual([true, 'true']);
    expect(safe.told).toEqual(['safe_mode is set', '1 reply on the way', 'safe_mode is in force']);
  });

  it('tries again when a colleague changes the flag in the same moment', async () => {
    let others = 2;
    const safe = world({
      write: async () => {
        if (others > 0) safe.faster('false');
        others -= 1;
        return STORED;
      },
    });
    expect([await safe.run(), safe.value()]).toEqual([true, 'true']);
  });

  it.each([
    ['Parameter Store is down', down],
    ['anything else is thrown', new TypeError('text of somebody')],
  ])('tells and lets the rotation go on: %s', async (_, error) => {
    const safe = world({ write: () => Promise.reject(error) });
    expect(await safe.run().catch(() => 'the rotation is over')).toBe(false);
    expect(safe.told).toEqual(['safe_mode is not known to be in force']);
  });
});
