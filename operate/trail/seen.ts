/** What each gate looked at, in words: the recorded input that it judged, beside the number it asks for. Pure. */
import type { Decision, DecisionInput, GateId } from '../../events/decision.ts';
import type { Intent } from '../../events/words.ts';
import { POLICY } from '../../policy/policy.ts';
import { asksForPerson, isWeakRisk, modelFlags, screenFlags, secondPassFlags, topicFlags } from '../../policy/risk.ts';
import { tier1Threshold } from '../../policy/thresholds.ts';
import { plain } from './words.ts';

/** A fact's two fields that explain it. */
export type Judged = { readonly input: DecisionInput; readonly decision: Decision };

type Saw = (judged: Judged) => string;

const SAW: Readonly<Record<GateId, Saw>> = {
  G01: ({ input }) =>
    input.turn.newerCommentSeen ? 'a newer message of the customer' : (SEQUENCE[input.state.sequence] ?? ''),
  G02: ({ input }) => (input.state.ticketOpen ? 'an open ticket' : 'a closed ticket'),
  G03: ({ input: { state } }) =>
    `the last word is the ${AUTHOR[state.lastAuthor]}${state.agentHeld ? '; an agent holds the ticket' : ''}`,
  G04: ({ input }) => listed('no earlier escalation', input.state.stickyFlags),
  G05: ({ input: { message } }) =>
    message.attachmentOnly ? 'a file without text' : message.empty ? 'no text' : counted(message.words, 'word'),
  G06: ({ input }) => {
    const rules = input.turn.screenHits.map(({ ruleId, strength }) => `${ruleId} (${strength})`);
    return rules.length === 0 ? listed('no risk phrase', screenFlags(input)) : `rules ${rules.join(', ')}`;
  },
  G07: ({ input: { classifier } }) =>
    classifier.kind === null
      ? 'no classifier was asked'
      : `${classifier.kind}${classifier.failure === null ? ' answered' : ` failed: ${plain(classifier.failure)}`}${
          classifier.rung === 'primary' ? '' : `, rung ${classifier.rung}`
        }${classifier.mayReply ? '' : ', may route only'}`,
  G08: ({ input }) => listed('no risk flag', modelFlags(input, POLICY)),
  G09: ({ input }) => {
    const signs = [
      ...(isWeakRisk(input, POLICY) ? ['a weak risk signal'] : []),
      ...(asksForPerson(input) ? ['a wish for a person'] : []),
    ];
    return signs.length === 0 ? 'no weak signal' : signs.join(' and ');
  },
  G10: ({ input }) => {
    const { privacyRequest, securityProbe } = input.message.topics;
    const topics = [
      ...topicFlags(input).map((flag) => plain(flag.toLowerCase())),
      ...(privacyRequest ? ['a privacy request'] : []),
      ...(securityProbe ? ['a security-sensitive request'] : []),
    ];
    return topics.length === 0 ? 'none of these topics' : topics.join(', ');
  },
  G11: ({ decision }) => plain(decision.primaryIntent),
  G12: ({ input }) => listed('no risk phrase', secondPassFlags(input)),
  G13: ({ input }) =>
    input.classifier.requested?.tier === 'TIER_3_AUTO_ACTION' ? 'an action was asked for' : 'no action was asked for',
  G14: (judged) => share('confidence', judged.decision.routingConfidence, needs(judged, POLICY.thresholds.route)),
  G15: (judged) => share('distance', judged.decision.margin, needs(judged, POLICY.thresholds.margin)),
  G16: ({ input: { turn }, decision }) => {
    const wishes = new Set<Intent>([
      ...decision.secondaryIntents,
      ...[...turn.olderKeywordHits, ...turn.answeredKeywordHits].map(({ intent }) => intent),
    ]);
    wishes.delete(decision.primaryIntent);
    return listed('no other wish', [...wishes]);
  },
  G17: ({ decision }) => {
    const tier = POLICY.intents[decision.primaryIntent].highestTier;
    return `${plain(decision.primaryIntent)}: ${TIER_WORDS[tier ?? 'none']}`;
  },
  G18: ({ input: { classifier } }) =>
    classifier.requested === null
      ? 'the classifier asks for no tier'
      : `asked for ${plain(classifier.requested.tier.toLowerCase())}`,
  G19: ({ input: { classifier } }) =>
    classifier.requested?.templateId ? `the hint ${classifier.requested.templateId}` : 'no hint of the classifier',
  G20: (judged) => {
    const { thresholds } = POLICY;
    const { tierCandidate, tier, primaryIntent, routingConfidence } = judged.decision;
    const isTier2 = (tierCandidate ?? tier) === 2;
    const least = isTier2 ? thresholds.tier2 : tier1Threshold(primaryIntent, thresholds);
    return share('confidence', routingConfidence, needs(judged, least));
  },
  G21: ({ input: { order } }) => {
    if (order === null) return 'no look-up';
    if (order.deterministicMatch === 'unknown') return 'the look-up failed';
    if (order.deterministicMatch === 'true') return `${counted(order.matchCount, 'order')}, ${order.matchMethod ?? ''}`;
    return `no single order (${plain(order.notMatchedReason ?? 'unlinked')})`;
  },
  G22: ({ input: { order } }) =>
    order === null ? 'no order' : listed('complete facts', order.missingFields, 'missing: '),
  G23: ({ input: { order } }) => {
    const labels = order?.labels ?? null;
    if (labels === null) return 'no order';
    if (labels.isLate) return 'the window has passed';
    return labels.remainingMaxBd === null
      ? 'no window'
      : `${labels.remainingMinBd ?? 0} to ${labels.remainingMaxBd} business days left`;
  },
  G24: ({ input: { message } }) =>
    [
      `detector: ${message.language.detector}`,
      ...(message.language.model ? [`model: ${message.language.model}`] : []),
    ].join(', '),
  G25: (judged) => {
    const { verifier } = judged.input;
    if (verifier === null) return 'not asked';
    if (verifier.failure !== null) return `${verifier.kind} failed: ${plain(verifier.failure)}`;
    const said = `${verifier.allow ? 'allows' : 'objects'} (${plain(verifier.reasonCode.toLowerCase())})`;
    return `${verifier.kind} ${said}, ${share('confidence', verifier.confidence, needs(judged, POLICY.thresholds.verifier))}`;
  },
  G26: (judged) =>
    share('confidence', judged.decision.automationConfidence, needs(judged, POLICY.thresholds.automation)),
  G27: ({ input: { flags } }) =>
    [
      onOff('automation', flags.automation_enabled),
      onOff('outbound', flags.outbound_enabled),
      onOff('safe mode', flags.safe_mode || flags.catch_up_mode),
      onOff('shadow', flags.shadow_mode || flags.richpanel_read_only),
    ].join(', '),
  G28: ({ input: { flags } }) =>
    [
      onOff('order answers', flags.tier2_enabled),
      onOff('closing', flags.auto_close_enabled),
      listed('no intent blocked', flags.blocked_intents, 'blocked: '),
    ].join(', '),
  G29: ({ input: { message, flags } }) => `${message.channel}; switched on: ${flags.channels.join(', ') || 'none'}`,
  G30: ({ input: { flags, setup }, decision }) => {
    const id = decision.templateId ?? decision.templateCandidate;
    if (id === null) return 'no template yet';
    const text = setup.templatesAvailable.includes(id) ? '' : ', no text for this channel';
    return `${id}: ${flags.templates_enabled.includes(id) ? 'on' : 'off'}${text}`;
  },
  G31: ({ input: { flags } }) =>
    `${flags.recipient_allowed ? 'recipient allowed' : 'recipient not on the list'}, ${
      flags.bot_identity_present ? 'sending seat known' : 'sending seat not known'
    }`,
  G32: ({ input: { history } }) =>
    `${counted(history.conversation.length, 'reply', 'replies')} here and ${history.customer.length} to the customer in 24 hours${
      history.customerKnown ? '' : '; the customer is not known'
    }`,
  G33: ({ input: { age, now } }) => {
    if (age.isReplay) return 'a replay';
    if (age.receivedAt === null) return 'no time of receipt';
    const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(age.receivedAt)) / 60_000));
    return minutes === 0 ? 'less than a minute old' : `${counted(minutes, 'minute')} old`;
  },
  G34: ({ decision }) => (decision.autoClose ? 'the reply would close the ticket' : 'the reply closes nothing'),
};

