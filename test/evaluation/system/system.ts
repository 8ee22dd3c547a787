/** The shipped pipeline on one message: read, screen, classify, decide; for a candidate the order, the verifier, decide again. */
import type { Decision, DecisionInput, FAILURES } from '../../../events/decision.ts';
import type { Channel, TemplateId } from '../../../events/words.ts';
import { VendorError } from '../../../functions/shared/errors.ts';
import type { Classifier, ClassifierAnswer, Comment, Verifier } from '../../../functions/shared/ports.ts';
import { readComment } from '../../../functions/shared/reading/labels.ts';
import { messageInput, needsClassifier, rounded, turnInput } from '../../../functions/shared/reading/message-input.ts';
import { verifierRequest } from '../../../functions/shared/reading/verifier-request.ts';
import { toApproval } from '../../../policy/approval.ts';
import { decide, verifierNeeded } from '../../../policy/decide.ts';
import { fallbackDecision } from '../../../policy/fallback.ts';
import { namedOrderNumbers, normaliseOrderNumber } from '../../../policy/text/features.ts';
import { looksLikeHtml } from '../../../policy/text/html.ts';
import { keywordHits } from '../../../policy/text/keywords.ts';
import { NOW, type Setting } from './setting.ts';

export type System = {
  readonly setting: Setting;
  readonly classifier: Classifier;
  readonly verifier: Verifier;
  /** Stands in when the classifier fails; `null` where it is the classifier itself (decisions §3.8). */
  readonly standIn: Classifier | null;
  /** Milliseconds from an arbitrary start. */
  readonly clock: () => number;
};

export type Message = {
  readonly id: string;
  readonly channel: Channel;
  /** Oldest first; the last one is decided. */
  readonly comments: readonly string[];
  readonly attachments: number;
  readonly hasOrder: boolean;
  /** Number of the linked order; `null`: whichever the customer means. */
  readonly orderName?: string | null;
  readonly repliedMinutesAgo?: number | null;
};

export type Failure = (typeof FAILURES)[number];

export type Judged = {
  /** What `classify` decided on. */
  readonly input: DecisionInput;
  readonly first: Decision;
  /** After the approval, where there was a candidate; else the first. */
  readonly last: Decision;
  readonly lastInput: DecisionInput;
  readonly failure: Failure | null;
  /** In memory only. */
  readonly ownText: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly latencyMs: number;
};

/** Decides one message; throws what is no `VendorError`. */
export async function judge(system: System, message: Message): Promise<Judged> {
  const began = system.clock();
  const read = commentsOf(message).map(readComment);
  const newest = read.at(-1);
  if (newest === undefined) throw new Error('a message has a comment');
  const labels = {
    message: messageInput(newest, message.channel),
    turn: turnInput(read, newest.comment.id, read.length),
  };
  const own = newest.clean.own;
  const asked = needsClassifier(labels.message, labels.turn) ? await ask(system, message, own) : null;
  const { input, first } = await decideFirst(system, inputOf(system, message, labels, asked), message, own);
  const { last, lastInput } = await approve(system, message, input, first, own);
  return {
    input,
    first,
    last,
    lastInput,
    failure: asked?.failure ?? null,
    ownText: own,
    tokensIn: asked?.answer?.tokensIn ?? 0,
    tokensOut: asked?.answer?.tokensOut ?? 0,
    latencyMs: system.clock() - began,
  };
}

function commentsOf({ comments, attachments }: Message): Comment[] {
  return comments.map((text, index) => ({
    id: `cmt-${index}`,
    createdAt: Date.parse(NOW) - (comments.length - index) * 1000,
    author: 'customer',
    isPublic: true,
    channel: null,
    text,
    isHtml: looksLikeHtml(text),
    attachments: index === comments.length - 1 ? attachments : 0,
  }));
}

type Asked = { readonly answer: ClassifierAnswer | null; readonly failure: Failure | null };

