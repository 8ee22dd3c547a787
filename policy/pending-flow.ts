/** What an automatic reply leaves open, and what a customer's next message makes of it (replies §4.3). */
import type { DecisionInput, PendingFlow } from '../events/decision.ts';
import type { Intent, TemplateId } from '../events/words.ts';
import { INTENT_CATALOGUE } from './intents.ts';
import type { Reading } from './reading.ts';
import { ESTIMATE, isOrderIntent, NUMBER_QUESTION } from './template-choice.ts';

/** The flow that a reply opens; `null` where it asks for nothing and announces nothing. */
export function flowOpenedBy(templateId: TemplateId, primaryIntent: Intent): PendingFlow | null {
  if (templateId === NUMBER_QUESTION) return { type: 'order_identifiers', intent: primaryIntent };
  if (templateId === ESTIMATE) return { type: 'estimate', intent: primaryIntent };
  const isIntake = INTENT_CATALOGUE[primaryIntent].templates.tier1.includes(templateId);
  return isIntake ? { type: 'intake', intent: primaryIntent } : null;
}

/**
 * Is the message an answer to what was asked, so that a person takes over and nothing is asked again? A different intent is
 * a new matter; after an estimate anything at all goes to a person. Complete identifiers go on where they may be looked up.
 */
export function isFollowUp({
  input,
  policy,
  primary,
  certainty,
}: Pick<Reading, 'input' | 'policy' | 'primary' | 'certainty'>): boolean {
  const flow = input.state.pendingFlow;
  // What was written before the reply, or has a colleague's answer behind it, answers nothing.
  if (flow === null || input.state.lastAuthor !== 'customer') return false;
  if (flow.type === 'estimate') return true;
  const isCertain =
    certainty.routing !== null && certainty.routing >= policy.thresholds.route && primary !== 'unknown_other';
  const isSame = flow.type === 'order_identifiers' ? isOrderIntent(primary, policy) : primary === flow.intent;
  if (isCertain && !isSame) return false;
  const mayProve = flow.type === 'order_identifiers' && input.flags.order_match_verified_enabled;
  return !(isCertain && mayProve && hasIdentifiers(input));
}

/** An order number, and a contact to compare with the order's own: in mail the sender's address does (replies §2.2, M2 and M3). */
function hasIdentifiers({ message: { channel, features } }: DecisionInput): boolean {
  return features.hasOrderNumber && (features.hasEmail || features.hasPhone || channel === 'email');
}
