/** Changes of a decision input that each turn one risk on (decisions §6.6, monotonicity). */
import type { DecisionInput } from '../events/decision.ts';
import { INTENTS } from '../events/words.ts';
import { orderUnknown } from './testing.ts';

export type Change = (given: DecisionInput) => DecisionInput;
const flag =
  (part: Partial<DecisionInput['flags']>): Change =>
  (given) => ({ ...given, flags: { ...given.flags, ...part } });
const turn =
  (part: Partial<DecisionInput['turn']>): Change =>
  (given) => ({ ...given, turn: { ...given.turn, ...part } });
/** Beside what was hit before: a hit that took another's place would turn that one off. */
const hit =
  <K extends 'screenHits' | 'olderKeywordHits' | 'answeredKeywordHits'>(
    list: K,
    one: DecisionInput['turn'][K][number],
  ): Change =>
  (given) =>
    turn({ [list]: [...given.turn[list], one] })(given);
const state =
  (part: Partial<DecisionInput['state']>): Change =>
  (given) => ({ ...given, state: { ...given.state, ...part } });
const topic =
  (part: Partial<DecisionInput['message']['topics']>): Change =>
  (given) => ({
    ...given,
    message: { ...given.message, topics: { ...given.message.topics, ...part } },
  });
export const classifier =
  (part: Partial<DecisionInput['classifier']>): Change =>
  (given) => ({
    ...given,
    classifier: { ...given.classifier, ...part },
  });
const scoredToo =
  (intent: (typeof INTENTS)[number], score: number): Change =>
  (given) =>
    classifier({
      calibrated: {
        ...given.classifier.calibrated,
        [intent]: Math.max(score, given.classifier.calibrated[intent] ?? 0),
      },
    })(given);

/** Each turns one risk on; none may ever make a reply possible that was not. */
export const RISKS: readonly [string, Change][] = [
  ['safe mode', flag({ safe_mode: true })],
  ['catch-up', flag({ catch_up_mode: true })],
  ['automation off', flag({ automation_enabled: false })],
  ['outbound off', flag({ outbound_enabled: false })],
  ['shadow', flag({ shadow_mode: true })],
  ['read only', flag({ richpanel_read_only: true })],
  ['Tier 2 off', flag({ tier2_enabled: false })],
  ['auto-close off', flag({ auto_close_enabled: false })],
  ['no channel', flag({ channels: [] })],
  ['everything blocked', flag({ blocked_intents: [...INTENTS] })],
  ['no epoch', flag({ reply_epoch: null })],
  ['recipient not allowed', flag({ recipient_allowed: false })],
  ['no identity', flag({ bot_identity_present: false })],
  ['templates off', flag({ templates_enabled: [] })],
  ['newer comment', turn({ newerCommentSeen: true })],
  ['strong screen', turn({ screenStrength: 'strong' })],
  ['weak hit', hit('screenHits', { family: 'LEGAL_THREAT', ruleId: 'a.rule', strength: 'weak' })],
  ['strong hit', hit('screenHits', { family: 'LEGAL_THREAT', ruleId: 'a.rule', strength: 'strong' })],
  ['attachments', turn({ hasAttachments: true })],
  ['weak moderation', (given) => turn({ moderation: given.turn.moderation ?? 'weak' })(given)],
  ['strong moderation', turn({ moderation: 'strong' })],
  ['older change', hit('olderKeywordHits', { intent: 'cancel_order', ruleId: 'kw.rule', precision: 'weak' })],
  [
    'change in the same comment',
    hit('answeredKeywordHits', { intent: 'cancel_order', ruleId: 'kw.rule', precision: 'high' }),
  ],
  ['closed', state({ ticketOpen: false })],
  ['agent holds', state({ agentHeld: true })],
  ['agent answered', state({ lastAuthor: 'agent' })],
  ['sticky', (given) => state({ stickyFlags: [...given.state.stickyFlags, 'OTHER_HIGH_RISK'] })(given)],
  ['resolved before', state({ autoResolvedBefore: true })],
  ['resolved by estimate', state({ pendingFlow: { type: 'estimate', intent: 'order_status_tracking' } })],
  ['superseded', state({ sequence: 'superseded' })],
  ['privacy', topic({ privacyRequest: true })],
  ['probe', topic({ securityProbe: true })],
  ['contact change', topic({ contactChange: true })],
  ['machine mail', topic({ machineMail: true })],
  ['bare unsubscribe', topic({ unsubscribeOnly: true })],
  ['failure', classifier({ failure: 'timeout' })],
  ['may not reply', classifier({ mayReply: false })],
  ['legal at 0.20', scoredToo('legal_threat', 0.2)],
  ['fraud at 0.10', scoredToo('fraud_suspected', 0.1)],
  ['replay', (given) => ({ ...given, age: { ...given.age, isReplay: true } })],
  ['customer unknown', (given) => ({ ...given, history: { ...given.history, customerKnown: false } })],
  ['Spanish', (given) => ({ ...given, message: { ...given.message, language: { detector: 'es', model: null } } })],
  ['look-up failed', (given) => ({ ...given, order: given.order === null ? null : orderUnknown() })],
  ['reopening unproven', (given) => ({ ...given, setup: { ...given.setup, reopenProven: false } })],
  ['verifier denies', (given) => ({ ...given, verifier: given.verifier && { ...given.verifier, allow: false } })],
];
