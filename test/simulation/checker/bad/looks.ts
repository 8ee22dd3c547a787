/** What was decided against what its reader was shown, and what was ended otherwise than it was begun. */
import * as h from '../histories.ts';
import { type Bad, DATA, GOOD, history, ROUTED_ONLY } from '../histories.ts';

const BY = { by: 'classify#1', hops: 1 };
const look = (at: number) => h.read(at, { by: 'classify#1' });

/** A further message whose comment is `c2`. */
function second(at: number, ...decided: h.Facts[]): readonly h.Facts[] {
  const about = { root: 'e-c2', commentId: 'c2', eventId: 'e-c2' };
  return [
    h.told(at, 'MessageReceived', {}, { ...about, by: 'ingest#1', hops: 0, seq: null }),
    decided,
    h.told(
      at + 90_000,
      'MessageSettled',
      { outcome: 'suppressed' },
      { ...about, by: 'classify#1', eventId: 'e-settled-c2' },
    ),
  ];
}

export const LOOKS: readonly Bad[] = [
  [
    'a decision to answer what was not the newest that its reader was shown',
    ['decides-newest'],
    history({ ...ROUTED_ONLY, asked: [GOOD.asked, h.comment(50, 'c2')], classified: [look(400), GOOD.classified] }),
  ],
  [
    'a decision that two tell at once, each shown a newer comment',
    ['decides-newest'],
    history({
      ...ROUTED_ONLY,
      asked: [GOOD.asked, h.comment(50, 'c2')],
      classified: [
        look(400),
        h.read(410, { by: 'classify#2' }),
        GOOD.classified,
        { ...GOOD.classified, by: 'classify#2', at: GOOD.classified.at + 1 },
      ],
    }),
  ],
  [
    'a turn without a comment that its reader was shown',
    ['turn-whole'],
    history({
      ...ROUTED_ONLY,
      asked: [h.comment(-500, 'c0'), GOOD.asked],
      classified: [
        [look(400), GOOD.classified, h.comment(510, 'c2')],
        second(
          520,
          look(600),
          h.told(
            700,
            'MessageClassified',
            { ...DATA.classified, routeTag: null, turnCommentIds: ['c2'] },
            { ...BY, root: 'e-c2', commentId: 'c2', eventId: 'e-decided-c2', seq: h.sequenceAt(510) },
          ),
        ),
      ],
    }),
  ],
  [
    'a message told as superseded by a decision that was yet to be made',
    ['superseded-early'],
    history({
      ...ROUTED_ONLY,
      asked: [h.comment(-500, 'c0'), GOOD.asked],
      webhook: [
        GOOD.webhook,
        second(
          200,
          h.told(
            300,
            'MessageDeduplicated',
            { verdict: 'superseded', duplicateOfKey: 'c1' },
            { ...BY, by: 'classify#2', root: 'e-c2', commentId: 'c0' },
          ),
        ),
      ],
      classified: [
        look(400),
        h.told(500, 'MessageClassified', { ...DATA.classified, turnCommentIds: ['c0', 'c1'] }, BY),
      ],
    }),
  ],
  [
    'a verdict "nothing to do" after a second',
    ['second-look'],
    history({
      ...ROUTED_ONLY,
      webhook: [
        GOOD.webhook,
        second(
          200,
          h.told(1_200, 'MessageDeduplicated', { verdict: 'duplicate' }, { ...BY, root: 'e-c2', commentId: 'c2' }),
        ),
      ],
    }),
  ],
  [
    'a comment merged into a message that was over before it was written',
    ['merged-late', 'undecided'],
    history({ settled: [GOOD.settled, h.comment(9_000, 'c2'), h.webhook(9_100, 'c2')] }),
  ],
  [
    'a message that settles as another comment than was decided',
    ['one-subject'],
    history({ settled: h.told(1_600, 'MessageSettled', DATA.settled, { by: h.SENDER, commentId: 'c9' }) }),
  ],
  [
    'a claim whose sender went on to another ticket, told of as dead',
    ['claim-kept'],
    history({
      ...h.SENDER_LOST,
      claimed: [GOOD.claimed, h.claimed(1_110), h.read(1_150, { conversationId: 'conv-2' })],
    }),
  ],
  [
    'a Tier 0 told before the conversation is flagged',
    ['flagged-first'],
    history({
      ...ROUTED_ONLY,
      classified: [h.told(500, 'MessageClassified', { ...DATA.classified, tier: 0 }, BY), h.flagged(510)],
      tagged: h.tagged(700, ['mw-processed', 'route-a', 'mw-escalated-human']),
    }),
  ],
];
