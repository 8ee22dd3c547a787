/** Decides one turn on its newest comment, in the light of all the others (protocols §3). */
import type { Decision, DecisionInput } from '../../events/decision.ts';
import type { Metadata } from '../../events/envelope.ts';
import { type Branch, RANKS, ROUTE_TAG_OF_TEAM } from '../../events/words.ts';
import { decide } from '../../policy/decide.ts';
import { routeOf } from '../../policy/route.ts';
import { namedOrderNumbers } from '../../policy/text/order-numbers.ts';
import { decided } from '../shared/consumer/definition.ts';
import { advanceLatest, type Conversation, holdForAgent, setSticky } from '../shared/conversation/conversation.ts';
import { inputHash } from '../shared/envelopes.ts';
import { CUSTOMER_PURPOSE, customerForm, ORDER_NUMBER_PURPOSE } from '../shared/identity.ts';
import { decisionIdOf } from '../shared/ids.ts';
import type { Decided } from '../shared/ledger/claims.ts';
import type { Comment, Ticket } from '../shared/ports.ts';
import { keptText } from '../shared/reading/verifier-request.ts';
import { reveal } from '../shared/restricted.ts';
import type { Item } from '../shared/store/language.ts';
import { TIMES, type Waits } from '../shared/times.ts';
import { keepMessageText } from '../shared/vault/vault.ts';
import type { Asked } from './classification.ts';
import { gatherDecision, readTurn } from './gather.ts';
import { type ClassifyContext, type Root, settledAs } from './handler.ts';
import { tellDecision } from './tell.ts';
import type { Reading, Seen } from './turn.ts';

export type Turn = {
  readonly ticket: Ticket;
  readonly reading: Reading;
  readonly turn: readonly Seen[];
  readonly answers: Seen;
  readonly operatorNewest: Comment | null;
  readonly mayAnswer: boolean;
  readonly conversation: Conversation;
};

/** States `MessageClassified` with what the decision was made of; sets the sticky flag on a strong hit. */
export async function decideTurn(root: Root, context: ClassifyContext, found: Turn): Promise<Decided> {
  const { container } = context;
  const began = container.clock.monotonic();
  const conversationId = root.metadata.conversationId ?? '';
  const { answers } = found;
  // Only grows; advanced by the deciding root after its claim of the newest and before the model.
  if (found.mayAnswer) await advanceLatest(container, conversationId, answers.seq);
  const turn = await withAgentHold(context, conversationId, found);
  const digester = await container.digests();
  const who = turn.ticket.customer.email ?? turn.ticket.customer.id;
  const customerHash = who === null ? null : digester.digest(CUSTOMER_PURPOSE, customerForm(reveal(who)));
  const read = readTurn(context, turn);
  const screened = await gatherDecision(root, context, read, customerHash, 'screen');
  // A strong hit sets the sticky flag at once, before model, vault or publishing.
  if (screened.input.turn.screenStrength === 'strong')
    await stick(context, conversationId, decide(screened.input, container.policy));
  const classified =
    screened.needsClassifier || screened.isCompared
      ? await gatherDecision(root, context, read, customerHash, 'classify')
      : screened;
  // What was asked for statistics is paid for, and has no say.
  const gathered = screened.isCompared ? { ...screened, asked: classified.asked } : classified;
  const { input } = gathered;
  const decision = await container.trace('classify.policy', {}, async () => decide(input, container.policy));
  if (decision.riskFlags.length > 0 && decision.row === 'D1' && screened.input.turn.screenStrength !== 'strong')
    await stick(context, conversationId, decision);

  const route = settledRoute(decision);
  const { receivedAt, occurredAt } = root.metadata;
  const decisionId = decisionIdOf(root.metadata.eventId, receivedAt ?? occurredAt, context.generation);
  const tierCandidate = decision.tierCandidate ?? 0;
  const candidate =
    tierCandidate !== 0 && route
      ? {
          decisionId,
          input,
          tierCandidate,
          primaryIntent: decision.primaryIntent,
          route,
          customerHash,
          answersCommentId: answers.comment.id,
          namedOrderHashes: namedOrderNumbers(reveal(gathered.ownText))
            .slice(0, 10)
            .map((number) => digester.digest(ORDER_NUMBER_PURPOSE, number)),
        }
      : null;
  // Only a Tier 2 reply is verified, so only its text is kept (platform §2.1).
  const kept = candidate?.tierCandidate === 2 ? keptText(gathered.redaction) : null;
  if (kept !== null) await keepMessageText(container, conversationId, answers.comment.id, kept);
  const turnCommentIds = turn.turn.map(({ comment }) => comment.id);
  const told = {
    turnCommentIds: turnCommentIds.slice(-200),
    ...spendIn(gathered.asked),
    input,
    inputHash: inputHash(input),
    decision,
  };
  const options = {
    about: {
      messageId: answers.comment.id,
      messageKey: answers.comment.id,
      conversationSeq: answers.seq,
      commentCreatedAt: new Date(answers.comment.createdAt).toISOString(),
      channel: turn.ticket.channel,
      versions: versionsOf(input, gathered.asked),
    },
  };
  // Where the ladder has the word; Tier 0 and the like stand on their own, whatever a classifier did.
  const isFallback = gathered.failedAttempts !== null && decision.rank === RANKS.fallback;
  const fact =
    isFallback && route
      ? context.state(
          'ClassificationFailed',
          {
            decisionId,
            errorCode: `${input.classifier.kind ?? 'redaction'}_${input.classifier.failure}`,
            attempts: gathered.failedAttempts ?? 0,
            fallbackDepartment: route.department,
            fallbackTags: route.tags,
            reasonCodes: decision.reasonCodes,
            primaryIntent: decision.primaryIntent,
            ...told,
          },
          options,
        )
      : context.state(
          'MessageClassified',
          {
            decisionId,
            primaryIntent: decision.primaryIntent,
            secondaryIntents: decision.secondaryIntents,
            tier: decision.tier,
            tierCandidate: candidate ? tierCandidate : 0,
            department: route?.department ?? null,
            routeTag: route ? ROUTE_TAG_OF_TEAM[route.department] : null,
            tags: route ? route.tags : decision.tags,
            rank: decision.rank,
            routingConfidence: decision.routingConfidence,
            margin: decision.margin,
            templateCandidate: decision.templateCandidate,
            action: decision.action,
            routeWhen: decision.routeWhen,
            riskFlags: decision.riskFlags,
            features: input.message.features,
            attachmentOnly: input.message.attachmentOnly,
            reasonCodes: decision.reasonCodes,
            replyExpected: candidate !== null,
            customerHash,
            tokensIn: gathered.asked.tokensIn,
            tokensOut: gathered.asked.tokensOut,
            latencyMs: Math.max(0, Math.round(container.clock.monotonic() - began)),
            candidate,
            ...told,
          },
          options,
        );
  tellDecision(container, fact.metadata, input, decision, {
    isAttempt: candidate !== null,
    latencyMs: container.clock.monotonic() - began,
  });
  const branches: Branch[] = [...(route ? (['route'] as const) : []), ...(candidate ? (['reply'] as const) : [])];
  const about = {
    message_id: answers.comment.id,
    conversation_seq: answers.seq,
    channel: turn.ticket.channel,
    // The sticky flag may be lost with its table before anybody is told: a message that stalls goes to that team all the same.
    ...(decision.tier === 0 && route && { tier0_team: route.department }),
    ...deadlineOf(container.waits, root, turn.ticket, candidate !== null && decision.routeWhen === 'afterReply'),
  };
  const notes = { turn: turnCommentIds, seq: answers.seq, about, ...flowTakenUp(turn) };
  const facts =
    gathered.redaction?.ok === false ? [fact, redactionFailed(context, gathered.redaction.detectorCode)] : [fact];
  // A colleague has it in hand: nothing is routed, nothing answered.
  if (branches.length === 0) return settledAs(facts, 'suppressed', notes);
  return decided(facts, { ...notes, branches });
}

