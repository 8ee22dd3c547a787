/** Richpanel's breakers: thresholds, who may probe, and what stops writing (platform §5.6, reference §1.1). */
import { describe, expect, it } from 'vitest';
import { VendorError } from '../errors.ts';
import { testWorld } from '../testing.ts';
import { richpanelCircuits } from './circuits.ts';

type Call = Parameters<ReturnType<typeof richpanelCircuits>['enter']>[0];
const READ: Call = { path: '/tickets/1', isWrite: false, isOnce: false };
const ORDER: Call = { path: '/order/1', isWrite: false, isOnce: false };
const TAGS: Call = { path: '/tickets/1/add-tags', isWrite: true, isOnce: false };
const MESSAGE: Call = { path: '/tickets/1/send-message', isWrite: true, isOnce: true };

const FAILURE = new VendorError('richpanel', 'server', { status: 503 });
const KEY_REFUSED = new VendorError('richpanel', 'auth', { status: 401 });
const FORBIDDEN = new VendorError('richpanel', 'auth', { status: 403 });

function setUp() {
  const world = testWorld();
  const base = world.container('responder-route');
  const other = richpanelCircuits(base);
  const circuits = richpanelCircuits(base, { readsToWrite: true });
  const call = async (what: Call, outcome: unknown = null, from = circuits): Promise<string> => {
    try {
      const leave = await from.enter(what);
      await leave(outcome);
      return 'made';
    } catch (error) {
      return error instanceof VendorError ? `${error.kind}, retryable: ${error.retryable}` : 'bug';
    }
  };
  const facts = () =>
    world.bus.published.map(({ detail }) => {
      const { metadata, data } = JSON.parse(detail);
      return [metadata.eventName, data.operationClass, data.errorRate];
    });
  const counted = (name: 'requests_total' | 'errors_total' | 'rate_limited_total') =>
    base.telemetry.counts.get(`vendor.richpanel.${name}`) ?? 0;
  return { world, call, other, facts, counted };
}
/** So many calls, of which the first `failing` fail. */
async function calls(call: ReturnType<typeof setUp>['call'], what: Call, all: number, failing: number) {
  for (let at = 0; at < all; at += 1) await call(what, at < failing ? FAILURE : null);
}
const OPEN = 'circuit_open, retryable: true';

describe('a circuit', () => {
  it.each([
    ['reads', READ, 40, 20, false],
    ['reads', READ, 40, 21, true],
    ['writes', TAGS, 19, 19, false],
    ['writes', TAGS, 20, 20, true],
    ['orders', ORDER, 40, 8, false],
    ['orders', ORDER, 40, 9, true],
  ] as const)('of %s: %o, %i calls, %i failed: open is %s', async (name, what, all, failing, isOpen) => {
    const { world, call, facts } = setUp();
    // Good calls first: the share is that of all, counted whether they were written one by one or not.
    for (let at = 0; at < all - failing; at += 1) await call(what);
    for (let at = 0; at < failing; at += 1) await call(what, FAILURE);
    world.clock.advance(1_000);
    expect((await call(what)) !== 'made').toBe(isOpen);
    expect(facts().map(([event, operationClass]) => [event, operationClass])).toEqual(
      isOpen ? [['CircuitOpened', name]] : [],
    );
  });

  it('is known to all containers within a second, and leaves the other classes alone', async () => {
    const { world, call, other } = setUp();
    await calls(call, READ, 20, 20);
    world.clock.advance(1_000);
    expect(await call(READ, null, other)).toBe(OPEN);
    expect([await call(TAGS), await call(ORDER)]).toEqual(['made', 'made']);
  });

  it('of order reads is not waited for: the reply is denied (platform §5.6)', async () => {
    const { call } = setUp();
    await calls(call, ORDER, 20, 20);
    expect(await call(ORDER)).toBe('circuit_open, retryable: false');
  });

  it('lets one probe through after 60 s, which closes it', async () => {
    const { world, call, facts } = setUp();
    await calls(call, READ, 20, 20);
    world.clock.advance(59_999);
    expect(await call(READ)).toBe(OPEN);
    world.clock.advance(1);
    expect([await call(READ), await call(READ)]).toEqual(['made', 'made']);
    expect(facts()).toEqual([
      ['CircuitOpened', 'reads', 1],
      ['CircuitClosed', 'reads', 0],
    ]);
  });

  it('stays open after a probe that failed; one that never reached the vendor is made again', async () => {
    const { world, call } = setUp();
    await calls(call, READ, 20, 20);
    world.clock.advance(60_000);
    expect([await call(READ, FAILURE), await call(READ)]).toEqual(['made', OPEN]);
    world.clock.advance(60_000);
    const heldBack = new VendorError('richpanel', 'rate_limited');
    expect([await call(READ, heldBack), await call(READ)]).toEqual(['made', 'made']);
  });

  it.each([
    ['a 429', new VendorError('richpanel', 'rate_limited', { status: 429 })],
    ['an unknown id', new VendorError('richpanel', 'not_found', { status: 404 })],
    ['a refused body', new VendorError('richpanel', 'invalid', { status: 400 })],
    ['a list that a key is refused', FORBIDDEN],
    ['a window that passed', new VendorError('richpanel', 'window_passed')],
    ['a busy table', new VendorError('dynamodb', 'server')],
    ['a bug', new Error('bug')],
  ])('does not take %s for a failure of the vendor', async (_what, outcome) => {
    const { world, call } = setUp();
    for (let at = 0; at < 30; at += 1) await call(READ, outcome);
    world.clock.advance(1_000);
    expect([await call(READ), await call(TAGS)]).toEqual(['made', 'made']);
  });
});

