/** What a classifier is asked about a message. Pure. */
import type { DecisionInput } from '../../../events/decision.ts';
import { CLASSIFIER_CAP, truncateText } from '../../../policy/text/truncate.ts';
import type { ClassifierRequest } from '../ports.ts';
import { type Restricted, restrict, reveal } from '../restricted.ts';

/** @param redactedText  whole: it is cut here */
export function classifierRequest(
  { channel, features }: DecisionInput['message'],
  text: Restricted<string>,
  redactedText: Restricted<string>,
): ClassifierRequest {
  return { channel, text, redacted: restrict(truncateText(reveal(redactedText), CLASSIFIER_CAP)), features };
}
