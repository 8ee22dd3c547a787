/** What a customer must not receive. */
import * as h from '../histories.ts';
import { type Bad, DATA, GOOD, history, MINUTE_MS } from '../histories.ts';

export const REPLIES: readonly Bad[] = [
  [
    'a second sender, although the first reply could not yet be read',
    ['one-reply', 'one-claim', 'cooldown'],
    history({
      sent: [
        h.comment(1_200, 'b1', { author: 'bot', readableAt: h.START + 9_000 }),
        h.sent(1_200)[1],
        h.read(1_300, { by: 'responder-reply#2' }),
        h.claimed(1_400, { by: 'responder-reply#2' }),
        h.sent(1_500, 'b2', { by: 'responder-reply#2' }),
      ],
    }),
  ],
  [
    'a sender that sends twice by one claim',
    ['one-reply', 'operator-newest', 'cooldown'],
    history({ sent: [h.sent(1_200), h.read(1_250), h.sent(1_300, 'b2')] }),
  ],
  [
    'a late reply to a comment answered before, after the customer wrote again',
    ['one-reply', 'newest-only', 'cooldown'],
    history({ settled: [h.comment(3_000, 'c2'), h.read(3_050), h.sent(3_100, 'b2'), GOOD.settled] }),
  ],
  [
    'a reply to the older of two comments',
    ['newest-only'],
    history({
      approved: [h.comment(800, 'c2'), GOOD.approved],
      classified: h.told(
        500,
        'MessageClassified',
        { ...DATA.classified, turnCommentIds: ['c1', 'c2'] },
        { by: 'classify#1' },
      ),
    }),
  ],
  [
    'a dispute that its sender could read',
    ['tier0-reply'],
    history({
      approved: [h.comment(800, 'c2', { isDispute: true }), GOOD.approved],
      replyTagged: h.tagged(1_400, ['mw-auto-replied', 'mw-escalated-human']),
    }),
  ],
  [
    'a dispute beneath a newer question',
    ['tier0-reply'],
    history({
      asked: [h.comment(-500, 'c0', { isDispute: true }), GOOD.asked],
      replyTagged: h.tagged(1_400, ['mw-auto-replied', 'mw-escalated-human']),
    }),
  ],
  [
    'a dispute told as Tier 0, answered after an agent’s word',
    ['sticky'],
    history({
      asked: [
        h.comment(-90_000_000, 'c0', { isDispute: true }),
        h.comment(-89_000_000, 'a0', { author: 'agent' }),
        GOOD.asked,
      ],
      classified: [
        GOOD.classified,
        h.flagged(590),
        h.told(600, 'EscalationRaised', { rank: 2, routeTag: 'route-a' }, { cause: 'e-MessageClassified' }),
      ],
      replyTagged: h.tagged(1_400, ['mw-auto-replied', 'mw-escalated-human']),
    }),
  ],
  [
    'an agent’s comment that its sender could read',
    ['operator-newest'],
    history({ approved: [h.comment(800, 'a1', { author: 'agent' }), GOOD.approved] }),
  ],
  [
    'an agent’s comment of the same hour beneath the question',
    ['agent-held'],
    history({
      asked: [h.comment(-60 * MINUTE_MS, 'c0'), h.comment(-30 * MINUTE_MS, 'a0', { author: 'agent' }), GOOD.asked],
    }),
  ],
  ['a look of 3 s before', ['unchecked-window'], history({ sent: h.sent(4_100) })],
  ['no look at all', ['unchecked-window'], history({ read: [] })],
  ['another process’s look', ['unchecked-window'], history({ read: h.read(1_000, { by: 'responder-reply#9' }) })],
  ['a claim after the stop', ['sent-after-stop'], history({ read: [GOOD.read, h.stop(1_050)] })],
  [
    'a byte 31 s after the stop, although its claim came before it',
    ['sent-after-stop', 'late-send'],
    history({ claimed: [GOOD.claimed, h.stop(1_150), h.read(32_100)], sent: h.sent(32_200) }),
  ],
  [
    'a stop beside one that was lifted',
    ['sent-after-stop'],
    history({ asked: [h.stop(-5_000), h.stop(-4_000, false), h.stop(-3_000), GOOD.asked] }),
  ],
  [
    'a second reply 5 min after the first, to a new question',
    ['cooldown'],
    history({ settled: [GOOD.settled, h.answered(5 * MINUTE_MS, 'q1')] }),
  ],
  [
    'a fourth reply in an hour, each to a question of its own',
    ['conversation-cap'],
    history({ settled: [GOOD.settled, [1, 2, 3].map((index) => h.answered(index * 15 * MINUTE_MS, `q${index}`))] }),
  ],
  [
    'a sixth reply to one customer, in as many conversations',
    ['customer-cap'],
    history({
      settled: [
        GOOD.settled,
        [1, 2, 3, 4, 5].map((index) => h.answered(index * MINUTE_MS, `q${index}`, `conv-q${index}`)),
      ],
    }),
  ],
  [
    'a customer refused for a cap, who was never answered',
    ['cap-early'],
    history({
      claimed: [],
      sent: [],
      replyTagged: [],
      replySent: h.told(
        1_500,
        'ReplySuppressed',
        { approvalId: DATA.approved.approvalId, reasonCode: 'cap_24h_customer', answersCommentId: 'c1' },
        { by: h.SENDER, cause: 'e-ReplyApproved' },
      ),
      settled: h.told(1_600, 'MessageSettled', { outcome: 'suppressed' }, { by: h.SENDER }),
    }),
  ],
];
