import { describe, expect, it } from 'vitest';
import { MINUTE, START, setUp } from './testing.ts';

describe('a stalled message (protocols §7)', () => {
  it.each([
    { channel: 'livechat', deadline: 15 * MINUTE },
    { channel: 'email', deadline: 120 * MINUTE },
  ] as const)('by $channel is named past $deadline ms and the time it was parked', async ({ deadline }) => {
    const { message, sweep, clock, names } = setUp();
    const about = { status: 'CLASSIFIED', branch_route: 'open', deadline_ms: deadline, parked_ms: 3 * MINUTE };
    await message(1, { ...about, next_sweep_at: START + deadline + 3 * MINUTE });
    clock.advance(deadline + 3 * MINUTE);
    await sweep();
    expect(names()).toEqual([]);
    clock.advance(MINUTE);
    await sweep();
    expect(names()).toEqual(['MessageStalled']);
  });

  it('whose route waits for its reply is named after 120 s, parking included (§8)', async () => {
    const { message, sweep, clock, told } = setUp();
    await message(1, {
      status: 'CLASSIFIED',
      branch_route: 'open',
      branch_reply: 'open',
      message_id: 'cmt_1',
      deadline_ms: 2 * MINUTE,
      deadline_is_firm: true,
      parked_ms: 60 * MINUTE,
      next_sweep_at: START + 2 * MINUTE,
    });
    clock.advance(2 * MINUTE + 1);
    await sweep();
    expect(told().map(({ metadata, data }) => [metadata.eventName, metadata.messageId, data.openBranches])).toEqual([
      ['MessageStalled', 'cmt_1', ['route', 'reply']],
    ]);
  });

  it('is stated at every due sweep, the same bytes but for publishedAt', async () => {
    const { message, sweep, clock, told, names } = setUp();
    await message(1);
    clock.advance(121 * MINUTE);
    await sweep();
    clock.advance(5 * MINUTE);
    await sweep();
    // Its cause goes before it, once: every sweep until then may have died.
    expect(names()).toEqual(['MessageReceived', 'MessageStalled', 'MessageStalled']);
    const [, first, second] = told();
    expect({ ...second, metadata: { ...second?.metadata, publishedAt: '' } }).toEqual({
      ...first,
      metadata: { ...first?.metadata, publishedAt: '' },
    });
  });
});
