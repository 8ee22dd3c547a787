import { describe, expect, it } from 'vitest';
import { exampleOf } from '../shared/testing.ts';
import { MINUTE, START, setUp } from './testing.ts';

describe('what was stored and not told', () => {
  it('a settled message states its end, and leaves the open ones only then', async () => {
    const { message, sweep, clock, told, store } = setUp();
    const settled_at = new Date(START + MINUTE).toISOString();
    await message(1, { status: 'SETTLED', settled_by: 'responder-route', settled_at, outcome_route: 'routed' });
    clock.advance(2 * MINUTE);
    await sweep();
    expect(told().map(({ metadata, data }) => [metadata.eventName, metadata.producer, data.outcome])).toEqual([
      ['MessageSettled', 'responder-route', 'routed'],
    ]);
    expect((await store.get('idempotency', { key: 'evt:rp:conv_1:cmt_1' }))?.open).toBeUndefined();
  });

  it('an outcome is published as it stands, and its branch is for responder-settle to close', async () => {
    const { claim, sweep, clock, told, store } = setUp();
    const outcome = exampleOf('ReplySuppressed', START);
    await claim(1, { status: 'FAILED', outcome: JSON.stringify(outcome) });
    clock.advance(2 * MINUTE);
    await sweep();
    const names = told().map(({ metadata }) => metadata.eventName);
    expect(names).toEqual(['ReplyOutcomeUnclear', 'ReplySuppressed']);
    expect(told()[1]?.data).toEqual(outcome.data);
    expect((await store.get('idempotency', { key: 'act:rp_reply:conv_1:cmt_1' }))?.open).toBeUndefined();
  });

  it('an unknown outcome stays among the open ones: responder-settle is told until it has put the tag on the ticket', async () => {
    const { claim, sweep, clock, names, store } = setUp();
    const outcome = exampleOf('ReplyFailed', START);
    await claim(1, { status: 'UNKNOWN', outcome: JSON.stringify(outcome) });
    clock.advance(2 * MINUTE);
    await sweep();
    expect((await store.get('idempotency', { key: 'act:rp_reply:conv_1:cmt_1' }))?.open).toBe('act');
    clock.advance(5 * MINUTE);
    await sweep();
    expect(names()).toEqual(['ReplyOutcomeUnclear', 'ReplyFailed', 'ReplyOutcomeUnclear', 'ReplyFailed']);
  });

  it('a dead message is nobody’s errand', async () => {
    const { message, sweep, clock, names } = setUp();
    await message(1, { status: 'DEAD' });
    clock.advance(200 * MINUTE);
    await sweep();
    expect(names()).toEqual([]);
  });
});