const TIER_WORDS = {
  none: 'routed only',
  0: 'always for people',
  1: 'replies up to tier 1',
  2: 'replies up to tier 2',
};
const SEQUENCE: Readonly<Record<string, string>> = {
  newest: 'the newest message',
  superseded: 'a newer message is decided instead',
  stale: 'a newer message was decided before',
  decided: 'decided before',
  overtaken: 'a newer message was decided without this one',
};
const AUTHOR = {
  customer: 'customer’s',
  bot: 'automatic reply’s',
  agent: 'agent’s',
  unknown: 'word of somebody unknown',
};

/** A phrase for one cell of a table; empty where the fact does not hold it. */
export function seenBy(gate: GateId, judged: Judged): string {
  return SAW[gate](judged);
}

/** Today's number says nothing of a decision made under other thresholds. */
function needs({ input }: Judged, least: number): number | null {
  return input.versions.thresholds === POLICY.thresholds.version ? least : null;
}

function share(what: string, value: number | null, least: number | null): string {
  const has = value === null ? `no ${what}` : `${what} ${value.toFixed(2)}`;
  return least === null ? has : `${has}, needs ${least.toFixed(2)}`;
}

function listed(none: string, codes: readonly string[], lead = ''): string {
  return codes.length === 0 ? none : `${lead}${codes.map((code) => plain(code.toLowerCase())).join(', ')}`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const onOff = (what: string, isOn: boolean): string => `${what} ${isOn ? 'on' : 'off'}`;
