import { describe, expect, it } from 'vitest';
import { decisionInput, orderInput, scored } from '../../../policy/testing.ts';
import { embeddedVerifier } from '../verifier/embedded.ts';
import { verifierRequest } from './verifier-request.ts';

const approval = (scores: Parameters<typeof scored>[0]) =>
  decisionInput({ stage: 'approval', order: orderInput(), ...scored(scores) });

describe('what the verifier is asked', () => {
  it('an intent that scored next to nothing is no conflict', async () => {
    const input = approval({ order_status_tracking: 0.9, cancel_order: 0.05, legal_threat: 0.01 });
    const request = verifierRequest('order_status_tracking', input);
    expect(request.keywordIntents).toEqual(['order_status_tracking']);
    expect(await embeddedVerifier.verify(request)).toMatchObject({ allow: true, reasonCode: 'OK' });
  });

  it('a candidate of another class is one', async () => {
    const request = verifierRequest(
      'order_status_tracking',
      approval({ order_status_tracking: 0.9, cancel_order: 0.35 }),
    );
    expect(await embeddedVerifier.verify(request)).toMatchObject({ allow: false, reasonCode: 'CONFLICTING_INTENT' });
  });

  it('older comments are asked about as well', () => {
    const input = decisionInput({
      turn: { olderKeywordHits: [{ intent: 'refund_request', ruleId: 'refund.money', precision: 'high' }] },
    });
    expect(verifierRequest('order_status_tracking', input).keywordIntents).toEqual([
      'order_status_tracking',
      'refund_request',
    ]);
  });
});
