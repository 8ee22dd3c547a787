/** What is not decided, decided twice, or told wrongly; what does not settle, or settles wrongly. */
import * as h from '../histories.ts';
import { type Bad, DATA, GOOD, history, MINUTE_MS, ROOT, ROUTED_ONLY } from '../histories.ts';

const classified = (data: Record<string, unknown>, about: Parameters<typeof h.told>[3] = {}) =>
  h.told(500, 'MessageClassified', { ...DATA.classified, ...data }, { by: 'classify#1', hops: 1, ...about });
const stalled = (at: number, data: Record<string, unknown> = {}) =>
  h.told(at, 'MessageStalled', data, { by: 'sweeper#1', channel: 'email' });

export const DECISIONS: readonly Bad[] = [
  [
    'a comment that no webhook told of, which no look found',
    ['unfound'],
    history({ settled: [GOOD.settled, h.comment(2_000, 'c2'), h.looked(10 * MINUTE_MS)] }),
  ],
  [
    'a comment whose webhook was refused, which no look found, on a ticket that was closed before it',
    ['unfound'],
    history({
      settled: [
        GOOD.settled,
        h.status(1_700, 'closed', 'agent'),
        h.status(2_000, 'open', 'customer'),
        h.comment(2_000, 'c2'),
        h.webhook(2_100, 'c2', { status: 503, eventId: null }),
        h.looked(10 * MINUTE_MS),
      ],
    }),
  ],
  [
    'old mail that no webhook told of, written when the first ledger began',
    ['unfound'],
    history({
      asked: [h.epoch(-5_000, -5_000), GOOD.asked],
      settled: [GOOD.settled, h.comment(-5_000, 'c2', { readableAt: h.START + 2_000 }), h.looked(10 * MINUTE_MS)],
    }),
  ],
  [
    'old mail that no webhook told of, older than a first ledger, which was lost since',
    ['unfound'],
    history({
      asked: [h.epoch(-5_000, -5_000), GOOD.asked],
      settled: [
        GOOD.settled,
        h.comment(-6_000, 'c2', { readableAt: h.START + 2_000 }),
        h.epoch(3_000, 3_000),
        h.looked(10 * MINUTE_MS),
      ],
    }),
  ],
  [
    'a comment that no webhook told of, claimed by a root that had been given up before',
    ['false-end', 'unfound'],
    history({
      settled: [
        h.told(1_600, 'MessageSettled', { outcome: 'failed' }, { by: h.SENDER }),
        h.comment(2_000, 'c2'),
        h.held(2_100, 'c2'),
        h.looked(10 * MINUTE_MS),
      ],
    }),
  ],
  [
    'a comment that was told as superseded, stands in no turn, and had an agent’s word hours after that verdict',
    ['undecided'],
    history({
      settled: [
        GOOD.settled,
        h.comment(2_000, 'c2'),
        h.told(
          2_100,
          'MessageReceived',
          {},
          { by: 'ingest#1', root: 'e-c2', eventId: 'e-c2', commentId: 'c2', hops: 0 },
        ),
        h.webhook(2_110, 'c2', { eventId: 'e-c2' }),
        h.told(
          30_000,
          'MessageDeduplicated',
          { verdict: 'superseded', duplicateOfKey: 'c1' },
          { by: 'classify#1', root: 'e-c2', eventId: 'e-c2-verdict', commentId: 'c2', hops: 1 },
        ),
        h.told(
          30_100,
          'MessageSettled',
          { outcome: 'suppressed' },
          { by: 'classify#1', root: 'e-c2', eventId: 'e-c2-end', commentId: 'c2', hops: 1 },
        ),
        h.comment(5 * 60 * MINUTE_MS, 'a1', { author: 'agent' }),
      ],
    }),
  ],
  ['an accepted message that never settles', ['lost'], history({ settled: [] })],
  [
    'a webhook answered 200 whose message was never told',
    ['lost'],
    history({ webhook: [GOOD.webhook, h.webhook(200, 'c1', { eventId: 'e-nobody' })] }),
  ],
  [
    'a message found by looking that never settles',
    ['lost'],
    history({
      webhook: [
        GOOD.webhook,
        h.told(
          300,
          'MissedMessageDetected',
          {},
          { by: 'classify#1', eventId: 'e-found', root: 'e-found', commentId: 'c9' },
        ),
      ],
    }),
  ],
  [
    'a message in a failure queue whose ticket says nothing',
    ['lost', 'no-outcome'],
    history({ replySent: [], settled: h.failure(5_000, 'responder-reply', `{"rootEventId":"${ROOT}"}`) }),
  ],
  [
    'a ticket that says so, and no failure queue holds it',
    ['lost'],
    history({ replyTagged: h.tagged(1_400, ['mw-auto-replied', 'mw-error-needs-attention']), settled: [] }),
  ],
  [
    'two ends',
    ['settled-once', 'told-once'],
    history({
      settled: [
        GOOD.settled,
        h.told(1_700, 'MessageSettled', { outcome: 'replied' }, { eventId: 'e-again', by: h.SENDER }),
      ],
    }),
  ].map((part) => part) as unknown as Bad,
  [
    'a fact after the end',
    ['settled-last'],
    history({ ...ROUTED_ONLY, approved: [], settled: [ROUTED_ONLY.settled, ROUTED_ONLY.approved] }),
  ],
  ['one id with two contents', ['same-bytes'], history({ classified: [GOOD.classified, classified({ tier: 2 })] })],
  [
    'one id with two envelopes',
    ['same-bytes'],
    history({ classified: [GOOD.classified, classified({}, { hops: 2 })] }),
  ],
  [
    'a comment whose webhook was accepted in nobody’s turn',
    ['undecided'],
    history({ webhook: [h.comment(60, 'c2'), GOOD.webhook, h.webhook(120, 'c2')], ...ROUTED_ONLY }),
  ],
  [
    'a comment overtaken by our own reply, in nobody’s turn',
    ['undecided'],
    history({ sent: [h.comment(1_190, 'c2'), h.webhook(1_195, 'c2'), h.sent(1_200)], claimed: [GOOD.claimed] }),
  ],
  [
    'a comment in the turns of two decisions',
    ['turn-once'],
    history({
      ...ROUTED_ONLY,
      classified: [GOOD.classified, otherMessage({ turnCommentIds: ['c2', 'c1'] }, { made: 520 })],
    }),
  ],
  ['a sequence of another time', ['sequence'], history({ classified: classified({}, { seq: h.sequenceAt(77) }) })],
  [
    'two sequences of one comment',
    ['sequence'],
    history({
      ...ROUTED_ONLY,
      classified: [
        GOOD.classified,
        otherMessage(
          { turnCommentIds: [], routeTag: null },
          { seq: h.sequenceAt(0, 'B'), commentId: 'c1', made: -9_000 },
          'c1',
        ),
      ],
    }),
  ],
  [
    'one message under two ids',
    ['one-root'],
    history({
      webhook: [
        GOOD.webhook,
        h.told(200, 'MessageReceived', {}, { by: 'ingest#1', eventId: 'e-other', root: 'e-other' }),
        h.told(21_000, 'MessageDeduplicated', {}, { by: 'classify#1', root: 'e-other' }),
        h.told(
          21_100,
          'MessageSettled',
          { outcome: 'suppressed' },
          { eventId: 'e-end', by: 'classify#1', root: 'e-other', cause: 'e-MessageDeduplicated' },
        ),
      ],
    }),
  ],
  [
    'a random id for what was told before',
    ['told-once'],
    history({
      routed: [
        GOOD.routed,
        h.told(760, 'TicketRouted', DATA.routed, { by: h.ROUTER, cause: 'e-MessageClassified', eventId: 'e-random' }),
      ],
    }),
  ],
  [
    'a consequence before its cause',
    ['cause-first'],
    history({
      received: h.told(100, 'MessageReceived', {}, { by: 'ingest#1', eventId: ROOT }),
      classified: [],
      routed: [
        h.told(400, 'TicketRouted', DATA.routed, { by: h.ROUTER, cause: 'e-MessageClassified' }),
        GOOD.classified,
      ],
    }),
  ],
  [
    'a message that stalled over a reply which its decision did not expect',
    ['stored-branches'],
    history({
      ...ROUTED_ONLY,
      classified: h.told(
        500,
        'MessageClassified',
        { ...DATA.classified, replyExpected: false },
        { by: 'classify#1', hops: 1 },
      ),
      approved: [ROUTED_ONLY.approved, stalled(121 * MINUTE_MS, { state: 'CLASSIFIED', openBranches: ['reply'] })],
    }),
  ],
  ['a decision told by ingest', ['producer'], history({ classified: { ...GOOD.classified, by: 'ingest#1' } })],
  [
    'thirteen hops',
    ['hops'],
    history({
      replySent: h.told(1_500, 'ReplySent', DATA.replySent, { by: h.SENDER, cause: 'e-ReplyApproved', hops: 13 }),
    }),
  ],
  [
    'a sweeper that tells a message every minute',
    ['sweep-back-off'],
    history({
      webhook: [
        GOOD.webhook,
        Array.from({ length: 8 }, (_, minute) => ({
          ...GOOD.received,
          by: 'sweeper#1',
          at: h.START + (minute + 1) * MINUTE_MS,
        })),
      ],
    }),
  ],
  [
    'a message that stalls after a minute',
    ['early-stall'],
    history({ ...ROUTED_ONLY, approved: [ROUTED_ONLY.approved, stalled(1_550)] }),
  ],
  [
    'an e-mail that stalls at the deadline of a chat',
    ['early-stall'],
    history({ ...ROUTED_ONLY, approved: [ROUTED_ONLY.approved, stalled(16 * MINUTE_MS)] }),
  ],
];

/** Another message of the conversation, decided by who has looked, and settled. */
function otherMessage(
  data: Record<string, unknown>,
  about: Parameters<typeof h.told>[3] = {},
  settles = 'c2',
): readonly h.Facts[] {
  const other = { root: 'e-c2', commentId: 'c2' };
  return [
    h.comment(50, 'c2'),
    h.told(480, 'MessageReceived', {}, { ...other, by: 'ingest#1', eventId: 'e-c2', hops: 0, seq: null }),
    h.read(510, { by: 'classify#1' }),
    classified(data, { ...other, eventId: 'e-classified-c2', seq: h.sequenceAt(50), ...about }),
    h.told(530, 'RoutingSkipped', {}, { ...other, by: h.ROUTER, eventId: 'e-skipped-c2' }),
    h.told(
      540,
      'MessageSettled',
      { outcome: 'routed' },
      { ...other, commentId: settles, by: h.ROUTER, eventId: 'e-settled-c2' },
    ),
  ];
}