async function ask({ classifier }: System, { channel }: Message, text: string): Promise<Asked> {
  try {
    return { answer: await classifier.classify({ channel, text }), failure: null };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { answer: null, failure: failureOf(error) };
  }
}

function failureOf({ kind }: VendorError): Failure {
  if (kind === 'parse' || kind === 'invalid') return 'invalid';
  const known = ['timeout', 'rate_limited', 'server', 'network', 'refusal'] as const;
  return known.find((one) => one === kind) ?? 'permanent';
}

function inputOf(
  { setting, classifier }: System,
  message: Message,
  labels: Pick<DecisionInput, 'message' | 'turn'>,
  asked: Asked | null,
): DecisionInput {
  const raw = asked?.answer?.raw ?? {};
  return {
    schema: '1.0',
    stage: 'classification',
    now: NOW,
    ...labels,
    classifier: {
      kind: asked === null ? null : classifier.kind,
      rung: 'primary',
      mayReply: true,
      failure: asked?.failure ?? null,
      raw: rounded(raw),
      calibrated: rounded(classifier.calibrate(raw)),
      requested: null,
    },
    order: null,
    verifier: null,
    state: {
      ticketOpen: true,
      lastAuthor: 'customer',
      agentHeld: false,
      assignedTeam: null,
      stickyFlags: [],
      stickyTeam: null,
      autoResolvedBefore: false,
      sequence: 'newest',
    },
    history: historyOf(message.repliedMinutesAgo ?? null),
    flags: setting.flags,
    setup: setting.setup(message.channel),
    age: { receivedAt: NOW, commentCreatedAt: NOW, isReplay: false, expiresAt: null },
    versions: { ...setting.versions, classifier: classifier.version, calibration: classifier.calibration },
  };
}

function historyOf(minutesAgo: number | null): DecisionInput['history'] {
  if (minutesAgo === null) return { conversation: [], customer: [], customerKnown: true };
  const at = new Date(Date.parse(NOW) - minutesAgo * 60_000).toISOString();
  const templateId: TemplateId = 't_order_status_ask_order_number';
  return { conversation: [{ at, templateId }], customer: [at], customerKnown: true };
}

/** A classifier that failed leaves the fallback ladder (decisions §3.8). */
async function decideFirst(
  { standIn }: System,
  input: DecisionInput,
  { channel }: Message,
  text: string,
): Promise<{ input: DecisionInput; first: Decision }> {
  if (input.classifier.failure === null) return { input, first: decide(input) };
  const scores = standIn === null ? null : standIn.calibrate((await standIn.classify({ channel, text })).raw);
  const ladder = fallbackDecision(input, {
    embedded: scores === null ? null : rounded(scores),
    keywordHits: keywordHits(text),
  });
  return { input: ladder.input, first: ladder.decision };
}

async function approve(
  { setting, verifier }: System,
  message: Message,
  input: DecisionInput,
  first: Decision,
  own: string,
): Promise<{ last: Decision; lastInput: DecisionInput }> {
  if (first.tierCandidate === null) return { last: first, lastInput: input };
  const approval = toApproval(
    { input },
    {
      now: NOW,
      state: input.state,
      history: input.history,
      flags: input.flags,
      order: first.tierCandidate === 2 ? setting.order(isLinked(message, own)) : null,
      verifier: null,
    },
  );
  if (!verifierNeeded(approval)) return { last: decide(approval), lastInput: approval };
  const verdict = await verifier.verify(verifierRequest(first.primaryIntent, approval));
  const lastInput = { ...approval, verifier: verdict };
  return { last: decide(lastInput), lastInput };
}

/** A customer who names another number than the linked order's is spoken to about neither (replies §2.2 row 4). */
function isLinked({ hasOrder, orderName = null }: Message, own: string): boolean {
  if (!hasOrder || orderName === null) return hasOrder;
  return namedOrderNumbers(own).every((number) => number === normaliseOrderNumber(orderName));
}
