/** A difference as a page shows it: what it comes to in words, and the gate that changed its mind. */
import { describe, expect, it } from 'vitest';
import { decisionInput, scored } from '../../policy/testing.ts';
import { judgeMessage } from './message.ts';
import type { Recorded } from './recorded.ts';
import { differenceDetail, shownDifference } from './shown.ts';
import { RELEASED, withChange } from './terms.ts';
import { made } from './testing.ts';

const recorded = (score: number): Recorded => ({
  ...made(decisionInput(scored({ damaged_item: score }))),
  eventId: '0194b2c0-0000-7000-9000-000000000001',
  eventName: 'MessageClassified',
  conversationId: 'b64u.Y29udkAx',
  messageKey: 'cmt_1',
  at: '2025-12-04T15:00:00.000Z',
  stage: 'classification',
  nanoUsd: 0,
});

function judgedUnder(score: number, tier1: number) {
  const [judged] = judgeMessage([recorded(score)], withChange(RELEASED, { thresholds: { tier1 } })).judged;
  if (judged === undefined) throw new Error('nothing was judged');
  return judged;
}

describe('a difference', () => {
  it('says what was sent, why it would not be, and by which gate', () => {
    expect(shownDifference(judgedUnder(0.9, 0.95))).toEqual({
      messageKey: 'cmt_1',
      conversationId: 'conv@1',
      at: '2025-12-04T15:00:00.000Z',
      stage: 'classification',
      intent: 'damaged_item',
      was: { templateId: 't_damaged_item_intake', tierCandidate: 1, team: 'Returns Admin', reason: null },
      would: { templateId: null, tierCandidate: null, team: 'Returns Admin', reason: 'not sure enough' },
      gates: ['confidence in the reply'],
    });
  });

  it('has both gate reports, gate by gate, and the fields that are others', () => {
    const detail = differenceDetail(judgedUnder(0.9, 0.95));
    expect(detail?.gateReport.filter(({ isChanged }) => isChanged)).toEqual([
      {
        gate: 'G20',
        name: 'confidence in the reply',
        was: { result: 'pass', reasons: [] },
        would: { result: 'block', reasons: ['not sure enough'] },
        isChanged: true,
      },
    ]);
    expect(detail?.gateReport.length).toBeGreaterThan(20);
    const changed = detail?.fields.flatMap(({ name, isChanged }) => (isChanged ? [name] : []));
    expect(changed).toContain('reply');
    expect(changed).not.toContain('intent');
  });

  it('is none where the same comes out', () => {
    expect(shownDifference(judgedUnder(0.9, 0.6))).toBeNull();
    expect(differenceDetail(judgedUnder(0.9, 0.6))).toBeNull();
  });
});
