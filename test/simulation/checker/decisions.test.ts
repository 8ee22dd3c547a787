/** Which comments nobody decided, where the decision that has them was stored and never told (protocols §3, §7). */
import { describe, expect, it } from 'vitest';
import { rivalConsequences, undecidedComments } from './decisions.ts';
import * as h from './histories.ts';
import { DATA, type Facts, GOOD, history, ROUTED_ONLY } from './histories.ts';
import { overtakenDecisions, partialTurns } from './looks.ts';
import { readAccount } from './reading.ts';

const older = { by: 'classify#1', root: 'r0', commentId: 'c0', cause: 'r0' };
const superseded = h.told(600, 'MessageDeduplicated', { verdict: 'superseded', duplicateOfKey: 'c1' }, older);
const duplicate = h.told(
  600,
  'MessageDeduplicated',
  { verdict: 'duplicate', duplicateOfKey: 'c1' },
  { ...older, commentId: 'inbound:177253240' },
);
const stalled = (state: string) => h.told(121 * h.MINUTE_MS, 'MessageStalled', { state }, { by: 'sweeper#1' });

/** c0 is told as superseded by c1, whose decision nobody tells. */
const undecided = (verdict: Facts, ...more: readonly Facts[]) =>
  undecidedComments(
    readAccount(
      history({
        ...ROUTED_ONLY,
        asked: [h.comment(-100, 'c0'), GOOD.asked],
        webhook: [h.webhook(50, 'c0', { eventId: 'r0' }), GOOD.webhook],
        classified: [],
        approved: [verdict, ...more],
      }),
    ),
  ).map(({ says }) => says);

describe('a comment superseded by one whose decision was never told, or its duplicate', () => {
  it.each([superseded, duplicate])('was given up with the message that has it', (verdict) => {
    expect(undecided(verdict, stalled('CLASSIFIED'))).toEqual([]);
  });

  it('is blamed where that one was given up undecided', () => {
    expect(undecided(duplicate, stalled('RECEIVED'))).toEqual([expect.stringContaining('c0')]);
  });

  it('is blamed as long as that one was not given up', () => {
    expect(undecided(superseded)).toEqual([expect.stringContaining('c0'), expect.stringContaining('c1')]);
  });
});

describe('that a message is settled', () => {
  const toldBy = (by: string) =>
    rivalConsequences(readAccount(history({ settled: { ...GOOD.settled, by } }))).map(({ rule }) => rule);

  it('is told by whoever comes to close a branch of it, and by nobody who closes none', () => {
    expect([toldBy('responder-settle#1'), toldBy('sweeper#1'), toldBy('auditor#1')]).toEqual([[], [], ['producer']]);
  });
});

describe('a comment that stands in no turn, and was shown to who decided a later one', () => {
  const by = { by: 'classify#1', hops: 1 };
  const later = { ...by, root: 'e-c2', commentId: 'c2', eventId: 'e-decided-c2', seq: h.sequenceAt(510) };
  const leftOut = (state: string) =>
    partialTurns(
      readAccount(
        history({
          ...ROUTED_ONLY,
          asked: [h.comment(-500, 'c0'), GOOD.asked],
          classified: [
            [h.read(400, { by: 'classify#1' }), GOOD.classified, h.comment(510, 'c2')],
            h.read(600, { by: 'classify#1' }),
            h.told(700, 'MessageClassified', { ...DATA.classified, turnCommentIds: ['c2'] }, later),
            h.told(800, 'MessageStalled', { state }, { by: 'sweeper#1', root: 'r0', commentId: 'c0' }),
          ],
        }),
      ),
    ).map(({ says }) => says);

  it('was decided, where its message was given up as a decided one', () => {
    expect(leftOut('CLASSIFIED')).toEqual([]);
  });

  it('was left out, where it was given up undecided', () => {
    expect(leftOut('RECEIVED')).toEqual(['conv-1: c0 was left out']);
  });
});

describe('a decision that two tell within a second, of whom one was shown a newer comment', () => {
  it('may be the other’s, whose read lagged', () => {
    const made = { ...GOOD.classified, by: 'classify#2', at: GOOD.classified.at + 1 };
    const account = history({
      ...ROUTED_ONLY,
      asked: [GOOD.asked, h.comment(50, 'c2')],
      classified: [
        h.read(400, { by: 'classify#1' }),
        h.read(410, { by: 'classify#2', asOf: h.START + 40 }),
        GOOD.classified,
        made,
      ],
    });
    expect(overtakenDecisions(readAccount(account))).toEqual([]);
  });
});
