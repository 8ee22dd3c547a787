import { describe, expect, it } from 'vitest';
import { type Rank, ROUTE_TAG_OF_TEAM, type Team } from '../../events/words.ts';
import { commitRoute, readConversation } from '../shared/conversation/conversation.ts';
import { RetryableError, VendorError } from '../shared/errors.ts';
import { flagsFrom } from '../shared/flags/flags.ts';
import { routeWriteKey } from '../shared/ledger/keys.ts';
import { testWorld } from '../shared/testing.ts';
import { addExplanation, type RouteOrder, recheckRoute, writeRoute, writeRouteSaying } from './register.ts';

const TICKET = 't-1';
const MINUTE = 60_000;
const seqOf = (number: number) => `01KF${String(number).padStart(22, '0')}`;

function order(cause: string, seq: number, team: Team, rank: Rank = 1): RouteOrder {
  const routeTag = ROUTE_TAG_OF_TEAM[team];
  const route = { team, routeTag, tags: ['mw-processed', `mw-intent-of-${cause}`, routeTag] };
  return { conversationId: TICKET, seq: seqOf(seq), rank, cause, route, reopens: true, parked: null };
}
const first = order('dec_1', 1, 'Returns Admin');
const second = order('dec_2', 2, 'Sales Team');

function setUp() {
  const world = testWorld();
  world.helpdesk.customerWrites({ conversationId: TICKET, text: 'My lamp arrived broken.' });
  const container = world.container('responder-route');
  const write = (asked: RouteOrder) => writeRoute(container, asked);
  const routes = async () =>
    ((await world.helpdesk.ticket(TICKET))?.tags ?? []).filter((tag) => tag.startsWith('route-'));
  const tags = async () => (await world.helpdesk.ticket(TICKET))?.tags ?? [];
  return { ...world, container, write, routes, tags };
}

