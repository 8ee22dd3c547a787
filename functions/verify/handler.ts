/** Judges every reply gate and, for Tier 2, asks the verifier. Never writes to the helpdesk, never reads it. */

import type { Definition } from '../../events/catalogue.ts';
import type { Candidate, Decision, DecisionInput } from '../../events/decision.ts';
import type { EventOf } from '../../events/define-event.ts';
import type { Spend } from '../../events/fields.ts';
import { ROUTE_TAG_OF_TEAM } from '../../events/words.ts';
import { withoutMessageText } from '../../policy/approval.ts';
import { approvedReply, decide, verifierNeeded } from '../../policy/decide.ts';
import { routeByFacts } from '../../policy/route.ts';
import { extraTags, tierTag } from '../../policy/tags.ts';
import { findTemplate, templateHash } from '../../templates/library.ts';
import { consumer } from '../shared/consumer/consumer.ts';
import { type Context, decided, NOTHING } from '../shared/consumer/definition.ts';
import { setSticky } from '../shared/conversation/conversation.ts';
import { type Envelope, inputHash } from '../shared/envelopes.ts';
import { ulidOf } from '../shared/ids.ts';
import { openEscalation, recordKeyOf } from '../shared/ledger/messages.ts';
import type { Verified, VerifierRequest } from '../shared/ports.ts';
import { verifierRequest } from '../shared/reading/verifier-request.ts';
import { readMessageText } from '../shared/vault/vault.ts';
import { gatherApproval } from './gather.ts';
import { orderInputOf } from './order-input.ts';

type Produces = 'ReplyApproved' | 'ReplyDenied' | 'EscalationRaised';
export type VerifyContext = Context<'verifier' | 'modelVerifier' | 'templates' | 'cipher', Produces>;
type Heard = 'MessageClassified' | 'OrderMatched' | 'OrderNotMatched' | 'OrderLookupFailed';
export type Judged = EventOf<Definition<Heard>>;

/** Approves or denies; states `EscalationRaised` first where it sees Tier 0. */
export const verify = consumer({
  name: 'verify',
  consumes: ['MessageClassified', 'OrderMatched', 'OrderNotMatched', 'OrderLookupFailed'],
  produces: ['ReplyApproved', 'ReplyDenied', 'EscalationRaised'],
  uses: ['verifier', 'modelVerifier', 'templates', 'cipher'],
  hasEffects: true,
  budgetMs: ({ metadata }, waits) => (metadata.channel === 'livechat' ? waits.replyAgeLivechatMs : waits.replyAgeMs),
  async handle(event, context) {
    const { candidate } = event.data;
    if (!candidate) return NOTHING;
    const order = orderInputOf(event as Judged);
    const { policy, trace } = context.container;
    const { input, isNeeded } = await trace('verify.gates', {}, async () => {
      const gathered = await gatherApproval(context, event as Judged, candidate, order);
      return { input: gathered, isNeeded: verifierNeeded(gathered, policy) };
    });
    if (!isNeeded) return conclude(event as Judged, context, candidate, input, decide(input, policy));
    const { judged, spend } = await trace('verify.llm', {}, () =>
      withVerdict(event as Judged, context, candidate, input),
    );
    return conclude(event as Judged, context, candidate, judged, decide(judged, policy), spend);
  },
  async onBudget(event, context) {
    const { candidate } = event.data;
    if (!candidate) return NOTHING;
    const order = orderInputOf(event as Judged);
    const input = await gatherApproval(context, event as Judged, candidate, order);
    return conclude(event as Judged, context, candidate, input, decide(input, context.container.policy));
  },
  async beforePublish({ facts }, event, { container }) {
    if (facts.some(({ metadata }) => metadata.eventName === 'EscalationRaised'))
      await openEscalation(container, recordKeyOf(event.metadata));
    return true;
  },
});

/** The verifier reads what the vault has of the message; once that is gone there is nothing to approve. */
async function withVerdict(
  event: Judged,
  context: VerifyContext,
  candidate: Candidate,
  input: DecisionInput,
): Promise<{ readonly judged: DecisionInput; readonly spend?: Spend | undefined }> {
  const { container } = context;
  const text = await readMessageText(container, event.metadata.conversationId ?? '', candidate.answersCommentId);
  if (text === null) return { judged: withoutMessageText(input) };
  const request = verifierRequest(candidate.primaryIntent, input, text);
  const { spend, ...verifier } = await secondOpinion(context, request, input);
  return { judged: { ...input, verifier }, spend };
}

/** The kind that classified also verifies: `embedded` never stands in for a model that fails or was switched off (decisions §4). */
async function secondOpinion(
  { container, began }: VerifyContext,
  request: VerifierRequest,
  { classifier, flags }: DecisionInput,
): Promise<Verified> {
  const { verifier, modelVerifier, settings, waits } = container;
  if (classifier.kind !== 'openai') return verifier.verify(request);
  if (modelVerifier === null || !flags.openai_enabled) return SWITCHED_OFF;
  return modelVerifier.verify({ ...request, endsAt: began + settings.timeoutMs - waits.functionMarginMs });
}

