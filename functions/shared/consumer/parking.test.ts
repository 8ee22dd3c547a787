import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../../events/define-event.ts';
import { VendorError } from '../errors.ts';
import { delivered } from '../testing.ts';
import { consumer } from './consumer.ts';
import { decided } from './definition.ts';
import { CLAIM, DAY, MINUTE, say, setUp, skipped, wait } from './testing.ts';

describe('parking (protocols §5)', () => {
  it('puts the envelope as it came into the later queue, 5 s, 30 s, 2 min, then 10 min', async () => {
    const { handler, event, clock, container, comeBack } = setUp(async () => wait());
    await handler(delivered(event));
    for (let time = 0; time < 4; time += 1) await comeBack(handler);
    expect(container.queues.waiting.map(({ dueAt }) => dueAt - clock.now())).toEqual([
      5_000, 30_000, 120_000, 600_000, 600_000,
    ]);
    const bodies = container.queues.waiting.map(({ body }) => JSON.parse(body) as { envelope: AnyEvent });
    for (const { envelope } of bodies) expect(envelope).toEqual(event);
  });

  it.each([
    { asked: 45_000, waits: 45_000 },
    { asked: 3_600_000, waits: 900_000 },
  ])('Retry-After of $asked ms wins, up to 15 minutes: $waits ms', async ({ asked, waits }) => {
    const { handler, event, clock, container } = setUp(
      async () => {
        throw new VendorError('richpanel', 'rate_limited', { retryAfterMs: asked });
      },
      { budgetMs: DAY },
    );
    await handler(delivered(event));
    expect(container.queues.waiting[0]?.dueAt).toBe(clock.now() + waits);
  });

  it('counts what a copy was parked for, cause by cause', async () => {
    const codes = ['stale_read', 'foreign', 'stale_read'];
    const { handler, event, container, comeBack } = setUp(async () => wait(codes.shift()));
    await handler(delivered(event));
    await comeBack(handler);
    await comeBack(handler);
    const { parked } = JSON.parse(container.queues.waiting.at(-1)?.body ?? '') as { parked: unknown };
    expect(parked).toMatchObject({ count: 3, code: 'stale_read', causes: { stale_read: 2, foreign: 1 } });
  });

  it('a parked copy comes back to a free event, and its envelope has come no further', async () => {
    let turn = 0;
    const { handler, event, published, comeBack } = setUp(async (context) => {
      turn += 1;
      return turn === 1 ? wait() : decided([skipped(context)]);
    });
    await handler(delivered(event));
    await comeBack(handler);
    expect(published().map(({ metadata }) => metadata.hops)).toEqual([2]);
  });

  it('past its budget an event is decided by what the function says for that case', async () => {
    const { handler, event, clock, published, container } = setUp(async () => wait('vendor_busy', 60_000), {
      budgetMs: 5 * MINUTE,
      onBudget: say,
    });
    clock.advance(4 * MINUTE);
    await handler(delivered(event));
    expect(container.queues.waiting).toHaveLength(1);
    clock.advance(1);
    await handler(delivered(event));
    expect(published()).toHaveLength(1);
    expect(container.queues.failed).toEqual([]);
  });

  it('past its budget and with nothing to say it goes to the failure queue', async () => {
    const { handler, event, clock, container } = setUp(async () => wait(), { budgetMs: MINUTE });
    clock.advance(MINUTE);
    await handler(delivered(event));
    expect(container.queues.failed.map(({ cause }) => cause)).toEqual(['budget_vendor_busy']);
  });

  it('a bus that took only part of it is waited for, and the stored bytes are published then', async () => {
    const { event, clock, container, bus, published, store } = setUp(say);
    const limping = consumer({
      name: 'responder-route',
      consumes: ['EscalationRaised'],
      produces: ['RoutingSkipped'],
      uses: [],
      hasEffects: true,
      budgetMs: () => DAY,
      handle: async (_event, context) => say(context, event),
    });
    const broken = limping({
      ...container,
      bus: { putEvents: async () => ({ failed: [{ index: 0, code: 'Busy' }] }) },
    });
    await broken(delivered(event));
    expect(await store.get('idempotency', { key: CLAIM })).toMatchObject({ status: 'DECIDED' });
    clock.advance(5_000);
    await limping({ ...container, bus })({ Records: [{ body: container.queues.waiting[0]?.body }] });
    expect(published().map(({ metadata }) => metadata.occurredAt)).toEqual(['2026-01-15T12:00:00.000Z']);
  });
});