describe('the register (protocols §8)', () => {
  it('commits, then writes tags and route', async () => {
    const { write, tags } = setUp();
    expect(await write(first)).toMatchObject({ kind: 'routed', writes: 1, assigned: true, movesRoute: true });
    expect([...(await tags())].sort()).toEqual(['mw-intent-of-dec_1', 'mw-processed', 'route-returns-admin']);
  });

  it('a newer decision moves the route; other tags only grow', async () => {
    const { write, routes, tags } = setUp();
    await write(first);
    await write(second);
    expect(await routes()).toEqual(['route-sales-team']);
    expect(await tags()).toEqual(expect.arrayContaining(['mw-intent-of-dec_1', 'mw-intent-of-dec_2']));
  });

  it('an older one that comes late writes nothing', async () => {
    const { write, routes } = setUp();
    await write(second);
    expect(await write(first)).toEqual({
      kind: 'skipped',
      reasonCode: 'stale_sequence',
      wouldRouteTo: 'Returns Admin',
    });
    expect(await routes()).toEqual(['route-sales-team']);
  });

  it('but what it says of the reply stands beside the newer route', async () => {
    const { container, write, routes, tags } = setUp();
    await write(second);
    expect(await writeRouteSaying(container, first, ['mw-auto-replied'])).toMatchObject({ kind: 'skipped' });
    expect(await routes()).toEqual(['route-sales-team']);
    expect(await tags()).toContain('mw-auto-replied');
    expect(await tags()).not.toContain('mw-intent-of-dec_1');
  });

  it('who finds another commit after its write writes that one', async () => {
    const { container, write, routes, helpdesk } = setUp();
    let isFirst = true;
    Object.assign(container, {
      tagger: {
        ...helpdesk,
        addTags: async (id: string, tags: readonly string[]) => {
          await helpdesk.addTags(id, tags);
          if (!isFirst) return;
          isFirst = false;
          const { seq, rank, cause, route } = second;
          await commitRoute(container, TICKET, { seq, rank, by: cause, route });
        },
      },
    });
    await write(first);
    expect(await routes()).toEqual(['route-sales-team']);
  });

  it('gives up after three rounds against others', async () => {
    const { container, write, helpdesk } = setUp();
    let number = 10;
    Object.assign(container, {
      helpdesk: {
        ...helpdesk,
        ticket: async (id: string) => {
          number += 1;
          const { seq, rank, cause, route } = order(`dec_${number}`, number, 'Sales Team');
          await commitRoute(container, TICKET, { seq, rank, by: cause, route });
          return helpdesk.ticket(id);
        },
      },
    });
    expect(await write(first)).toEqual({ kind: 'failed', errorCode: 'register_contended', httpStatus: undefined });
  });

  it('a retry whose own write is younger than 60 s waits until then, and writes again what is committed', async () => {
    const { write, clock, routes } = setUp();
    await write(first);
    clock.advance(20_000);
    const thrown = await write(first).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ code: 'register_wait', afterMs: 40_000 });
    clock.advance(40_000);
    await write(second);
    expect(await write(first)).toMatchObject({ kind: 'skipped', reasonCode: 'stale_sequence' });
    expect(await routes()).toEqual(['route-sales-team']);
  });

  it('a process that was frozen before its write does not write what stood then', async () => {
    const { container, write, clock, helpdesk, routes } = setUp();
    const ticket = async (id: string) => {
      clock.advance(31_000);
      return helpdesk.ticket(id);
    };
    Object.assign(container, { helpdesk: { ...helpdesk, ticket } });
    await expect(write(first)).rejects.toMatchObject({ code: 'register_wait', afterMs: 60_000 });
    expect(await routes()).toEqual([]);
  });

  it('nor does one that was frozen in the middle of it: it comes back when the last write can no longer land', async () => {
    const { container, write, clock, helpdesk, routes } = setUp();
    const addTags: typeof helpdesk.addTags = (...call) => {
      clock.advance(31_000);
      return helpdesk.addTags(...call);
    };
    Object.assign(container, { tagger: { ...helpdesk, addTags } });
    await expect(write(first)).rejects.toMatchObject({ code: 'register_wait', afterMs: 60_000 });
    expect(await routes()).toEqual([]);
  });

  it('of an event that is finished: what a frozen attempt wrote over is written again, for a quarter of an hour', async () => {
    const { container, write, clock, helpdesk, routes } = setUp();
    await write(first);
    await write(second);
    const recheck = async () => {
      await helpdesk.removeTags(TICKET, ['route-sales-team']);
      await helpdesk.addTags(TICKET, ['route-returns-admin']);
      await recheckRoute(container, first, null);
      return routes();
    };
    clock.advance(10 * MINUTE);
    expect(await recheck()).toEqual(['route-sales-team']);
    clock.advance(6 * MINUTE);
    expect(await recheck()).toEqual(['route-returns-admin']);
  });

  it('of an event that is finished: nothing is written where what stands on the ticket is what was committed', async () => {
    const { container, write, clock, helpdesk } = setUp();
    await write(first);
    await write(second);
    let writes = 0;
    const counted = async () => {
      writes += 1;
    };
    Object.assign(container, { tagger: { ...helpdesk, addTags: counted, removeTags: counted } });
    // Its own write is younger than 60 s: a write would be waited for.
    clock.advance(10_000);
    await recheckRoute(container, first, null);
    expect(writes).toBe(0);
    await helpdesk.addTags(TICKET, ['route-returns-admin']);
    clock.advance(10 * MINUTE);
    await recheckRoute(container, first, null);
    expect(writes).toBeGreaterThan(0);
  });

  it('of an event that is finished: who waited for a write looks, though the ledger that knows of it is lost', async () => {
    const { container, write, clock, helpdesk, store, routes } = setUp();
    await write(first);
    await write(second);
    await store.remove('idempotency', { key: routeWriteKey(TICKET, first.cause) });
    await helpdesk.addTags(TICKET, ['route-returns-admin']);
    clock.advance(2 * MINUTE);
    const parked = { firstAt: clock.now() - MINUTE, count: 1, totalMs: MINUTE };
    await recheckRoute(container, first, { ...parked, causes: { foreign_lease: 1 } });
    expect(await routes()).toEqual(['route-sales-team', 'route-returns-admin']);
    await recheckRoute(container, first, { ...parked, causes: { register_wait: 1 } });
    expect(await routes()).toEqual(['route-sales-team']);
  });

  it('of an event that never began to write, nothing is written again', async () => {
    const { container, write, helpdesk, routes } = setUp();
    await write(second);
    await helpdesk.removeTags(TICKET, ['route-sales-team']);
    await recheckRoute(container, first, null);
    expect(await routes()).toEqual([]);
  });

  it('a write without an answer is waited out, 60 s from its begin', async () => {
    const { container, write, clock, helpdesk, store } = setUp();
    Object.assign(container, {
      tagger: {
        ...helpdesk,
        addTags: async () => {
          clock.advance(30_000);
          throw new VendorError('richpanel', 'timeout', { applied: 'unknown' });
        },
      },
    });
    await expect(write(first)).rejects.toMatchObject({ code: 'register_wait', afterMs: 30_000 });
    expect(await store.get('idempotency', { key: routeWriteKey(TICKET, 'dec_1') })).toMatchObject({
      status: 'CLAIMED',
    });
  });

  it('a helpdesk’s final no is a result', async () => {
    const { container, write, helpdesk } = setUp();
    const addTags = async () => {
      throw new VendorError('richpanel', 'auth', { status: 403 });
    };
    Object.assign(container, { tagger: { ...helpdesk, addTags } });
    expect(await write(first)).toEqual({ kind: 'failed', errorCode: 'auth', httpStatus: 403 });
  });
});

