/** Histories that come close to a violation and are none: a checker that blamed them would be believed by nobody. */
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import * as h from './histories.ts';
import { DATA, GOOD, history, ROUTED_ONLY } from './histories.ts';

describe('the checker finds nothing', () => {
  it('in a question answered and settled', () => {
    expect(check(history())).toEqual({ violations: [], repliesSent: 1, unsettled: 0, residualRaces: 0 });
  });

  it.each([
    ['in a question routed and settled', history(ROUTED_ONLY)],
    [
      'in an event told twice with another time of publishing',
      history({
        routed: [
          GOOD.routed,
          h.told(760, 'TicketRouted', DATA.routed, { by: h.ROUTER, cause: 'e-MessageClassified', made: 750 }),
        ],
      }),
    ],
    [
      'in the end told again after the end',
      history({
        settled: [GOOD.settled, h.told(9_000, 'MessageSettled', DATA.settled, { by: h.SENDER, hops: 1, made: 1_600 })],
      }),
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
    [
      'in a tag written in a replay of what nobody had taken up',
      history({
        ...ROUTED_ONLY,
        received: [GOOD.received, h.replay(300, true)],
        tagged: { ...GOOD.tagged, replay: { name: 'recovery-1', rootEventId: h.ROOT } },
      }),
    ],
    ['in a question written after the epoch', history({ asked: [h.epoch(-5_000, -1), GOOD.asked] })],
    ['in an epoch raised after the claim', history({ claimed: [GOOD.claimed, h.epoch(1_110, 1_100)] })],
    [
      'in another question of the customer a quarter of an hour later',
      history({ settled: [GOOD.settled, h.answered(15 * h.MINUTE_MS, 'q1')] }),
    ],
    [
      'in a customer’s questions in two conversations at once',
      history({ settled: [GOOD.settled, h.answered(h.MINUTE_MS, 'q1', 'conv-2')] }),
    ],
    ['in a claim made again because its answer was lost', history({ claimed: [GOOD.claimed, h.claimed(1_120)] })],
    [
      'in a claim whose every answer was lost, of one who went on to another ticket',
      history({
        ...h.SENDER_LOST,
        claimed: [GOOD.claimed, h.claimed(1_110), h.claimed(1_120), h.read(1_150, { conversationId: 'conv-2' })],
      }),
    ],
    [
      'in a first byte 19 s after the claim',
      history({ claimed: [GOOD.claimed, h.read(20_000)], sent: h.sent(20_100) }),
    ],
    [
      'in a reply that arrived and was told as unknown',
      history({
        replyTagged: h.tagged(1_400, ['mw-send-failed']),
        replySent: h.told(
          1_500,
          'ReplyFailed',
          { answersCommentId: 'c1', outcome: 'unknown' },
          { by: h.SENDER, cause: 'e-ReplyApproved' },
        ),
        settled: h.told(1_600, 'MessageSettled', { outcome: 'failed' }, { by: h.SENDER }),
      }),
    ],
    [
      'in an older comment told as superseded and decided with the newer',
      history({
        webhook: [GOOD.webhook, h.webhook(120, 'c0')],
        asked: [h.comment(-100, 'c0'), GOOD.asked],
        classified: h.told(
          500,
          'MessageClassified',
          { ...DATA.classified, turnCommentIds: ['c0', 'c1'] },
          { by: 'classify#1', hops: 1 },
        ),
      }),
    ],
    [
      'in a comment that an agent answered before anybody decided it',
      history({
        ...ROUTED_ONLY,
        webhook: [GOOD.webhook, h.comment(120, 'c2'), h.webhook(130, 'c2'), h.comment(140, 'a1', { author: 'agent' })],
      }),
    ],
    [
      'in a chat that stalls after 15 min',
      history({
        ...ROUTED_ONLY,
        approved: [
          ROUTED_ONLY.approved,
          h.told(16 * h.MINUTE_MS, 'MessageStalled', {}, { by: 'sweeper#1', channel: 'livechat' }),
        ],
      }),
    ],
    [
      'in a message told by the sweeper after 1, 6 and 36 min',
      history({
        webhook: [
          GOOD.webhook,
          [1, 6, 36].map((minute) => ({ ...GOOD.received, by: 'sweeper#1', at: h.START + minute * h.MINUTE_MS })),
        ],
      }),
    ],
    [
      'in a ticket closed, told and reopened by the customer',
      history({
        settled: [
          h.status(1_550, 'closed'),
          h.told(1_560, 'TicketResolved', {}, { by: h.SENDER, cause: 'e-ReplyApproved' }),
          GOOD.settled,
          h.comment(9_000, 'c2'),
          h.status(9_000, 'open', 'customer'),
        ],
      }),
    ],
    [
      'in a dispute and its person',
      history({
        ...ROUTED_ONLY,
        asked: h.comment(0, 'c1', { isDispute: true }),
        tagged: h.tagged(700, ['mw-processed', 'route-a', 'mw-escalated-human']),
      }),
    ],
    [
      'in a sixth write and a reopening',
      history({
        routed: [GOOD.routed, [1, 2, 3].map((index) => h.tagged(800 + index, ['mw-processed'])), h.status(810, 'open')],
      }),
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
});

describe('a comment that no webhook told of is blamed on nobody', () => {
  const unfound = [h.comment(2_000, 'c2'), h.looked(10 * h.MINUTE_MS)];
  const about = { by: 'classify#1', root: 'e-found', commentId: 'c2', hops: 0 };
  it.each([
    ['where the helpdesk refuses its list', history({ settled: [GOOD.settled, ...unfound] }, { hidesList: true })],
    [
      'while it is left to its webhook',
      history({ settled: [GOOD.settled, h.comment(2_000, 'c2'), h.looked(240_000)] }),
    ],
    [
      'where its ticket was closed after it, and opened again',
      history({
        settled: [GOOD.settled, unfound, h.status(3_000, 'closed', 'agent'), h.status(900_000, 'open', 'agent')],
      }),
    ],
    ['where its ticket is closed', history({ settled: [GOOD.settled, unfound, h.status(3_000, 'closed', 'agent')] })],
    [
      'where an agent had the word after it',
      history({ settled: [GOOD.settled, unfound, h.comment(3_000, 'a1', { author: 'agent' })] }),
    ],
    [
      'where it appeared a day after it was written',
      history({
        asked: [h.comment(-86_400_000, 'c0', { readableAt: h.START - 500 }), GOOD.asked],
        settled: [GOOD.settled, h.looked(10 * h.MINUTE_MS)],
      }),
    ],
    [
      'where it is older than a first ledger, which was never lost',
      history({
        asked: [h.epoch(-5_000, -5_000), GOOD.asked],
        settled: [GOOD.settled, h.comment(-5_001, 'c2', { readableAt: h.START + 2_000 }), h.looked(10 * h.MINUTE_MS)],
      }),
    ],
    [
      'where a root that was given up later had claimed it',
      history({
        settled: [
          GOOD.settled,
          [h.comment(2_000, 'c2'), h.comment(2_050, 'c3')],
          h.told(300_000, 'MissedMessageDetected', {}, { ...about, by: 'reconciler#1', eventId: 'e-found' }),
          h.held(300_100, 'c3', 'e-found'),
          h.told(
            12_000_000,
            'MessageStalled',
            {},
            { ...about, by: 'sweeper#1', eventId: 'e-stalled', channel: 'email' },
          ),
          h.told(12_001_000, 'MessageSettled', { outcome: 'failed' }, { ...about, by: h.SENDER, eventId: 'e-end' }),
          h.looked(240 * h.MINUTE_MS),
        ],
      }),
    ],
    [
      'where it was found and decided',
      history({
        settled: [
          GOOD.settled,
          h.comment(2_000, 'c2'),
          h.told(300_000, 'MissedMessageDetected', {}, { ...about, by: 'reconciler#1', eventId: 'e-found' }),
          h.told(
            300_500,
            'MessageClassified',
            { ...DATA.classified, tier: 2, routeTag: null, turnCommentIds: ['c2'] },
            { ...about, eventId: 'e-c2', seq: h.sequenceAt(2_000) },
          ),
          h.told(301_000, 'MessageSettled', { outcome: 'suppressed' }, { ...about, by: h.SENDER, eventId: 'e-end' }),
          h.looked(10 * h.MINUTE_MS),
        ],
      }),
    ],
  ])('%s', (_when, given) => expect(check(given).violations).toEqual([]));
});