const SWITCHED_OFF: Verified = {
  kind: 'openai',
  failure: 'permanent',
  allow: false,
  confidence: null,
  downgradeTo: 'ROUTE_ONLY',
  reasonCode: 'TOO_AMBIGUOUS',
};

async function conclude(
  event: Judged,
  context: VerifyContext,
  classified: Candidate,
  input: DecisionInput,
  decision: Decision,
  spend?: Spend,
) {
  const { container } = context;
  const candidate = { ...classified, route: routeByFacts(classified.route, decision) };
  const facts: Envelope[] = [];
  if (decision.escalates && decision.team && decision.routeTag) {
    await setSticky(container, event.metadata.conversationId ?? '', decision.riskFlags, decision.team);
    facts.push(escalated(context, candidate, input, decision, decision.team));
  }
  const routed = { ...candidate, route: routeInForce(candidate.route, decision) };
  const approved = approvedReply(decision) ? approval(event, context, routed, input, decision, spend) : null;
  container.metrics.count(approved ? 'verify.approved_total' : 'verify.denied_total');
  if (!approved) tellBlocked(event, context, decision);
  facts.push(approved ?? denial(context, routed, input, decision, spend));
  return decided(facts);
}

function tellBlocked({ metadata }: Judged, { container }: VerifyContext, decision: Decision): void {
  container.log('INFO', 'policy.automation.blocked', {
    ticket_id: metadata.conversationId,
    message_key: metadata.messageKey,
    channel: metadata.channel,
    intent: decision.primaryIntent,
    tier: decision.tier,
    template_id: decision.templateCandidate,
    reason_codes: decision.reasonCodes,
    result: 'blocked',
  });
  container.metrics.count('policy.automation_blocked_total', 1, metadata.channel);
}

/** A route that still waits goes where the order says, e.g. a lost parcel to Returns Admin (replies §2.4, S8, S9). */
function routeInForce(route: Candidate['route'], { team, escalates }: Decision): Candidate['route'] {
  return route.when === 'afterReply' && team !== null && !escalates
    ? { ...route, department: team, routeTag: ROUTE_TAG_OF_TEAM[team] }
    : route;
}

function approval(
  event: Judged,
  context: VerifyContext,
  candidate: Candidate,
  input: DecisionInput,
  decision: Decision,
  spend: Spend | undefined,
): Envelope | null {
  const { templateId, tier } = decision;
  const { templates } = context.container;
  const channel = input.message.channel;
  const template = templateId ? findTemplate(templates, templateId) : undefined;
  const hash = templateId ? templateHash(templates, templateId, channel) : undefined;
  if (!templateId || !template || !hash || (tier !== 1 && tier !== 2)) return null;
  const now = Date.parse(input.now);
  const contextRef =
    event.metadata.eventName === 'OrderMatched' && tier === 2
      ? (event as EventOf<Definition<'OrderMatched'>>).data.contextRef
      : null;
  return context.state(
    'ReplyApproved',
    {
      decisionId: candidate.decisionId,
      approvalId: `apr_${ulidOf(now, `${event.metadata.eventId}:${context.generation}`)}`,
      tier,
      templateId,
      templateVersion: template.meta.version,
      templateHash: hash,
      contextRef,
      autoCloseEligible: decision.autoClose,
      verifierConfidence: input.verifier?.confidence ?? null,
      automationConfidence: decision.automationConfidence ?? decision.routingConfidence ?? 0,
      expiresAt: new Date(now + context.container.waits.approvalMs).toISOString(),
      answersCommentId: candidate.answersCommentId,
      candidate,
      ...(spend && { spend }),
      input,
      inputHash: inputHash(input),
      decision,
    },
    { about: { versions: { template: template.meta.version, thresholds: input.versions.thresholds } } },
  );
}

function denial(
  context: VerifyContext,
  candidate: Candidate,
  input: DecisionInput,
  decision: Decision,
  spend: Spend | undefined,
): Envelope {
  return context.state('ReplyDenied', {
    decisionId: candidate.decisionId,
    tier: decision.tier,
    templateCandidate: decision.templateCandidate,
    reasonCodes: decision.reasonCodes.length > 0 ? decision.reasonCodes : ['vendor_error_fail_closed'],
    extraTags: [...tierTag(decision, candidate.route.tags), ...extraTags(decision, candidate.route.tags)].slice(0, 12),
    wouldReply: decision.wouldReply,
    answersCommentId: candidate.answersCommentId,
    route: candidate.route,
    ...(spend && { spend }),
    input,
    inputHash: inputHash(input),
    decision,
  });
}

function escalated(
  context: VerifyContext,
  candidate: Candidate,
  input: DecisionInput,
  decision: Decision,
  team: NonNullable<Decision['team']>,
): Envelope {
  return context.state('EscalationRaised', {
    decisionId: candidate.decisionId,
    stage: 'approval',
    department: team,
    routeTag: ROUTE_TAG_OF_TEAM[team],
    tags: decision.tags,
    riskFlags: decision.riskFlags.length > 0 ? decision.riskFlags : ['OTHER_HIGH_RISK'],
    screenRuleIds: input.turn.screenHits.map(({ ruleId }) => ruleId),
    rank: 2,
    reasonCodes: decision.reasonCodes,
  });
}