describe('a ticket read that lags behind what was written', () => {
  /** Reads show the tags of a while ago. */
  async function lagging(before: readonly RouteOrder[], shown: readonly string[]) {
    const world = setUp();
    for (const one of before) await world.write(one);
    Object.assign(world.container, {
      helpdesk: {
        ...world.helpdesk,
        ticket: async (id: string) => {
          const ticket = await world.helpdesk.ticket(id);
          return ticket && { ...ticket, tags: shown };
        },
      },
    });
    return world;
  }

  it('does not leave the route tag of the commit before', async () => {
    const { write, routes } = await lagging([first], []);
    await write(second);
    expect(await routes()).toEqual(['route-sales-team']);
  });

  it('does not take a route tag for standing that was moved away since', async () => {
    const { write, routes } = await lagging([first, second], ['route-returns-admin']);
    await write(order('dec_3', 3, 'Returns Admin'));
    expect(await routes()).toEqual(['route-returns-admin']);
  });

  it('is believed again when the last other commit is older than any lag (5 s, 30 s, 2 min, 10 min)', async () => {
    const { write, clock } = await lagging([first], []);
    clock.advance(755_000);
    expect(await write(second)).toMatchObject({ kind: 'routed', writes: 1 });
  });
});

describe('ranks (protocols §8)', () => {
  it('a Tier 0 that loses to a newer Tier 0 adds its tags, leaves the team and does not claim to have moved it', async () => {
    const { write, routes, tags } = setUp();
    await write(order('dec_2', 2, 'Leadership Team', 2));
    const result = await write(order('dec_1', 1, 'Returns Admin', 2));
    expect(result).toMatchObject({ kind: 'routed', movesRoute: false, assigned: false });
    expect(await routes()).toEqual(['route-leadership-team']);
    expect(await tags()).toContain('mw-intent-of-dec_1');
  });

  it('nothing of lower rank moves a Tier 0, however new it is', async () => {
    const { write, routes } = setUp();
    await write(order('dec_1', 1, 'Leadership Team', 2));
    expect(await write(order('dec_9', 9, 'Sales Team', 1))).toMatchObject({ kind: 'skipped' });
    expect(await routes()).toEqual(['route-leadership-team']);
  });
});

describe('what is not written', () => {
  it.each(['shadow_mode', 'richpanel_read_only'])('nothing while %s is on', async (flag) => {
    const { container, write, parameters, tags } = setUp();
    parameters.values.set(flag, 'true');
    expect(await write(first)).toMatchObject({ kind: 'skipped', reasonCode: 'shadow_mode' });
    expect(await addExplanation(container, TICKET, ['mw-uncertain'])).toMatchObject({ kind: 'skipped' });
    expect(await tags()).toEqual([]);
    expect((await readConversation(container, TICKET)).routed).toBeNull();
  });

  it('no route tag while assignment is off (ruling 31)', async () => {
    const { write, parameters, tags } = setUp();
    parameters.values.set('assignment_enabled', 'false');
    expect(await write(first)).toMatchObject({ kind: 'routed', assigned: false });
    expect([...(await tags())].sort()).toEqual(['mw-intent-of-dec_1', 'mw-processed']);
  });

  it('no route tag by what explains, and nothing at all where all of it stands', async () => {
    const { container, tags } = setUp();
    await addExplanation(container, TICKET, ['mw-uncertain', 'route-sales-team']);
    expect(await tags()).toEqual(['mw-uncertain']);
    expect(await addExplanation(container, TICKET, ['mw-uncertain'])).toMatchObject({ writes: 0, tagsAdded: [] });
  });
});

