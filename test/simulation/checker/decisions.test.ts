/** Which comments nobody decided, where the decision that has them was stored and never told (protocols §3, §7). */
import { describe, expect, it } from 'vitest';
import { undecidedComments } from './decisions.ts';
import * as h from './histories.ts';
import { type Facts, GOOD, history, ROUTED_ONLY } from './histories.ts';
import { readAccount } from './reading.ts';

const older = { by: 'classify#1', root: 'r0', commentId: 'c0', cause: 'r0' };
const superseded = h.told(600, 'MessageDeduplicated', { verdict: 'superseded', duplicateOfKey: 'c1' }, older);
const stalled = h.told(121 * h.MINUTE_MS, 'MessageStalled', {}, { by: 'sweeper#1' });

/** c0 is told as superseded by c1, whose decision nobody tells. */
const undecided = (...more: readonly Facts[]) =>
  undecidedComments(
    readAccount(
      history({
        ...ROUTED_ONLY,
        asked: [h.comment(-100, 'c0'), GOOD.asked],
        webhook: [h.webhook(50, 'c0', { eventId: 'r0' }), GOOD.webhook],
        classified: [],
        approved: [superseded, ...more],
      }),
    ),
  ).map(({ says }) => says);

describe('a comment superseded by one whose decision was never told', () => {
  it('was given up with the message that has it', () => {
    expect(undecided(stalled)).toEqual([]);
  });

  it('is blamed as long as that one was not given up', () => {
    expect(undecided()).toEqual([expect.stringContaining('c0'), expect.stringContaining('c1')]);
  });
});
