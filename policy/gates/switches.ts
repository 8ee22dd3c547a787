/** G27 to G31: is somebody's switch against it (platform §1.5, §4.10)? */
import type { DecisionInput } from '../../events/decision.ts';
import type { ReasonCode } from '../../events/words.ts';
import { isFollowUp } from '../pending-flow.ts';
import { mayAutoClose } from '../template-choice.ts';
import type { Gate, Situation } from './gate.ts';
import { NOT_APPLICABLE, objection, onlyQuestion, PASS } from './gate.ts';
import { repeatsTemplate } from './guards.ts';

/** In shadow, and where the helpdesk is read only, everything is decided and nothing is written. */
export function isShadow({ flags }: DecisionInput): boolean {
  return flags.shadow_mode || flags.richpanel_read_only;
}

/** Catch-up behaves as safe mode (platform §5.8); the written acknowledgement is asked for in production only. */
const automation: Gate = {
  id: 'G27',
  judge({ input }) {
    const { flags, setup } = input;
    const codes: ReasonCode[] = [];
    if (flags.safe_mode || flags.catch_up_mode) codes.push('safe_mode_route_only');
    if (!flags.automation_enabled) codes.push('automation_disabled');
    if (!flags.outbound_enabled) codes.push('outbound_disabled');
    if (isShadow(input)) codes.push('shadow_mode');
    if (setup.stage === 'prod' && !flags.writes_acknowledged) codes.push('writes_not_acknowledged');
    return objection(codes, true);
  },
};

const stageFlags: Gate = {
  id: 'G28',
  judge(situation) {
    const { plan, input, policy, primary, secondaries } = situation;
    const { flags } = input;
    const isBlocked = [primary, ...secondaries].some((intent) => flags.blocked_intents.includes(intent));
    const blocked: ReasonCode[] = isBlocked ? ['intent_route_only'] : [];
    const closing: ReasonCode[] =
      mayAutoClose(plan?.templateId ?? null, policy) && !flags.auto_close_enabled ? ['auto_close_disabled'] : [];
    const tier2 = flags.tier2_enabled ? PASS : onlyQuestion(situation, 'automation_disabled');
    const codes = [...(tier2.result === 'block' ? tier2.reasons : []), ...closing, ...blocked];
    return codes.length > 0 ? objection(codes, true) : tier2;
  },
};

const channel: Gate = {
  id: 'G29',
  judge({ input, policy }) {
    const ours = input.message.channel;
    if (!policy.replyChannels.includes(ours)) return objection(['channel_not_enabled']);
    return input.flags.channels.includes(ours) ? PASS : objection(['channel_not_enabled'], true);
  },
};

/**
 * Switch, variant, required variable and P_FIRST_TEMPLATE of the chosen template; no other stands in for it. What a reply has
 * asked for already is not asked again, whatever the order would say (replies §4.3).
 */
const template: Gate = {
  id: 'G30',
  judge(situation) {
    const { plan, input } = situation;
    const id = plan?.templateId ?? null;
    const isAnswer = plan !== null && isFollowUp(situation);
    if (plan === null || (id === null && !isAnswer)) return NOT_APPLICABLE;
    const codes: ReasonCode[] = isAnswer ? ['template_repeat'] : [];
    if (id === null) return objection(codes);
    if (!input.setup.templatesAvailable.includes(id)) codes.push('no_variant');
    if (plan.tier === 2 && input.order?.labels?.hasOrderName === false) codes.push('missing_order_context');
    if (!isAnswer && repeatsTemplate(situation, id)) codes.push('template_repeat');
    const isOff = !input.flags.templates_enabled.includes(id);
    return objection(isOff ? ['template_disabled', ...codes] : codes, isOff && codes.length === 0);
  },
};

const recipient: Gate = {
  id: 'G31',
  judge({ input: { flags } }: Situation) {
    const codes: ReasonCode[] = [];
    if (!flags.recipient_allowed) codes.push('allowlist_miss');
    if (!flags.bot_identity_present) codes.push('bot_identity_missing');
    return objection(codes, true);
  },
};

export const SWITCH_GATES = [automation, stageFlags, channel, template, recipient] as const;
