import { describe, expect, it } from 'vitest';
import type { Scores } from '../../events/decision.ts';
import { INTENTS, type Intent } from '../../events/words.ts';
import { type CalibrationMap, type Curve, calibrate, evidenceOf, onCurve } from './calibration.ts';

/** ln(p / (1 − p)) by hand: 0.9 → ln 9, 0.75 → ln 3, 0.8 → ln 4, 0.6 → ln 1.5. */
const LN_9 = 2.1972;
const LN_4 = 1.3863;
const LN_3 = 1.0986;
const LN_1_5 = 0.4055;
/** Nearest that a score is taken to come to 0 or 1 is 0.0001: ln(0.0001 / 0.9999). */
const LN_LEAST = -9.2102;

describe('what a score shows', () => {
  const evidence = (own: number | undefined, rival?: number) =>
    evidenceOf(
      {
        ...(own === undefined ? {} : { cancel_order: own }),
        ...(rival === undefined ? {} : { refund_request: rival, return_request: rival / 2 }),
      },
      'cancel_order',
    );

  it.each([
    { own: 0.9, rival: 0.5, logit: LN_9, lead: LN_9, lag: 0 },
    { own: 0.5, rival: 0.5, logit: 0, lead: 0, lag: 0 },
    { own: 0.8, rival: 0.75, logit: LN_4, lead: LN_4 - LN_3, lag: 0 },
    { own: 0.5, rival: 0.6, logit: 0, lead: 0, lag: -LN_1_5 },
    { own: 0.1, rival: 0.25, logit: -LN_9, lead: 0, lag: LN_3 - LN_9 },
    // No lead counts more than 4, no lag more than 1.5.
    { own: 0.9, rival: 0.1, logit: LN_9, lead: 4, lag: 0 },
    { own: 0.5, rival: 0.9, logit: 0, lead: 0, lag: -1.5 },
    { own: 0.1, rival: 0.999, logit: -LN_9, lead: 0, lag: -1.5 },
    // What was not scored scores 0, and 0 and 1 are as near as 0.0001.
    { own: 0.9, rival: undefined, logit: LN_9, lead: 4, lag: 0 },
    { own: 0, rival: 0, logit: LN_LEAST, lead: 0, lag: 0 },
    { own: undefined, rival: undefined, logit: LN_LEAST, lead: 0, lag: 0 },
    { own: 0.0001, rival: 0, logit: LN_LEAST, lead: 0, lag: 0 },
    { own: 0.0002, rival: 0, logit: -8.517, lead: LN_LEAST * -1 - 8.517, lag: 0 },
    { own: 1, rival: 1, logit: -LN_LEAST, lead: 0, lag: 0 },
    { own: 0.9999, rival: 1, logit: -LN_LEAST, lead: 0, lag: 0 },
  ])('$own beside $rival', ({ own, rival, logit, lead, lag }) => {
    const found = evidence(own, rival);
    expect(found.own).toBeCloseTo(logit, 3);
    expect(found.lead).toBeCloseTo(lead, 3);
    expect(found.lag).toBeCloseTo(lag, 3);
  });
});

describe('a curve', () => {
  const curve: Curve = { slope: 2, offset: -1, ahead: 0.5, behind: 3 };

  it.each([
    // offset + slope · own + ahead · lead + behind · lag, then 1 / (1 + e^−x)
    { when: 'nothing speaks for it', own: 0, lead: 0, lag: 0, x: -1, is: 0.2689 },
    { when: 'its score does', own: 1.5, lead: 0, lag: 0, x: 2, is: 0.8808 },
    { when: 'it leads', own: 0, lead: 4, lag: 0, x: 1, is: 0.7311 },
    { when: 'it lags', own: 1, lead: 0, lag: -1, x: -2, is: 0.1192 },
    { when: 'all at once', own: 1.5, lead: 3, lag: -0.5, x: 2, is: 0.8808 },
    { when: 'all cancel out', own: 0.5, lead: 0, lag: 0, x: 0, is: 0.5 },
  ])('$when: x = $x', ({ is, own, lead, lag }) => {
    expect(onCurve(curve, { own, lead, lag })).toBeCloseTo(is, 4);
  });
});

describe('calibration by group of intents', () => {
  /** Constant: 1 / (1 + e^−offset), whatever the score. */
  const flat = (offset: number): Curve => ({ slope: 0, offset, ahead: 0, behind: 0 });
  const map: CalibrationMap = {
    version: 'm',
    weights: 'w',
    curves: { P0: flat(-3), P1: flat(-2), P2P3: flat(-1), P4: flat(0), P5: flat(1), P6: flat(2), P7: flat(3) },
  };
  /** Priority classes of decisions §1.2. */
  const groups: readonly (readonly [name: string, calibrated: number, intents: readonly Intent[]])[] = [
    ['P0', 0.0474, ['chargeback_dispute', 'legal_threat', 'harassment_threats', 'fraud_suspected']],
    ['P1', 0.1192, ['cancel_order', 'address_change_order_edit', 'cancel_subscription', 'billing_issue']],
    ['P2', 0.2689, ['delivered_not_received', 'missing_items_in_shipment', 'wrong_item_received', 'damaged_item']],
    ['P3', 0.2689, ['return_request', 'exchange_request', 'refund_request']],
    ['P4', 0.5, ['order_status_tracking', 'shipping_delay_not_shipped']],
    [
      'P5',
      0.7311,
      ['technical_support', 'phone_support_request', 'tiktok_support_request', 'social_media_support_request'],
    ],
    ['P6', 0.8808, ['promo_discount_issue', 'pre_purchase_question', 'influencer_marketing_inquiry']],
    ['P7', 0.9526, ['unknown_other']],
  ];

  it.each(groups)('%s comes out at %d', (_name, calibrated, intents) => {
    for (const intent of intents) expect(calibrate(map, { [intent]: 0.4 })[intent], intent).toBeCloseTo(calibrated, 4);
  });

  it('no intent is left out', () => {
    const raw: Scores = Object.fromEntries(INTENTS.map((intent) => [intent, 0.5]));
    expect(Object.keys(calibrate(map, raw)).toSorted()).toEqual([...INTENTS].toSorted());
    expect(groups.flatMap(([, , intents]) => intents).toSorted()).toEqual([...INTENTS].toSorted());
  });

  it('what was not scored stays unscored, a score of 0 is one', () => {
    expect(calibrate(map, {})).toEqual({});
    expect(Object.keys(calibrate(map, { refund_request: 0 }))).toEqual(['refund_request']);
  });

  it('reads the rivals: 0.4 alone is worth more than beside 0.9', () => {
    const curve = { slope: 1, offset: 0, ahead: 1, behind: 1 };
    const read = (raw: Scores) => calibrate({ ...map, curves: { ...map.curves, P1: curve } }, raw).cancel_order;
    // ln(0.4 / 0.6) = −0.4055: alone it leads by the most, −0.4055 + 4; beside 0.9 it lags by the most, −0.4055 − 1.5.
    expect(read({ cancel_order: 0.4 })).toBeCloseTo(0.9733, 4);
    expect(read({ cancel_order: 0.4, damaged_item: 0.9 })).toBeCloseTo(0.1295, 4);
  });
});
