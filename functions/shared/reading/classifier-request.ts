/** What a classifier is asked about a message. Pure. */
import type { DecisionInput } from '../../../events/decision.ts';
import { CLASSIFIER_CAP, truncateText } from '../../../policy/text/truncate.ts';
import type { ClassifierRequest } from '../ports.ts';

/** @param redactedText  whole: it is cut here */
export function classifierRequest(
  { channel, features }: DecisionInput['message'],
  text: string,
  redactedText: string,
): ClassifierRequest {
  return { channel, text, redacted: truncateText(redactedText, CLASSIFIER_CAP), features };
}
