/** Everything the decision may look at, as labels: the one `DecisionInput` of the classification stage. */
import type { DecisionInput } from '../../events/decision.ts';
import type { TemplateId } from '../../events/words.ts';
import { fallbackInput } from '../../policy/fallback.ts';
import { keywordHits } from '../../policy/text/keywords.ts';
import type { Redaction } from '../../policy/text/redact/redact.ts';
import { TIER0_RULES_VERSION } from '../../policy/text/screen-rules.ts';
import { POLICY_VERSION, ROUTING_VERSION, TAXONOMY_VERSION, THRESHOLDS_VERSION } from '../../policy/versions.ts';
import { isAutoOn, selectVariant } from '../../templates/library.ts';
import { readConversation } from '../shared/conversation/conversation.ts';
import { flagsInput, historyInput, stateInput } from '../shared/decision-inputs.ts';
import { classifierRequest } from '../shared/reading/classifier-request.ts';
import { type ReadComment, readComment } from '../shared/reading/labels.ts';
import { messageInput, needsClassifier, rounded, turnInput } from '../shared/reading/message-input.ts';
import { redactMessage } from '../shared/reading/redacted.ts';
import { templatesVersion } from '../shared/template-version.ts';
import type { Turn } from './decide-turn.ts';
import type { ClassifyContext, Root } from './handler.ts';
import { unanswered } from './turn.ts';

export type Gathered = {
  readonly input: DecisionInput;
  readonly needsClassifier: boolean;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** In memory only. */
  readonly ownText: string;
  /** Of the newest comment; `null` where no classifier was asked. In memory only. */
  readonly redaction: Redaction | null;
};

/** @param step  `screen` asks no classifier: that is all a strong hit or an empty message needs (decisions §3.9). */
export async function gatherDecision(
  root: Root,
  context: ClassifyContext,
  turn: Turn,
  customerHash: string | null,
  step: 'screen' | 'classify',
): Promise<Gathered> {
  const { container } = context;
  const conversationId = root.metadata.conversationId ?? '';
  const conversation = step === 'screen' ? turn.conversation : await readConversation(container, conversationId);
  const flags = await container.flags.read();
  const now = container.clock.now();
  const read = readAll(turn);
  const newest = readComment(turn.answers.comment);
  const message = messageInput(newest, turn.ticket.channel);
  const labels = turnInput(read, turn.answers.comment.id, turn.turn.length);
  const isNeeded = needsClassifier(message, labels);
  const redaction = step === 'classify' && isNeeded ? redactMessage(container, newest.clean.own) : null;
  const asked = redaction?.ok
    ? await container.classifier.classify(classifierRequest(message, newest.clean.own, redaction.text))
    : null;
  const { classifier } = container;
  const commentCreatedAt = new Date(turn.answers.comment.createdAt).toISOString();
  const input: DecisionInput = {
    schema: '1.0',
    stage: 'classification',
    now: new Date(now).toISOString(),
    message,
    turn: labels,
    classifier: {
      kind: asked ? classifier.kind : null,
      rung: 'primary',
      // The table of architecture §6: without a network classifier, replies are for the local stage alone.
      mayReply: container.settings.env === 'local' || flags.values.embedded_replies_enabled,
      // Without a redacted text there is nothing a classifier may be asked about: route only (platform §4.3).
      failure: redaction?.ok === false ? 'invalid' : null,
      raw: rounded(asked?.raw ?? {}),
      calibrated: rounded(asked ? classifier.calibrate(asked.raw) : {}),
      requested: null,
    },
    order: null,
    verifier: null,
    state: {
      ...stateInput(conversation, turn.answers.seq, now, {
        ticketOpen: turn.ticket.status === 'open',
        lastAuthor: turn.operatorNewest?.author ?? 'customer',
        assignedTeam: turn.ticket.assignedTeam,
        agentHeld: false,
      }),
      ...(turn.mayAnswer ? {} : { sequence: 'overtaken' as const }),
    },
    history: await historyInput(container, conversation, customerHash),
    flags: flagsInput(flags, container.config, {
      recipientAllowed: flags.allows(turn.ticket.customer.email),
      botIdentityPresent: true,
    }),
    setup: {
      teamsAvailable: [...container.config.teams.available],
      templatesAvailable: templatesFor(context, turn),
      reopenProven: container.settings.reopenProven,
      stage: container.settings.env,
      limits: {
        minutesBetweenReplies: container.config.limits.minutes_between_replies,
        perConversationDay: container.config.limits.replies_per_conversation_per_day,
        perCustomerDay: container.config.limits.replies_per_customer_per_day,
      },
    },
    age: {
      receivedAt: root.metadata.receivedAt,
      commentCreatedAt: container.settings.agesFrom === 'received' ? root.metadata.receivedAt : commentCreatedAt,
      isReplay: root.metadata.replay !== null,
      expiresAt: null,
    },
    versions: {
      taxonomy: TAXONOMY_VERSION,
      policy: POLICY_VERSION,
      thresholds: THRESHOLDS_VERSION,
      screenRules: TIER0_RULES_VERSION,
      classifier: classifier.version,
      calibration: classifier.calibration,
      templates: templatesVersion(container.templates),
      routing: ROUTING_VERSION,
      config: container.settings.configVersion,
    },
  };
  return {
    input:
      redaction?.ok === false
        ? fallbackInput(input, { embedded: null, keywordHits: keywordHits(newest.clean.own) })
        : input,
    needsClassifier: isNeeded,
    tokensIn: asked?.tokensIn ?? 0,
    tokensOut: asked?.tokensOut ?? 0,
    ownText: newest.clean.own,
    redaction,
  };
}

/** The turn, and every other customer comment after the newest operator comment: read in each other's light. */
function readAll(turn: Turn): ReadComment[] {
  const seen = new Map([...turn.turn, ...unanswered(turn.reading)].map((one) => [one.comment.id, one.comment]));
  return [...seen.values()].map(readComment);
}

function templatesFor({ container }: ClassifyContext, turn: Turn): TemplateId[] {
  return container.templates.templates
    .filter(
      (template) =>
        isAutoOn(template, turn.ticket.channel) && selectVariant(template, turn.ticket.channel, 'en') !== undefined,
    )
    .map(({ meta }) => meta.id);
}
