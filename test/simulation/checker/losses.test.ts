/** What a lost ledger excuses, and what it does not. */
import { describe, expect, it } from 'vitest';
import type { Fact } from '../facts.ts';
import { check } from './check.ts';
import * as h from './histories.ts';
import { DATA, GOOD, history } from './histories.ts';

const loss = (at: number, tables = ['idempotency']): Fact => ({
  kind: 'loss',
  at: h.START + at,
  until: h.START + at + 60_000,
  tables,
});
const settledAgain = (at: number) =>
  h.told(at, 'MessageSettled', DATA.settled, { by: h.SENDER, hops: 1, eventId: 'e-of-the-next-generation' });
const rules = (facts: Parameters<typeof history>[0]) => check(history(facts)).violations.map(({ rule }) => rule);

describe('a message that settles a second time', () => {
  it.each([
    ['after the ledger was lost', [loss(80_000), settledAgain(90_000)], []],
    ['before it was', [settledAgain(70_000), loss(80_000)], ['settled-once']],
    [
      'after one was lost that had long recorded its end',
      [loss(12 * h.MINUTE_MS), settledAgain(13 * h.MINUTE_MS)],
      ['settled-once'],
    ],
    ['after another table was', [loss(80_000, ['vault']), settledAgain(90_000)], ['settled-once']],
    ['after a ledger was lost that had never heard of it', [settledAgain(90_000), loss(-120_000)], ['settled-once']],
  ] as const)('%s', (_when, more, expected) => {
    expect(rules({ settled: [GOOD.settled, ...more].flat() }).filter((rule) => rule !== 'told-once')).toEqual(expected);
  });
});

describe('a message that came when the ledger was whole again, in a conversation that is older', () => {
  const c2 = { by: h.SENDER, root: 'e-c2', commentId: 'c2', seq: h.sequenceAt(200_000) };
  it.each([
    [
      'settled twice',
      'settled-once',
      h.told(300_000, 'MessageSettled', DATA.settled, { ...c2, eventId: 'e-c2-again' }),
    ],
    [
      'with two outcomes',
      'one-outcome',
      h.told(
        300_000,
        'ReplySuppressed',
        { answersCommentId: 'c2' },
        { ...c2, eventId: 'e-c2-no', cause: 'e-c2-approved' },
      ),
    ],
    [
      'under two roots',
      'one-root',
      h.told(300_000, 'MissedMessageDetected', {}, { ...c2, by: 'reconciler#1', eventId: 'e-c3', root: 'e-c3' }),
    ],
  ] as const)('is blamed where it is told %s', (_how, rule, more) => {
    const after = h.answered(200_000, 'c2');
    expect(rules({ settled: [GOOD.settled, loss(80_000), after].flat() as Fact[] })).not.toContain(rule);
    expect(rules({ settled: [GOOD.settled, loss(80_000), after, more].flat() as Fact[] })).toContain(rule);
  });
});

describe('a comment decided a second time, long after its own message was over', () => {
  const isBlamed = (settled: readonly Fact[]) => {
    const again = h.told(13 * h.MINUTE_MS, 'MessageClassified', DATA.classified, {
      by: 'classify#9',
      eventId: 'e-anew',
      hops: 1,
    });
    const read = h.read(13 * h.MINUTE_MS - 500, { by: 'classify#9' });
    return rules({ settled: [...settled, loss(12 * h.MINUTE_MS), read, again].flat() }).includes('turn-once');
  };
  it('is blamed where the message whose turn it stood in was over as well', () => {
    expect(isBlamed([GOOD.settled].flat())).toBe(true);
  });
  it('is decided anew with that message, where it was still under way', () => {
    expect(isBlamed([])).toBe(false);
  });
});

describe('a message that enters under another id, once the ledger was lost', () => {
  const isBlamed = (settled: readonly Fact[]) => {
    const found = { by: 'reconciler#1', eventId: 'e-found', root: 'e-found' };
    const again = h.told(13 * h.MINUTE_MS, 'MissedMessageDetected', {}, found);
    return rules({ settled: [...settled, loss(12 * h.MINUTE_MS), again] }).includes('one-root');
  };
  it('is blamed where it was long over', () => {
    expect(isBlamed([GOOD.settled].flat())).toBe(true);
  });
  it('was found because its record had gone, where it was still under way', () => {
    expect(isBlamed([])).toBe(false);
  });
});

