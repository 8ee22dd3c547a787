/** Everything the decision may look at, as labels: the one `DecisionInput` of the classification stage. */
import type { DecisionInput } from '../../events/decision.ts';
import { fallbackInput } from '../../policy/fallback.ts';
import { TIER0_RULES_VERSION } from '../../policy/text/screen-rules.ts';
import { POLICY_VERSION, ROUTING_VERSION, TAXONOMY_VERSION } from '../../policy/versions.ts';
import { automaticTemplates } from '../../templates/library.ts';
import { readConversation } from '../shared/conversation/conversation.ts';
import { flagsInput, historyInput, stateInput } from '../shared/decision-inputs.ts';
import { classificationInput, type Labels, readLabels } from '../shared/reading/classification-input.ts';
import { type ReadComment, readComment } from '../shared/reading/labels.ts';
import { needsClassifier } from '../shared/reading/message-input.ts';
import { carrierHostsOf, type RedactedMessage, redactMessage } from '../shared/reading/redacted.ts';
import { type Restricted, restrict, reveal } from '../shared/restricted.ts';
import { templatesVersion } from '../shared/template-version.ts';
import { type Asked, classifyNewest, compareWithScreen, unasked } from './classification.ts';
import type { Turn } from './decide-turn.ts';
import type { ClassifyContext, Root } from './handler.ts';
import { unanswered } from './turn.ts';

export type Gathered = {
  readonly input: DecisionInput;
  readonly needsClassifier: boolean;
  /** The screen has decided, and a classifier is asked for statistics alone (flag `classify_tier0_anyway`). */
  readonly isCompared: boolean;
  readonly asked: Asked;
  /** No usable answer came: attempts made. The input is then that of the rung which accepted. */
  readonly failedAttempts: number | null;
  readonly ownText: Restricted<string>;
  /** Of the newest comment; `null` where no classifier was asked. */
  readonly redaction: RedactedMessage | null;
};

/** A turn with what was read in it. In memory only. */
export type ReadTurn = Turn & { readonly newest: ReadComment; readonly labels: Labels };

/**
 * @param step  `screen` asks no classifier: that is all a strong hit or an empty message needs (decisions §3.9).
 * @throws RetryableError when a vendor wants to be left alone for a while.
 */
export async function gatherDecision(
  root: Root,
  context: ClassifyContext,
  turn: ReadTurn,
  customerHash: string | null,
  step: 'screen' | 'classify',
): Promise<Gathered> {
  const { container } = context;
  const conversationId = root.metadata.conversationId ?? '';
  const conversation = step === 'screen' ? turn.conversation : await readConversation(container, conversationId);
  const flags = await container.flags.read();
  const now = container.clock.now();
  const { newest, labels } = turn;
  const { message } = labels;
  const isNeeded = needsClassifier(message, labels.turn);
  const hasText = !message.attachmentOnly && !message.empty;
  const isCompared = flags.classifyTier0Anyway && hasText && labels.turn.screenStrength === 'strong';
  const ownText = restrict(reveal(newest.clean).own);
  const isRead = step === 'classify' && (isNeeded || isCompared);
  const redaction = isRead ? redactMessage(container, ownText) : null;
  const about = {
    message,
    text: ownText,
    redaction,
    identityKnown: customerHash !== null,
    receivedAt: Date.parse(root.metadata.receivedAt ?? root.metadata.occurredAt),
  };
  const classification =
    step === 'classify' && isNeeded ? await classifyNewest(context, flags, about) : unasked(context, flags);
  const commentCreatedAt = new Date(turn.answers.comment.createdAt).toISOString();
  const input = classificationInput(labels, classification.answer, {
    now: new Date(now).toISOString(),
    classifier: classification.input,
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
      templatesAvailable: automaticTemplates(container.templates, turn.ticket.channel),
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
      thresholds: container.policy.thresholds.version,
      screenRules: TIER0_RULES_VERSION,
      ...classification.versions,
      templates: templatesVersion(container.templates),
      routing: ROUTING_VERSION,
      config: container.settings.configVersion,
    },
  });
  const { failed, asked } = classification;
  return {
    input: failed ? fallbackInput(input, failed) : input,
    needsClassifier: isNeeded,
    isCompared,
    asked: step === 'classify' && isCompared ? await compareWithScreen(context, flags, about) : asked,
    failedAttempts: failed?.attempts ?? null,
    ownText,
    redaction,
  };
}

/** Reads the turn, and every other customer comment after the newest operator comment, in each other's light: once, since it is slow. */
export function readTurn({ container }: ClassifyContext, turn: Turn): ReadTurn {
  const newest = readComment(turn.answers.comment);
  const seen = new Map([...turn.turn, ...unanswered(turn.reading)].map((one) => [one.comment.id, one.comment]));
  const read = [...seen].map(([id, comment]) => (id === newest.comment.id ? newest : readComment(comment)));
  const labels = readLabels(read, newest, {
    channel: turn.ticket.channel,
    comments: turn.turn.length,
    carrierHosts: carrierHostsOf(container.config),
  });
  return { ...turn, newest, labels };
}
