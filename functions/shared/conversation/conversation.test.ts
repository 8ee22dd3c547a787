import { describe, expect, it } from 'vitest';
import type { Rank } from '../../../events/words.ts';
import { testWorld } from '../testing.ts';
import {
  advanceLatest,
  advanceTurn,
  commitReply,
  commitRoute,
  holdForAgent,
  readConversation,
  setSticky,
} from './conversation.ts';

const ID = 'conv_1';
const MINUTE = 60_000;
const seqOf = (number: number) => `01KF${String(number).padStart(22, '0')}`;
const route = { team: 'Sales Team', routeTag: 'route-sales-team', tags: ['mw-processed'] } as const;

function setUp() {
  const world = testWorld();
  const container = world.container('responder-reply');
  return { ...world, container, now: () => readConversation(container, ID) };
}

describe('a routing commit (protocols §8)', () => {
  // `rank 2 AND (standing < 2 OR standing seq <= seq)` or `standing < 2 AND (older seq, or same seq and lower rank)`.
  it.each([
    { standing: [0, 2], asked: [0, 1], stands: false },
    { standing: [0, 2], asked: [0, 2], stands: false },
    { standing: [0, 2], asked: [0, 3], stands: true },
    { standing: [0, 2], asked: [1, 2], stands: true },
    { standing: [0, 2], asked: [1, 1], stands: false },
    { standing: [1, 2], asked: [0, 2], stands: false },
    { standing: [1, 2], asked: [1, 2], stands: false },
    { standing: [1, 2], asked: [1, 3], stands: true },
    { standing: [1, 2], asked: [0, 3], stands: true },
    { standing: [1, 2], asked: [2, 1], stands: true },
    { standing: [0, 2], asked: [2, 1], stands: true },
    { standing: [2, 2], asked: [2, 1], stands: false },
    { standing: [2, 2], asked: [2, 2], stands: true },
    { standing: [2, 2], asked: [2, 3], stands: true },
    { standing: [2, 2], asked: [1, 9], stands: false },
    { standing: [2, 2], asked: [0, 9], stands: false },
  ] as const)('rank and sequence $asked on $standing: $stands', async ({ standing, asked, stands }) => {
    const { container, now } = setUp();
    const commit = (by: string, [rank, seq]: readonly [Rank, number]) =>
      commitRoute(container, ID, { seq: seqOf(seq), rank, by, route });
    await commit('first', standing);
    expect((await commit('second', asked)).stands).toBe(stands);
    expect((await now()).routed?.by).toBe(stands ? 'second' : 'first');
  });

  it('stands where nothing was committed, and again when its own cause repeats it, of whatever rank', async () => {
    const { container } = setUp();
    const commit = { seq: seqOf(1), rank: 0, by: 'cause', route } as const;
    expect((await commitRoute(container, ID, commit)).stands).toBe(true);
    expect((await commitRoute(container, ID, commit)).stands).toBe(true);
    const raised = { ...commit, rank: 2 } as const;
    await commitRoute(container, ID, raised);
    expect((await commitRoute(container, ID, raised)).stands).toBe(true);
  });

  it('one that was overtaken is no repeat any more', async () => {
    const { container } = setUp();
    await commitRoute(container, ID, { seq: seqOf(1), rank: 1, by: 'older', route });
    await commitRoute(container, ID, { seq: seqOf(2), rank: 1, by: 'newer', route });
    const again = await commitRoute(container, ID, { seq: seqOf(1), rank: 1, by: 'older', route });
    expect([again.stands, again.now.routed?.by]).toEqual([false, 'newer']);
  });
});

