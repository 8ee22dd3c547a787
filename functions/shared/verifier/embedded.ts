/** The embedded verifier: conflict rules, 1.00 or deny; no network, so it never fails (decisions §4). */
import { ORDER_STATE_LABELS, verifyEmbedded } from '../../../policy/verifier-embedded.ts';
import type { Verifier } from '../ports.ts';

export const embeddedVerifier: Verifier = {
  kind: 'embedded',
  async verify({ primaryIntent, channel, orderStateLabel, deterministicOrderLink, text, ...signals }) {
    const verdict = verifyEmbedded({
      proposedPrimaryIntent: primaryIntent,
      channel,
      orderStateLabel: ORDER_STATE_LABELS.find((label) => label === orderStateLabel) ?? 'unknown',
      deterministicOrderLink,
      text,
      signals,
    });
    return {
      kind: 'embedded',
      failure: null,
      allow: verdict.allow_tier2,
      confidence: verdict.confidence,
      downgradeTo: verdict.downgrade_to_tier,
      reasonCode: verdict.reason_code,
    };
  },
};
