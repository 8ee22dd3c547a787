/** Decisions §8.4: two people, then an adjudicator; §5.4: how often a confidence is right. */
import { describe, expect, it } from 'vitest';
import { calibrationOf } from './calibration.ts';
import { agreementOf, type LabelRow, standingLabels } from './labels.ts';

const row = (
  messageKey: string,
  by: string,
  intent: LabelRow['label']['intent'],
  more: Partial<LabelRow> = {},
): LabelRow => ({
  messageKey,
  conversationId: `conv_${messageKey}`,
  decided: { intent: 'refund_request', tier: 1, team: 'Returns Admin', confidence: 0.85 },
  label: { intent },
  by,
  at: '2026-02-07T10:00:00.000Z',
  ...more,
});

describe('labels', () => {
  it.each([
    { when: 'one person', rows: [row('a', 'ann', 'refund_request')], state: 'once', intent: 'refund_request' },
    {
      when: 'two who agree',
      rows: [row('a', 'ann', 'refund_request'), row('a', 'ben', 'refund_request')],
      state: 'agreed',
      intent: 'refund_request',
    },
    {
      when: 'two who do not',
      rows: [row('a', 'ann', 'refund_request'), row('a', 'ben', 'return_request')],
      state: 'disputed',
      intent: undefined,
    },
    {
      when: 'one who thought again',
      rows: [row('a', 'ann', 'refund_request'), row('a', 'ann', 'return_request')],
      state: 'once',
      intent: 'return_request',
    },
    {
      when: 'a third who settles it',
      rows: [
        row('a', 'ann', 'refund_request'),
        row('a', 'ben', 'return_request'),
        row('a', 'cleo', 'exchange_request', { adjudicates: true }),
      ],
      state: 'adjudicated',
      intent: 'exchange_request',
    },
  ])('$when → $state', ({ rows, state, intent }) => {
    expect(standingLabels(rows).map((one) => [one.state, one.label?.intent])).toEqual([[state, intent]]);
  });

  it('agreement is of those that two people labelled; a later judgement does not change it', () => {
    const rows = [
      row('a', 'ann', 'refund_request'),
      row('a', 'ben', 'refund_request'),
      row('b', 'ann', 'refund_request'),
      row('b', 'ben', 'return_request'),
      row('b', 'cleo', 'return_request', { adjudicates: true }),
      row('c', 'ann', 'refund_request'),
    ];
    expect(agreementOf(rows)).toEqual({ labelled: 3, twice: 2, disputed: 0, agreement: 0.5 });
  });

  it('calibration: confidence against correctness, by bins; the screen has no confidence', () => {
    const of = (key: string, confidence: number | null, isRight: boolean) =>
      row(key, 'ann', isRight ? 'refund_request' : 'return_request', {
        decided: { intent: 'refund_request', tier: 1, team: null, confidence },
      });
    const rows = [
      of('a', 0.85, true),
      of('b', 0.85, false),
      of('c', 0.25, false),
      of('d', null, true),
      of('e', 1, true),
    ];
    const calibration = calibrationOf(standingLabels(rows));
    expect([calibration.n, calibration.accuracy]).toEqual([5, 0.6]);
    expect(calibration.bins.filter(({ n }) => n > 0).map(({ from, n, correct }) => [from, n, correct])).toEqual([
      [0.2, 1, 0],
      [0.8, 2, 0.5],
      [0.9, 1, 1],
    ]);
    // (1 × |0.25 − 0| + 2 × |0.85 − 0.5| + 1 × |1 − 1|) ÷ 4
    expect(calibration.ece).toBeCloseTo(0.2375);
  });

  it('without labels nothing is claimed', () => {
    expect(calibrationOf([])).toMatchObject({ n: 0, accuracy: null, ece: null });
    expect(agreementOf([])).toEqual({ labelled: 0, twice: 0, disputed: 0, agreement: null });
  });
});
