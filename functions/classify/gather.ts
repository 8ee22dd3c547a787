/** Everything the decision may look at, as labels: the one `DecisionInput` of the classification stage. */
import type { DecisionInput } from '../../events/decision.ts';
import type { TemplateId } from '../../events/words.ts';
import { extractFeatures, namedOrderNumbers } from '../../policy/text/features.ts';
import { detectLanguage } from '../../policy/text/language.ts';
import { asksSomethingElse } from '../../policy/text/questions.ts';
import { deniesReceipt } from '../../policy/text/receipt.ts';
import { TIER0_RULES_VERSION } from '../../policy/text/screen-rules.ts';
import { specialTopics } from '../../policy/text/topics.ts';
import { POLICY_VERSION, ROUTING_VERSION, TAXONOMY_VERSION, THRESHOLDS_VERSION } from '../../policy/versions.ts';
import { isAutoOn, selectVariant } from '../../templates/library.ts';
import { readConversation } from '../shared/conversation/conversation.ts';
import { flagsInput, historyInput, stateInput } from '../shared/decision-inputs.ts';
import { olderKeywordHits, type ReadComment, readComment, screenOf } from '../shared/reading/labels.ts';
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
  const screen = screenOf(read);
  const message = messageInput(turn, newest);
  const needsClassifier = screen.screenStrength !== 'strong' && !message.attachmentOnly && !message.empty;
  const asked =
    step === 'classify' && needsClassifier
      ? await container.classifier.classify({ channel: turn.ticket.channel, text: newest.clean.own })
      : null;
  const { classifier } = container;
  const commentCreatedAt = new Date(turn.answers.comment.createdAt).toISOString();
  const input: DecisionInput = {
    schema: '1.0',
    stage: 'classification',
    now: new Date(now).toISOString(),
    message,
    turn: {
      comments: turn.turn.length,
      newerCommentSeen: false,
      ...screen,
      olderKeywordHits: olderKeywordHits(read, turn.answers.comment.id),
      hasAttachments: read.some(({ comment }) => comment.attachments > 0),
      moderation: null,
    },
    classifier: {
      kind: asked ? classifier.kind : null,
      rung: 'primary',
      // The table of architecture §6: without a network classifier, replies are for the local stage alone.
      mayReply: container.settings.env === 'local' || flags.values.embedded_replies_enabled,
      failure: null,
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
    input,
    needsClassifier,
    tokensIn: asked?.tokensIn ?? 0,
    tokensOut: asked?.tokensOut ?? 0,
    ownText: newest.clean.own,
  };
}

/** The turn, and every other customer comment after the newest operator comment: read in each other's light. */
function readAll(turn: Turn): ReadComment[] {
  const seen = new Map([...turn.turn, ...unanswered(turn.reading)].map((one) => [one.comment.id, one.comment]));
  return [...seen.values()].map(readComment);
}

function messageInput(turn: Turn, { clean, comment }: ReadComment): DecisionInput['message'] {
  const features = extractFeatures(clean.own, comment.attachments);
  const topics = specialTopics(clean.own);
  return {
    channel: turn.ticket.channel,
    language: { detector: detectLanguage(clean.own).language, model: null },
    words: clean.words,
    attachmentOnly: clean.empty && comment.attachments > 0,
    empty: clean.empty && comment.attachments === 0,
    features: {
      hasOrderNumber: features.has_order_number,
      hasEmail: features.has_email,
      hasPhone: features.has_phone,
      hasTrackingNumber: features.has_tracking_number,
      hasAttachments: features.has_attachments,
    },
    topics: {
      privacyRequest: topics.includes('privacy'),
      securityProbe: topics.includes('security'),
      contactChange: false,
      hasLink: topics.includes('link'),
      machineMail: topics.includes('machine_mail'),
      preorderTerm: topics.includes('preorder'),
      unsubscribeOnly: topics.includes('ambiguous_unsubscribe'),
      deniesReceipt: deniesReceipt(clean.own),
      asksSomethingElse: asksSomethingElse(clean.own),
    },
    orderNumbersNamed: namedOrderNumbers(clean.own).length,
  };
}

function templatesFor({ container }: ClassifyContext, turn: Turn): TemplateId[] {
  return container.templates.templates
    .filter(
      (template) =>
        isAutoOn(template, turn.ticket.channel) && selectVariant(template, turn.ticket.channel, 'en') !== undefined,
    )
    .map(({ meta }) => meta.id);
}

/** Numbers are rounded before deciding, once (decisions §5.1). */
function rounded(scores: Readonly<Record<string, number>>): DecisionInput['classifier']['raw'] {
  return Object.fromEntries(
    Object.entries(scores)
      .filter(([, score]) => score > 0)
      .map(([intent, score]) => [intent, Math.round(score * 100) / 100]),
  ) as DecisionInput['classifier']['raw'];
}