/** A colleague has answered: automation keeps quiet for a day, from this very decision on (replies §4.3). */
async function withAgentHold({ container }: ClassifyContext, conversationId: string, turn: Turn): Promise<Turn> {
  const agentAt = newestAgent(turn.ticket);
  if (agentAt === null) return turn;
  const until = agentAt + TIMES.agentHeldMs;
  await holdForAgent(container, conversationId, until);
  const { conversation } = turn;
  return {
    ...turn,
    conversation: { ...conversation, agentHeldUntil: Math.max(conversation.agentHeldUntil, until) },
  };
}

/** Only what was written after the reply takes its flow up. */
function flowTakenUp({ conversation, mayAnswer, operatorNewest }: Turn): { flowAt?: number } {
  const { pendingFlow } = conversation;
  return pendingFlow && mayAnswer && operatorNewest === null ? { flowAt: pendingFlow.requestedAt } : {};
}

/** Whether an order question ends in Tier 2 is not known yet: its tier is tagged with the outcome of the reply (decisions §1.5). */
function settledRoute(decision: Decision): ReturnType<typeof routeOf> {
  const route = routeOf(decision);
  if (!route || decision.tierCandidate !== 2) return route;
  return { ...route, tags: route.tags.filter((tag) => !tag.startsWith('mw-tier-')) };
}

/** Absent where no model over the network was asked. */
function spendIn({ spend, asks }: Asked) {
  return { ...(spend && { spend }), ...(asks && spend && { promptSha256: asks.promptSha256 }) };
}

function versionsOf({ versions }: DecisionInput, { asks }: Asked): Metadata['versions'] {
  const { thresholds, calibration, classifier } = versions;
  const asked = asks && { model: asks.model, prompt: asks.prompt, decisionSchema: asks.schema };
  return { thresholds, calibration, model: classifier, ...asked };
}

async function stick({ container }: ClassifyContext, conversationId: string, decision: Decision): Promise<void> {
  const flags = decision.riskFlags.length > 0 ? decision.riskFlags : (['OTHER_HIGH_RISK'] as const);
  await setSticky(container, conversationId, flags, decision.team ?? 'Leadership Team');
}

function redactionFailed(context: ClassifyContext, detectorCode: string) {
  return context.state('RedactionFailed', { stage: 'classification', detectorCode });
}

function newestAgent(ticket: Ticket): number | null {
  const times = ticket.comments
    .filter(({ author, isPublic }) => author === 'agent' && isPublic)
    .map(({ createdAt }) => createdAt);
  return times.length === 0 ? null : Math.max(...times);
}

/** A route that waits for its reply waits 120 s, parking included; then it is swept at once (protocols §8). */
function deadlineOf(waits: Waits, root: Root, ticket: Ticket, isAfterReply: boolean): Item {
  if (!isAfterReply)
    return { deadline_ms: ticket.channel === 'livechat' ? waits.deadlineLivechatMs : waits.deadlineMs };
  const receivedAt = Date.parse(root.metadata.receivedAt ?? root.metadata.occurredAt);
  return {
    deadline_ms: waits.deadlineAfterReplyMs,
    deadline_is_firm: true,
    next_sweep_at: receivedAt + waits.deadlineAfterReplyMs,
  };
}
