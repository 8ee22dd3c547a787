/** What does not pass the one door, and what is told of it otherwise than it was. */
import * as h from '../histories.ts';
import { type Bad, DATA, GOOD, history, MINUTE_MS, ROUTED_ONLY } from '../histories.ts';

const OTHER = 'responder-reply#2';

export const DOOR: readonly Bad[] = [
  ['a reply that nobody approved', ['approved-first', 'cause-first', 'as-approved'], history({ approved: [] })],
  [
    'an approval told after the claim',
    ['approved-first'],
    history({
      approved: [],
      claimed: [GOOD.claimed, h.told(1_120, 'ReplyApproved', DATA.approved, { cause: 'e-MessageClassified' })],
    }),
  ],
  [
    'an approval of a reply to another comment',
    ['approved-first', 'no-outcome', 'as-approved'],
    history({
      approved: h.told(
        900,
        'ReplyApproved',
        { ...DATA.approved, answersCommentId: 'c0' },
        { cause: 'e-MessageClassified' },
      ),
    }),
  ],
  ['a reply without a claim', ['unclaimed'], history({ claimed: [] })],
  ['a reply by another’s claim', ['unclaimed'], history({ claimed: h.claimed(1_100, { by: OTHER }) })],
  [
    'a reply by settle, which may not send',
    ['one-door'],
    history({
      read: h.read(1_000, { by: 'responder-settle#1' }),
      claimed: h.claimed(1_100, { by: 'responder-settle#1' }),
      sent: h.sent(1_200, 'b1', { by: 'responder-settle#1' }),
    }),
  ],
  [
    'a second claim by another process',
    ['one-claim'],
    history({ claimed: [h.claimed(1_050, { by: OTHER }), GOOD.claimed] }),
  ],
  [
    'a first byte 21 s after the claim',
    ['late-send'],
    history({ claimed: [GOOD.claimed, h.read(22_000)], sent: h.sent(22_200) }),
  ],
  [
    'a request that lands 31 s after the claim',
    ['late-send'],
    history({ claimed: [GOOD.claimed, h.read(31_900)], sent: h.sent(32_200, 'b1', { writtenAt: h.START + 20_000 }) }),
  ],
  [
    'an approval that has expired',
    ['expired'],
    history({
      approved: h.told(
        900,
        'ReplyApproved',
        { ...DATA.approved, expiresAt: new Date(h.START - 10 * MINUTE_MS).toISOString() },
        { cause: 'e-MessageClassified' },
      ),
    }),
  ],
  [
    'a question of yesterday received today',
    ['too-old', 'sequence'],
    history({ asked: h.comment(-24 * 60 * MINUTE_MS, 'c1') }),
  ],
  [
    'a chat of twenty minutes ago',
    ['too-old', 'sequence'],
    history({
      asked: h.comment(-20 * MINUTE_MS, 'c1'),
      approved: h.told(900, 'ReplyApproved', DATA.approved, { cause: 'e-MessageClassified', channel: 'livechat' }),
    }),
  ],
  [
    'a Tier 2 e-mail of an hour ago, whose vault text is gone',
    ['too-old', 'sequence', 'as-approved'],
    history({
      asked: h.comment(-60 * MINUTE_MS, 'c1'),
      approved: h.told(900, 'ReplyApproved', { ...DATA.approved, tier: 2 }, { cause: 'e-MessageClassified' }),
    }),
  ],

  ['a question written before the epoch', ['before-epoch'], history({ asked: [h.epoch(-5_000, 1), GOOD.asked] })],
  [
    'a question written before an epoch that was raised after its approval',
    ['before-epoch'],
    history({ asked: [h.epoch(-5_000, -6_000), GOOD.asked], read: [h.epoch(950, 940), GOOD.read] }),
  ],
  [
    'an approval without an outcome',
    ['no-outcome', 'false-end'],
    history({ ...ROUTED_ONLY, approved: GOOD.approved, settled: GOOD.settled }),
  ],
  ['a claim without an outcome', ['no-outcome'], history({ ...ROUTED_ONLY, claimed: GOOD.claimed })],
  [
    'two outcomes of one reply',
    ['one-outcome'],
    history({
      replyTagged: h.tagged(1_400, ['mw-auto-replied', 'mw-send-failed']),
      replySent: [
        GOOD.replySent,
        h.told(
          1_550,
          'ReplyFailed',
          { answersCommentId: 'c1', outcome: 'unknown' },
          { by: 'responder-settle#1', cause: 'e-ReplyApproved' },
        ),
      ],
    }),
  ],
  ['a reply told that never arrived', ['false-outcome'], history({ sent: [] })],
  [
    'a reply told under another comment’s id',
    ['false-outcome'],
    history({
      replySent: h.told(
        1_500,
        'ReplySent',
        { ...DATA.replySent, vendorMessageRef: 'c1' },
        { by: h.SENDER, cause: 'e-ReplyApproved' },
      ),
    }),
  ],
  [
    'a reply that arrived, told as suppressed',
    ['false-outcome'],
    history({
      replySent: h.told(
        1_500,
        'ReplySuppressed',
        { answersCommentId: 'c1' },
        { by: h.SENDER, cause: 'e-ReplyApproved' },
      ),
      settled: h.told(1_600, 'MessageSettled', { outcome: 'suppressed' }, { by: h.SENDER }),
    }),
  ],
  [
    'a reply that arrived, told as surely failed',
    ['false-outcome'],
    history({
      replySent: h.told(
        1_500,
        'ReplyFailed',
        { answersCommentId: 'c1', outcome: 'failed' },
        { by: h.SENDER, cause: 'e-ReplyApproved' },
      ),
      settled: h.told(1_600, 'MessageSettled', { outcome: 'failed' }, { by: h.SENDER }),
    }),
  ],
  [
    'another template than the approved one',
    ['as-approved'],
    history({
      replySent: h.told(
        1_500,
        'ReplySent',
        { ...DATA.replySent, templateHash: 'b2' },
        { by: h.SENDER, cause: 'e-ReplyApproved' },
      ),
    }),
  ],
  [
    'a message that ends as replied, and nobody replied',
    ['false-end'],
    history({ ...ROUTED_ONLY, settled: GOOD.settled }),
  ],
  [
    'a message that ends as routed, and was answered',
    ['false-end'],
    history({ settled: h.told(1_600, 'MessageSettled', { outcome: 'routed' }, { by: h.SENDER }) }),
  ],
  [
    'a message that ends as failed, and nothing failed',
    ['false-end'],
    history({ ...ROUTED_ONLY, settled: h.told(1_600, 'MessageSettled', { outcome: 'failed' }, { by: h.ROUTER }) }),
  ],
  [
    'a reply that leaves after the end',
    ['sent-after-end', 'settled-last'],
    history({ approved: [GOOD.approved, GOOD.settled], settled: [] }),
  ],
];