describe('a message that never ends', () => {
  const neverEnds = (...more: Fact[]) => rules({ settled: more }).includes('lost');
  it('went with a ledger that was lost before it was recorded', () => {
    expect(neverEnds(loss(60_000))).toBe(false);
  });
  it('was taken over by the root that found its comment when the ledger was lost, where that one ends', () => {
    const found = (...more: Fact[]) =>
      neverEnds(
        loss(12 * h.MINUTE_MS),
        h.told(
          13 * h.MINUTE_MS,
          'MissedMessageDetected',
          {},
          { by: 'classify#9', eventId: 'e-found', root: 'e-found' },
        ),
        ...more,
      );
    const end = h.told(14 * h.MINUTE_MS, 'MessageSettled', DATA.settled, { by: h.SENDER, root: 'e-found', hops: 1 });
    expect(found()).toBe(true);
    expect(found(end)).toBe(false);
  });
  it('was taken into the turn of another, once the ledger was lost, where that one ends after it', () => {
    const other = { by: 'classify#9', root: 'e-c2', commentId: 'c2', hops: 1 };
    const turn = (comments: readonly string[]) =>
      h.told(
        13 * h.MINUTE_MS,
        'MessageClassified',
        { ...DATA.classified, turnCommentIds: comments },
        { ...other, eventId: 'e-anew' },
      );
    const end = (minute: number) =>
      h.told(minute * h.MINUTE_MS, 'MessageSettled', DATA.settled, { ...other, eventId: 'e-c2-end' });
    const lost = loss(12 * h.MINUTE_MS);
    expect(neverEnds(lost, turn(['c1', 'c2']), end(14))).toBe(false);
    expect(neverEnds(lost, turn(['c2']), end(14))).toBe(true);
    expect(neverEnds(lost, turn(['c1', 'c2']))).toBe(true);
    expect(neverEnds(end(11), lost, turn(['c1', 'c2']))).toBe(true);
    expect(neverEnds(turn(['c1', 'c2']), end(14))).toBe(true);
    // Taken before the loss: then an end was due before it.
    expect(neverEnds(turn(['c1', 'c2']), loss(13.5 * h.MINUTE_MS), end(14))).toBe(true);
  });
  it('is lost where the ledger was lost long after, or before, or another table was', () => {
    expect([loss(12 * h.MINUTE_MS), loss(-120_000), loss(60_000, ['vault'])].map((one) => neverEnds(one))).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('a decision that nobody routes', () => {
  const isUnrouted = (...more: Fact[]) =>
    rules({ ...h.ROUTED_ONLY, tagged: [], routed: [], settled: [GOOD.settled, ...more].flat() }).includes('unrouted');
  it('went with a ledger that was lost soon after', () => {
    expect(isUnrouted(loss(60_000))).toBe(false);
  });
  it('was decided anew once the ledger was lost, however long after', () => {
    const data = { ...DATA.classified, routeTag: null };
    const anew = h.told(13 * h.MINUTE_MS, 'MessageClassified', data, { by: 'classify#9', eventId: 'e-anew', hops: 1 });
    expect(isUnrouted(loss(12 * h.MINUTE_MS), anew)).toBe(false);
    expect(isUnrouted(anew)).toBe(true);
    expect(isUnrouted(anew, loss(14 * h.MINUTE_MS))).toBe(true);
  });
  it('is blamed where the ledger was lost long after, or before, or not at all', () => {
    expect([isUnrouted(loss(12 * h.MINUTE_MS)), isUnrouted(loss(-120_000)), isUnrouted()]).toEqual([true, true, true]);
  });
});

describe('a ticket closed, and told to nobody', () => {
  const closed = (at: number) => rules({ settled: [h.status(1_550, 'closed'), GOOD.settled, loss(at)].flat() });
  it('is known to its claim alone: it goes with a ledger that is lost before the claim is named', () => {
    expect(closed(60_000)).toEqual([]);
  });
  it('is blamed where the ledger is lost long after, or was before', () => {
    expect(closed(11 * h.MINUTE_MS)).toEqual(['closed']);
    expect(closed(-120_000)).toContain('closed');
  });
  it('is blamed in spite of a loss where a question stands unanswered on it', () => {
    const over = [h.status(1_550, 'closed'), GOOD.settled, h.comment(1_700, 'c2'), loss(60_000)];
    expect(rules({ settled: over.flat() })).toContain('closed');
  });
});

describe('a route that waited for its reply and was not written', () => {
  const waiting = { ...DATA.classified, routeWhen: 'afterReply' };
  const untold = (at: number, ...closed: Fact[]) =>
    rules({
      classified: h.told(500, 'MessageClassified', waiting, { by: 'classify#1', hops: 1 }),
      tagged: h.tagged(700, ['mw-processed']),
      routed: h.told(750, 'TicketRouted', { ...DATA.routed, assigned: false, mode: 'tags_only' }, { by: h.ROUTER }),
      settled: [...closed, GOOD.settled, loss(at)].flat(),
    });
  it('since the ticket was closed, and the fact of it went with the ledger, is no stale one', () => {
    expect(untold(60_000, h.status(1_550, 'closed'))).toEqual([]);
  });
  it('is one where nobody closed the ticket, or the ledger was lost long after', () => {
    expect(untold(60_000)).toEqual(['stale-route']);
    expect(untold(60_000, h.status(1_550, 'closed'), h.status(1_570, 'open'))).toEqual(['stale-route']);
    expect(untold(11 * h.MINUTE_MS, h.status(1_550, 'closed'))).toContain('stale-route');
  });
});

describe('a comment told as superseded by a turn that is told afterwards', () => {
  const early = (...more: Fact[]) => {
    const c2 = { root: 'e-c2', by: 'classify#2', hops: 1 };
    const verdict = { verdict: 'superseded', duplicateOfKey: 'c1' };
    return rules({
      ...h.ROUTED_ONLY,
      asked: [h.comment(-500, 'c0'), GOOD.asked],
      webhook: [
        GOOD.webhook,
        h.told(
          200,
          'MessageReceived',
          {},
          { ...c2, commentId: 'c0', eventId: 'e-c2', by: 'ingest#1', hops: 0, seq: null },
        ),
        h.told(300, 'MessageDeduplicated', verdict, { ...c2, commentId: 'c0' }),
        ...more,
      ],
      classified: [
        h.read(90_000, { by: 'classify#1' }),
        h.told(
          90_500,
          'MessageClassified',
          { ...DATA.classified, turnCommentIds: ['c0', 'c1'] },
          { by: 'classify#1', hops: 1 },
        ),
      ],
    }).includes('superseded-early');
  };
  it('stood in one that went with the ledger before it was told', () => {
    expect(early(loss(60_000))).toBe(false);
  });
  it('is blamed where none was lost, or another table, or long after, or before', () => {
    expect([early(), early(loss(60_000, ['vault'])), early(loss(11 * h.MINUTE_MS)), early(loss(-120_000))]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});

describe('tags that a reply names and no ticket bears', () => {
  const untagged = (...more: Fact[]) =>
    rules({ replyTagged: [], settled: [GOOD.settled, ...more].flat() }).filter((rule) => rule === 'tags-told');
  it('go with a ledger that is lost before the claim is named', () => {
    expect(untagged(loss(60_000))).toEqual([]);
  });
  it('are blamed where none was lost, or another table, or long after, or before', () => {
    expect(untagged()).toEqual(['tags-told']);
    expect(untagged(loss(60_000, ['vault']))).toEqual(['tags-told']);
    expect(untagged(loss(11 * h.MINUTE_MS))).toEqual(['tags-told']);
    expect(untagged(loss(-120_000))).toEqual(['tags-told']);
  });
  it('are blamed in spite of a loss where a route names them', () => {
    expect(rules({ tagged: [], settled: [GOOD.settled, loss(60_000)].flat() })).toContain('tags-told');
  });
});

describe('writes for one message', () => {
  const writes = (count: number, from: number) =>
    Array.from({ length: count }, (_, index) => h.tagged(from + index, [`mw-secondary-${from + index}`]));
  const over = (more: readonly (Fact | readonly Fact[])[]) => rules({ settled: [GOOD.settled, ...more].flat() });
  it('are counted anew by a ledger that has lost what was written', () => {
    expect(over([writes(3, 800), loss(80_000), writes(5, 90_000)])).not.toContain('write-cap');
  });
  it('are one where the same is written again', () => {
    expect(over(Array.from({ length: 9 }, (_value, index) => h.tagged(800 + index, ['mw-secondary-1'])))).not.toContain(
      'write-cap',
    );
  });
  it('are too many all the same within one ledger', () => {
    expect(over([loss(80_000), writes(7, 90_000)])).toContain('write-cap');
    expect(over([writes(3, 800), loss(80_000, ['vault']), writes(5, 90_000)])).toContain('write-cap');
  });
});

describe('a route that was decided, and no ticket bears', () => {
  const anew = h.told(
    90_000,
    'MessageClassified',
    { ...DATA.classified, routeTag: null },
    { by: 'classify#1', eventId: 'e-anew', root: 'e-another', hops: 1 },
  );
  const stale = (...more: Fact[]) =>
    rules({ tagged: h.tagged(700, ['mw-processed']), routed: [], settled: [GOOD.settled, ...more].flat() }).includes(
      'stale-route',
    );
  it('gave way to what another root decided of the same comment once the ledger was lost, and not otherwise', () => {
    expect(stale(loss(80_000), anew)).toBe(false);
    expect(stale(anew)).toBe(true);
    expect(stale(loss(-120_000), anew)).toBe(true);
    expect(stale(loss(80_000, ['vault']), anew)).toBe(true);
    expect(stale(loss(80_000))).toBe(true);
  });
  it('may stand beside another of its rank and instant, whichever was written; one of another instant may not', () => {
    const stands = (tag: string, seq?: string) => {
      const again = h.told(
        90_000,
        'MessageClassified',
        { ...DATA.classified, routeTag: 'route-b' },
        { by: 'classify#1', eventId: 'e-anew', root: 'e-another', hops: 1, ...(seq !== undefined && { seq }) },
      );
      return !rules({
        tagged: h.tagged(700, ['mw-processed', tag]),
        routed: [],
        settled: [GOOD.settled, loss(80_000), again].flat(),
      }).includes('stale-route');
    };
    expect([stands('route-a'), stands('route-b'), stands('route-c')]).toEqual([true, true, false]);
    expect([stands('route-a', h.sequenceAt(60_000)), stands('route-b', h.sequenceAt(60_000))]).toEqual([false, true]);
  });
  it('may stand over an older one of another comment, where it was decided anew as nothing to route', () => {
    const older = h.told(
      510,
      'MessageClassified',
      { ...DATA.classified, routeTag: 'route-b', turnCommentIds: ['c0'] },
      { by: 'classify#1', eventId: 'e-older', root: 'e-of-c0', commentId: 'c0', hops: 1, seq: h.sequenceAt(-500) },
    );
    const stands = (tag: string) =>
      !rules({
        asked: [h.comment(-500, 'c0'), GOOD.asked],
        classified: [GOOD.classified, older],
        tagged: h.tagged(700, ['mw-processed', tag]),
        routed: [],
        settled: [GOOD.settled, loss(80_000), anew].flat(),
      }).includes('stale-route');
    expect([stands('route-a'), stands('route-b'), stands('route-c')]).toEqual([true, true, false]);
  });
  it('may stand all the same, where it was written before the loss; another may not', () => {
    const standing = (tag: string) =>
      rules({
        tagged: h.tagged(700, ['mw-processed', tag]),
        routed: [],
        settled: [GOOD.settled, loss(80_000), anew].flat(),
      }).includes('stale-route');
    expect([standing('route-a'), standing('route-b')]).toEqual([false, true]);
  });
});

describe('what no loss excuses', () => {
  it('is a second reply', () => {
    expect(rules({ settled: [GOOD.settled, loss(80_000), ...h.sent(700_000, 'b2')].flat() })).toContain('one-reply');
  });

  it('is a comment that was accepted and nobody decided', () => {
    const found = rules({
      settled: [GOOD.settled, h.comment(70_000, 'c2'), h.webhook(70_500, 'c2'), loss(80_000)].flat(),
    });
    expect(found).toContain('undecided');
  });
});