describe('a refused key', () => {
  it.each([
    ['401 on a read', READ, KEY_REFUSED],
    ['401 on a write', TAGS, KEY_REFUSED],
    ['401 on a message', MESSAGE, KEY_REFUSED],
    ['403 on a write', TAGS, FORBIDDEN],
  ])('%s stops all writes at once, for everybody', async (_what, what, refusal) => {
    const { world, call, other, facts } = setUp();
    await call(what, refusal);
    world.clock.advance(1_000);
    for (const from of [undefined, other])
      for (const write of [TAGS, MESSAGE]) expect(await call(write, null, from)).toBe(OPEN);
    expect([await call(READ), facts()]).toEqual(['made', [['CircuitOpened', 'writes', 1]]]);
  });

  it('no message is sent before another write was taken again', async () => {
    const { world, call } = setUp();
    await call(READ, KEY_REFUSED);
    for (let minute = 0; minute < 10; minute += 1) {
      world.clock.advance(60_000);
      expect(await call(MESSAGE)).toBe(OPEN);
      expect(await call(TAGS, KEY_REFUSED)).toBe('made');
    }
    world.clock.advance(60_000);
    expect([await call(MESSAGE), await call(TAGS), await call(MESSAGE)]).toEqual([OPEN, 'made', 'made']);
  });
});

it('counts calls, failures and refusals; what our own budget held back was no call', async () => {
  const { call, counted } = setUp();
  const heldBack = new VendorError('richpanel', 'rate_limited');
  const refused = new VendorError('richpanel', 'rate_limited', { status: 429 });
  for (const outcome of [null, FAILURE, KEY_REFUSED, refused, heldBack]) await call(READ, outcome);
  expect([counted('requests_total'), counted('errors_total'), counted('rate_limited_total')]).toEqual([4, 1, 1]);
});

describe('the table', () => {
  function counting() {
    const { world, call } = setUp();
    let requests = 0;
    const { get, change } = world.store;
    Object.assign(world.store, {
      get: (...given: Parameters<typeof get>) => {
        requests += 1;
        return get(...given);
      },
      change: (...given: Parameters<typeof change>) => {
        requests += 1;
        return change(...given);
      },
    });
    const during = async (run: () => Promise<unknown>): Promise<number> => {
      const before = requests;
      await run();
      return requests - before;
    };
    return { world, call, during };
  }

  it('is asked little while the vendor is well', async () => {
    const { world, call, during } = counting();
    const requests = await during(async () => {
      for (let at = 0; at < 300; at += 1) {
        await call(READ);
        world.clock.advance(100);
      }
    });
    // 30 s: one look a second at each of two circuits, one count each five.
    expect(requests).toBeLessThanOrEqual(2 * 30 + 2 * 7);
  });

  it('is not asked between the answer to a reading and the message that follows (protocols §6)', async () => {
    const { world, call, during } = counting();
    for (let minute = 0; minute < 3; minute += 1) {
      expect(await during(() => call(READ))).toBeGreaterThan(0);
      world.clock.advance(999);
      expect(await during(() => call(MESSAGE))).toBe(0);
      world.clock.advance(60_000);
    }
  });
});
