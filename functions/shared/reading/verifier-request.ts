/** What the verifier is asked about a Tier 2 candidate. Pure. */
import type { DecisionInput } from '../../../events/decision.ts';
import type { Intent } from '../../../events/words.ts';
import { REDUCED_CAP, truncateText } from '../../../policy/text/truncate.ts';
import { THRESHOLDS } from '../../../policy/thresholds.ts';
import type { VerifierRequest } from '../ports.ts';
import { type Restricted, restrict, reveal } from '../restricted.ts';
import type { RedactedMessage } from './redacted.ts';

/**
 * The verifier hears which intents may be meant and never how sure the classifier is (decisions §4).
 *
 * @param text  redacted, from the vault; `null` where none is kept
 */
export function verifierRequest(
  primaryIntent: Intent,
  input: DecisionInput,
  text: Restricted<string> | null = null,
): VerifierRequest {
  // A classifier that gives every intent some score must not make every message a conflict.
  const candidates = Object.entries(input.classifier.calibrated).filter(([, score]) => score >= THRESHOLDS.candidate);
  return {
    primaryIntent,
    channel: input.message.channel,
    orderStateLabel: input.order?.labels?.statusLabel ?? 'unknown',
    deterministicOrderLink: input.order?.deterministicMatch === 'true',
    text,
    screenRuleIds: input.turn.screenHits.map(({ ruleId }) => ruleId),
    keywordIntents: [
      ...candidates.map(([intent]) => intent as Intent),
      ...input.turn.olderKeywordHits.map(({ intent }) => intent),
    ],
    deniesReceipt: input.message.topics.deniesReceipt,
    asksSomethingElse: input.message.topics.asksSomethingElse,
  };
}

/** What of a message is kept for the verifier; `null` where it was not or could not be redacted. */
export function keptText(redaction: RedactedMessage | null): Restricted<string> | null {
  return redaction?.ok ? restrict(truncateText(reveal(redaction.text), REDUCED_CAP)) : null;
}