describe('what only grows', () => {
  it('latest_seq and last_turn_seq never lead back', async () => {
    const { container, now } = setUp();
    for (const seq of [2, 1]) {
      await advanceLatest(container, ID, seqOf(seq));
      await advanceTurn(container, ID, seqOf(seq));
    }
    expect(await now()).toMatchObject({ latestSeq: seqOf(2), lastTurnSeq: seqOf(2) });
  });

  it('a sticky flag stays beside later ones, and the first team with it', async () => {
    const { container, now } = setUp();
    await setSticky(container, ID, ['LEGAL_THREAT'], 'Leadership Team');
    await setSticky(container, ID, ['CHARGEBACK_DISPUTE'], 'Sales Team');
    const conversation = await now();
    expect([...conversation.stickyFlags].sort()).toEqual(['CHARGEBACK_DISPUTE', 'LEGAL_THREAT']);
    expect(conversation.stickyTeam).toBe('Leadership Team');
  });

  it('an agent’s hold is never shortened', async () => {
    const { container, now } = setUp();
    await holdForAgent(container, ID, 2_000);
    await holdForAgent(container, ID, 1_000);
    expect((await now()).agentHeldUntil).toBe(2_000);
  });
});

describe('the commit of a reply (protocols §6)', () => {
  async function ready() {
    const world = setUp();
    await advanceLatest(world.container, ID, seqOf(5));
    const commit = async (
      approvalId: string,
      more: { seq?: number; seen?: Awaited<ReturnType<typeof world.now>> } = {},
    ) =>
      (
        await commitReply(world.container, ID, {
          seq: seqOf(more.seq ?? 5),
          approvalId,
          templateId: 't_damaged_item_intake',
          seen: more.seen ?? (await world.now()),
        })
      ).committed;
    return { ...world, commit };
  }

  it('is made once for a sequence, and repeated by its own approval alone', async () => {
    const { commit, now } = await ready();
    expect(await commit('apr_1')).toBe(true);
    expect(await commit('apr_1')).toBe(true);
    expect(await commit('apr_2')).toBe(false);
    expect((await now()).replies.map(({ approvalId }) => approvalId)).toEqual(['apr_1']);
  });

  it('a repeat is excused from its own traces only: a newer message, a sticky flag or an agent stop it', async () => {
    const stops = [
      (world: ReturnType<typeof setUp>) => advanceLatest(world.container, ID, seqOf(6)),
      (world: ReturnType<typeof setUp>) => setSticky(world.container, ID, ['LEGAL_THREAT'], 'Leadership Team'),
      (world: ReturnType<typeof setUp>) => holdForAgent(world.container, ID, world.clock.now() + MINUTE),
    ];
    for (const stop of stops) {
      const world = await ready();
      await world.commit('apr_1');
      await stop(world);
      expect(await world.commit('apr_1')).toBe(false);
    }
  });

  it('needs the sequence that is the latest', async () => {
    const { commit } = await ready();
    expect(await commit('apr_1', { seq: 4 })).toBe(false);
  });

  it('needs a free cooldown of 10 minutes, to the millisecond', async () => {
    const { commit, container, clock } = await ready();
    await commit('apr_1');
    await advanceLatest(container, ID, seqOf(6));
    clock.advance(10 * MINUTE - 1);
    expect(await commit('apr_2', { seq: 6 })).toBe(false);
    clock.advance(1);
    expect(await commit('apr_2', { seq: 6 })).toBe(true);
  });

  it('needs the version that the gates were judged on', async () => {
    const { commit, container, clock, now } = await ready();
    const before = await now();
    await commit('apr_1');
    await advanceLatest(container, ID, seqOf(6));
    clock.advance(11 * MINUTE);
    expect(await commit('apr_2', { seq: 6, seen: before })).toBe(false);
    expect(await commit('apr_2', { seq: 6 })).toBe(true);
  });

  it('keeps the replies of 24 hours', async () => {
    const { commit, container, clock, now } = await ready();
    await commit('apr_1');
    clock.advance(24 * 60 * MINUTE);
    await advanceLatest(container, ID, seqOf(6));
    await commit('apr_2', { seq: 6 });
    expect((await now()).replies.map(({ approvalId }) => approvalId)).toEqual(['apr_2']);
  });
});
