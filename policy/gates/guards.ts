/** G32 to G34: too often, too late, again, or with an end that cannot be kept. */
import type { ReasonCode, TemplateId } from '../../events/words.ts';
import { mayAutoClose } from '../template-choice.ts';
import type { Gate, Situation } from './gate.ts';
import { NOT_APPLICABLE, objectIf, objection } from './gate.ts';
import { hasOtherRequest } from './intent.ts';

const MINUTE_MS = 60_000;

/** Was it sent less than `ms` ago? A time that lies ahead counts as just now. */
function isWithin(ms: number, at: string, now: string): boolean {
  return Date.parse(now) - Date.parse(at) < ms;
}

/** P_FIRST_TEMPLATE (replies §1.3). */
export function repeatsTemplate({ input: { history, now }, policy }: Situation, id: TemplateId): boolean {
  return history.conversation.some(
    (reply) => reply.templateId === id && isWithin(policy.replyLimits.windowMs, reply.at, now),
  );
}

/** A customer who is not known cannot be counted, so no cap can be kept (protocols §1). */
const antiSpam: Gate = {
  id: 'G32',
  judge({ input: { history, now, setup }, policy: { replyLimits: most } }) {
    const { minutesBetweenReplies, perConversationDay, perCustomerDay } = setup.limits;
    const cooldown = Math.max(most.cooldownMs, minutesBetweenReplies * MINUTE_MS);
    const count = (times: readonly string[]): number => times.filter((at) => isWithin(most.windowMs, at, now)).length;
    const ours = history.conversation.map((reply) => reply.at);
    const codes: ReasonCode[] = [];
    if (ours.some((at) => isWithin(cooldown, at, now))) codes.push('cooldown_10m');
    if (count(ours) >= Math.min(most.perConversation, perConversationDay)) codes.push('cap_24h_conversation');
    if (!history.customerKnown || count(history.customer) >= Math.min(most.perCustomer, perCustomerDay))
      codes.push('cap_24h_customer');
    return objection(codes);
  },
};

/** Guards 2 to 5 of platform §11.5; ages are taken from the older of the two times (protocols §9). */
const age: Gate = {
  id: 'G33',
  judge(situation) {
    const { age: ages, order, now } = situation.input;
    const codes: ReasonCode[] = [];
    if (ages.isReplay) codes.push('replay_suppressed');
    if (isTooOld(situation)) codes.push('too_old_to_reply');
    const isPast = (at: string | null): boolean => at !== null && Date.parse(now) > Date.parse(at);
    const usesFacts = situation.plan?.tier === 2;
    if (isPast(ages.expiresAt) || (usesFacts && isPast(order?.contextExpiresAt ?? null))) codes.push('context_expired');
    return objection(codes);
  },
};

function isTooOld({ input, plan, policy: { replyAges } }: Situation): boolean {
  const { receivedAt, commentCreatedAt } = input.age;
  const epoch = input.flags.reply_epoch;
  if (receivedAt === null || commentCreatedAt === null || epoch === null) return true;
  const oldest = Math.min(Date.parse(receivedAt), Date.parse(commentCreatedAt));
  const ofChannel = input.message.channel === 'livechat' ? replyAges.livechatMs : replyAges.otherMs;
  // Until the order is known the reply may still be the number question, which needs no vault text.
  const limit = plan?.tier === 2 && input.order !== null ? Math.min(ofChannel, replyAges.tier2Ms) : ofChannel;
  return oldest < Date.parse(epoch) || Date.parse(input.now) - oldest > limit;
}

/** The estimate announces that the ticket is resolved, so what would forbid resolving forbids sending (replies §7.4). */
const autoClose: Gate = {
  id: 'G34',
  judge(situation) {
    const { plan, input, policy } = situation;
    if (plan === null || !mayAutoClose(plan.templateId, policy)) return NOT_APPLICABLE;
    const remaining = input.order?.labels?.remainingMaxBd ?? 0;
    if (remaining <= 0 || input.order?.labels?.isLate === true) return objection(['out_of_sla_window']);
    const hasFile = input.turn.hasAttachments || input.message.features.hasAttachments;
    return objectIf(
      hasFile || input.state.autoResolvedBefore || !input.setup.reopenProven || hasOtherRequest(situation),
      'auto_close_disabled',
    );
  },
};

export const GUARD_GATES = [antiSpam, age, autoClose] as const;
