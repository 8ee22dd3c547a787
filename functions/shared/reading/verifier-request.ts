/** What the verifier is asked about a Tier 2 candidate. Pure. */
import type { DecisionInput } from '../../../events/decision.ts';
import type { Intent } from '../../../events/words.ts';
import type { VerifierRequest } from '../ports.ts';

/** @param text  redacted, from the vault; `null` where none is kept */
export function verifierRequest(
  primaryIntent: Intent,
  input: DecisionInput,
  text: string | null = null,
): VerifierRequest {
  return {
    primaryIntent,
    channel: input.message.channel,
    orderStateLabel: input.order?.labels?.statusLabel ?? 'unknown',
    deterministicOrderLink: input.order?.deterministicMatch === 'true',
    text,
    screenRuleIds: input.turn.screenHits.map(({ ruleId }) => ruleId),
    keywordIntents: [
      ...(Object.keys(input.classifier.raw) as Intent[]),
      ...input.turn.olderKeywordHits.map(({ intent }) => intent),
    ],
    deniesReceipt: input.message.topics.deniesReceipt,
    asksSomethingElse: input.message.topics.asksSomethingElse,
  };
}
