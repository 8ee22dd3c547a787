/** Histories that come close to a violation and are none: a checker that blamed them would be believed by nobody. */
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import * as h from './histories.ts';
import { DATA, GOOD, history, ROUTED_ONLY } from './histories.ts';

/** A second question after the answer, received as a message of its own. */
const asksAgain = (at: number, commentId = 'c2') => [
  h.comment(at, commentId),
  h.told(
    at + 100,
    'MessageReceived',
    {},
    { by: 'ingest#1', eventId: `e-${commentId}`, root: `e-${commentId}`, seq: null },
  ),
  h.webhook(at + 110, commentId, { eventId: `e-${commentId}` }),
];

describe('the checker finds nothing', () => {
  it('in a question answered and settled', () => {
    expect(check(history())).toEqual({ violations: [], repliesSent: 1, unsettled: 0, residualRaces: 0 });
  });

  it.each([
    ['in a question routed and settled', history(ROUTED_ONLY)],
    [
      'in an event told twice with another time of publishing',
      history({
        routed: [GOOD.routed, h.told(760, 'TicketRouted', DATA.routed, { by: h.ROUTER, cause: 'e-MessageClassified' })],
      }),
    ],
    [
      'in the end told again after the end',
      history({ settled: [GOOD.settled, h.told(9_000, 'MessageSettled', DATA.settled, { by: h.SENDER, hops: 1 })] }),
    ],
    ['in a send within 30 s of a stop whose claim came before it', history({ claimed: [GOOD.claimed, h.stop(1_110)] })],
    ['in a send after the stop was lifted', history({ asked: [h.stop(-9_000), h.stop(-5_000, false), GOOD.asked] })],
    [
      'in an answer to a burst, whose older comment is answered with it',
      history({
        asked: [h.comment(-400, 'c0'), GOOD.asked],
        classified: h.told(
          500,
          'MessageClassified',
          { ...DATA.classified, turnCommentIds: ['c0', 'c1'] },
          { by: 'classify#1', hops: 1 },
        ),
      }),
    ],
    [
      'in a dispute that an agent answered before',
      history({
        asked: [
          h.comment(-90_000_000, 'c0', { isDispute: true }),
          h.comment(-89_999_000, 'a0', { author: 'agent' }),
          GOOD.asked,
        ],
      }),
    ],
    [
      'in a route tag that gave way to another',
      history({
        ...ROUTED_ONLY,
        tagged: [
          h.tagged(600, ['route-b']),
          h.tagged(650, [], ['route-b']),
          h.tagged(700, ['mw-processed', 'route-a']),
        ],
      }),
    ],
    [
      'in a comment whose webhook was refused',
      history({ webhook: [h.webhook(50, 'c1', { status: 503, eventId: null }), GOOD.webhook] }),
    ],
    ['in two webhooks of one comment', history({ webhook: [GOOD.webhook, h.webhook(300)] })],
  ])('%s', (_says, given) => expect(check(given).violations).toEqual([]));

  it('in two routes of equal rank and instant, whichever stands', () => {
    for (const stands of ['route-a', 'route-b']) {
      const given = history({
        ...ROUTED_ONLY,
        classified: [
          GOOD.classified,
          h.told(
            510,
            'MessageClassified',
            { ...DATA.classified, routeTag: 'route-b' },
            { by: 'classify#1', eventId: 'e-other', root: 'e-c1b', hops: 1 },
          ),
          h.told(
            520,
            'MessageSettled',
            { outcome: 'routed' },
            { by: h.ROUTER, eventId: 'e-settled-b', root: 'e-c1b', hops: 1 },
          ),
        ],
        tagged: h.tagged(700, ['mw-processed', stands]),
      });
      expect(h.rulesBrokenBy(given).filter((rule) => rule === 'stale-route')).toEqual([]);
    }
  });

  it('but counts what came within the window that nobody can close', () => {
    const late = h.comment(1_150, 'c2', { isDispute: true });
    expect(
      check(
        history(
          { claimed: [GOOD.claimed, late] },
          {
            tickets: [
              {
                conversationId: h.CONVERSATION,
                tags: ['mw-processed', 'mw-auto-replied', 'mw-escalated-human', 'route-a'],
                status: 'open',
              },
            ],
          },
        ),
      ),
    ).toMatchObject({ violations: [], residualRaces: 1 });
  });

  it('but counts a message that a failure queue holds and whose ticket says so', () => {
    const given = history({
      ...ROUTED_ONLY,
      tagged: h.tagged(700, ['mw-processed', 'route-a', 'mw-error-needs-attention']),
      approved: [],
      settled: h.failure(5_000, 'verify', `{"metadata":{"rootEventId":"${h.ROOT}"}}`),
    });
    expect(check(given)).toMatchObject({ violations: [], unsettled: 1 });
  });

  void asksAgain;
});
