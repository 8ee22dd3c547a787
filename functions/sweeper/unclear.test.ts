import { describe, expect, it } from 'vitest';
import { MINUTE, START, setUp } from './testing.ts';

describe('a claim without an outcome (protocols §6)', () => {
  it('is unclear after 120 s, not before', async () => {
    const { claim, sweep, clock, told } = setUp();
    await claim(1, { next_sweep_at: START + MINUTE });
    clock.advance(120_000 - 1);
    await sweep();
    expect(told()).toEqual([]);
    clock.advance(MINUTE);
    await sweep();
    expect(told().map(({ metadata, data }) => [metadata.eventName, data.actionKey])).toEqual([
      ['ReplyOutcomeUnclear', 'act:rp_reply:conv_1:cmt_1'],
    ]);
  });

  it('of a process that is known to be dead is unclear at once (ruling 28)', async () => {
    const { claim, sweep, clock, told } = setUp();
    await claim(1, { next_sweep_at: START, overdue: true });
    clock.advance(1_000);
    await sweep();
    expect(told().map(({ metadata }) => metadata.eventName)).toEqual(['ReplyOutcomeUnclear']);
  });
});