describe('a table that is lost while the ticket is written', () => {
  it('is no answer of the helpdesk: nobody is told that the route failed, and another attempt comes', async () => {
    const { container, write, store } = setUp();
    const get: typeof store.get = (...call) =>
      call[0] === 'conversation_state'
        ? Promise.reject(new VendorError('dynamodb', 'not_found', { status: 400 }))
        : store.get(...call);
    Object.assign(container, { store: { ...store, get } });
    await expect(write(first)).rejects.toThrow('dynamodb: not_found');
  });
});

it('what may be written cannot be read: the route waits, for it is no order to leave the ticket as it is', async () => {
  const { write, container, tags, clock } = setUp();
  const { flags } = container;
  const read = () => Promise.reject(new VendorError('ssm', 'server'));
  Object.assign(container, {
    flags: flagsFrom({ read }, clock, container.telemetry, { cacheMs: 0, writesPhrase: null }),
  });
  await expect(write(first)).rejects.toThrow(RetryableError);
  await expect(addExplanation(container, TICKET, ['mw-send-failed'])).rejects.toThrow(RetryableError);
  expect(await tags()).toEqual([]);
  Object.assign(container, { flags });
  expect(await write(first)).toMatchObject({ kind: 'routed' });
});

describe('a write that may land yet, and whose record was lost with the ledger', () => {
  const waited = { firstAt: 0, count: 1, totalMs: 60_000, code: 'register_wait', causes: { register_wait: 1 } };
  it.each([
    { parked: waited, stands: 'route-sales-team' },
    { parked: null, stands: 'both' },
  ])('is made good by the copy that has waited for it: $stands', async ({ parked, stands }) => {
    const { write, routes, helpdesk, store } = setUp();
    await write(first);
    await write(second);
    // The older one's, which began before: the commit of the newer stands, and nothing tells of this write any more.
    await helpdesk.addTags(TICKET, [first.route.routeTag]);
    await store.remove('idempotency', { key: routeWriteKey(TICKET, first.cause) });
    await write({ ...first, parked });
    const standing = await routes();
    expect(standing.length === 2 ? 'both' : standing[0]).toBe(stands);
  });
});

describe('reopening (protocols §8)', () => {
  it.each([
    { resolvedByUs: true, reopens: true, status: 'open' },
    { resolvedByUs: true, reopens: false, status: 'closed' },
    { resolvedByUs: false, reopens: true, status: 'closed' },
  ] as const)(
    'closed by our ledger $resolvedByUs, unanswered comment $reopens: $status',
    async ({ resolvedByUs, reopens, status }) => {
      const { write, helpdesk, store } = setUp();
      await helpdesk.close(TICKET);
      if (resolvedByUs)
        await store.update('conversation_state', { conversation_id: TICKET }, { set: { auto_resolved: true } });
      await write({ ...first, reopens });
      expect((await helpdesk.ticket(TICKET))?.status).toBe(status);
    },
  );

  it.each([
    { ageMs: 10_000, reopened: 1 },
    { ageMs: 3_600_000, reopened: 0 },
  ])(
    'a ticket that is read as open: our close is $ageMs ms old, reopened $reopened times',
    async ({ ageMs, reopened }) => {
      const { write, helpdesk, store, clock, container } = setUp();
      await store.update(
        'conversation_state',
        { conversation_id: TICKET },
        { set: { auto_resolved: true, auto_resolved_at: clock.now() - ageMs } },
      );
      let times = 0;
      const reopen = async (id: string) => {
        times += 1;
        await helpdesk.reopen(id);
      };
      Object.assign(container, { tagger: { ...container.tagger, reopen } });
      await write({ ...first, reopens: true });
      expect(times).toBe(reopened);
    },
  );
});
