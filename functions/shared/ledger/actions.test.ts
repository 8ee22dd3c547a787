import { describe, expect, it } from 'vitest';
import { VendorError } from '../errors.ts';
import { exampleOf, testWorld } from '../testing.ts';
import {
  claimAction,
  endWithoutSend,
  finishAction,
  leaveOpen,
  outcomeOf,
  publishOutcome,
  readAction,
} from './actions.ts';
import { replyKey } from './keys.ts';

const KEY = replyKey('conv_1', 'cmt_1');

function setUp() {
  const world = testWorld();
  const container = world.container('responder-reply');
  const outcome = (reasonCode: string) =>
    exampleOf('ReplySuppressed', world.clock.now(), {}, { reasonCode, reasonCodes: [reasonCode] });
  return { ...world, container, outcome, standing: async () => (await readAction(container, KEY)) ?? {} };
}

describe('a claim to act (protocols §6)', () => {
  it('is its owner’s alone, who may ask again, and never expires into a new one', async () => {
    const { container, clock } = setUp();
    expect(await claimAction(container, KEY, 'one', {})).toBe(true);
    expect(await claimAction(container, KEY, 'one', {})).toBe(true);
    clock.advance(89 * 86_400_000);
    expect(await claimAction(container, KEY, 'two', {})).toBe(false);
  });

  it('ends once: the first writer wins, and its words stay', async () => {
    const { container, outcome, standing } = setUp();
    await claimAction(container, KEY, 'one', {});
    expect(await finishAction(container, KEY, 'FAILED', outcome('stale_sequence'))).toBe(true);
    expect(await finishAction(container, KEY, 'DONE', outcome('cooldown_10m'))).toBe(false);
    expect(await claimAction(container, KEY, 'one', {})).toBe(false);
    expect(await standing()).toMatchObject({ status: 'FAILED' });
    expect(outcomeOf(await standing())?.data.reasonCode).toBe('stale_sequence');
  });

  it('has its end stored although the table refuses it for a while, and no longer than a timeout allows', async () => {
    const { container, outcome, standing, store, clock } = setUp();
    await claimAction(container, KEY, 'one', {});
    let refusals = 3;
    const change: typeof store.change = (...call) => {
      refusals -= 1;
      return refusals >= 0 ? Promise.reject(new VendorError('dynamodb', 'rate_limited')) : store.change(...call);
    };
    Object.assign(container, { store: { ...store, change } });
    const began = clock.monotonic();
    expect(await finishAction(container, KEY, 'DONE', outcome('stale_sequence'))).toBe(true);
    expect(await standing()).toMatchObject({ status: 'DONE' });
    expect(clock.monotonic() - began).toBeLessThan(30_000);
    refusals = 99;
    await expect(finishAction(container, KEY, 'DONE', null)).rejects.toThrow('rate_limited');
  });

  it('stays among the open ones until it has ended and was told', async () => {
    const { container, outcome, standing, bus } = setUp();
    await claimAction(container, KEY, 'one', {});
    await leaveOpen(container, KEY);
    expect((await standing()).open).toBe('act');
    await finishAction(container, KEY, 'FAILED', outcome('stale_sequence'));
    await publishOutcome(container, KEY, await standing());
    expect((await standing()).open).toBeUndefined();
    expect(bus.published.map(({ detailType }) => detailType)).toEqual(['ReplySuppressed']);
  });
});

describe('an end without a send (protocols §6)', () => {
  it('is put only where nothing stands; a claim in flight keeps its place', async () => {
    const { container, outcome, standing } = setUp();
    await claimAction(container, KEY, 'one', {});
    expect(await endWithoutSend(container, KEY, 'two', outcome('stale_sequence'))).toBe(false);
    expect(await standing()).toMatchObject({ status: 'CLAIMED', owner: 'one' });
  });

  it('succeeds when the very same write is repeated', async () => {
    const { container, outcome } = setUp();
    const first = outcome('stale_sequence');
    expect(await endWithoutSend(container, KEY, 'one', first)).toBe(true);
    expect(await endWithoutSend(container, KEY, 'one', first)).toBe(true);
  });

  it('never writes over the outcome of a send, not for the owner of that send either', async () => {
    const { container, outcome, standing } = setUp();
    await claimAction(container, KEY, 'one', {});
    await finishAction(container, KEY, 'FAILED', outcome('vendor_error_fail_closed'));
    expect(await endWithoutSend(container, KEY, 'one', outcome('too_old_to_reply'))).toBe(false);
    expect(outcomeOf(await standing())?.data.reasonCode).toBe('vendor_error_fail_closed');
  });
});
