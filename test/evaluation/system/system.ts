/** The shipped pipeline on one message: read, screen, classify, decide; for a candidate the order, the verifier, decide again. */
import type { Decision, DecisionInput, FAILURES } from '../../../events/decision.ts';
import type { Spend } from '../../../events/fields.ts';
import type { Channel, TemplateId } from '../../../events/words.ts';
import type {
  Classifier,
  ClassifierAnswer,
  ClassifierRequest,
  Comment,
  Verifier,
} from '../../../functions/shared/ports.ts';
import {
  classificationInput,
  classifierInput,
  fallbackEvidence,
  type Labels,
  readLabels,
} from '../../../functions/shared/reading/classification-input.ts';
import { classifierRequest } from '../../../functions/shared/reading/classifier-request.ts';
import { readComment } from '../../../functions/shared/reading/labels.ts';
import { needsClassifier } from '../../../functions/shared/reading/message-input.ts';
import { keptText, verifierRequest } from '../../../functions/shared/reading/verifier-request.ts';
import { type Restricted, restrict, reveal } from '../../../functions/shared/restricted.ts';
import { toApproval } from '../../../policy/approval.ts';
import { decide, verifierNeeded } from '../../../policy/decide.ts';
import { fallbackInput } from '../../../policy/fallback.ts';
import { looksLikeHtml } from '../../../policy/text/html.ts';
import { namedOrderNumbers, normaliseOrderNumber } from '../../../policy/text/order-numbers.ts';
import { redactText } from '../../../policy/text/redact/redact.ts';
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
  /** No usable answer of the classifier. */
  readonly failure: Failure | null;
  /** What the classifier would be asked, whether it was or not; `null` without redacted text. In memory only. */
  readonly request: ClassifierRequest | null;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly nanoUsd: number;
  readonly latencyMs: number;
};

/** Decides one message. Throws what a classifier throws: a bug, or a recording that is not there. */
export async function judge(system: System, message: Message): Promise<Judged> {
  const began = system.clock();
  const read = commentsOf(message).map(readComment);
  const newest = read.at(-1);
  if (newest === undefined) throw new Error('a message has a comment');
  const own = reveal(newest.clean).own;
  const carrierHosts = carrierHostsOf(system.setting);
  const labels = readLabels(read, newest, { channel: message.channel, comments: read.length, carrierHosts });
  const redacted = redactText(own, { carrierHosts });
  const redaction = redacted.ok ? { ok: true as const, text: restrict(redacted.text) } : redacted;
  const request = redaction.ok ? requestFor(labels.message, own, redaction.text) : null;
  const answer = needsClassifier(labels.message, labels.turn) ? await ask(system, request) : null;
  const input = await laddered(system, inputOf(system, message, labels, answer, request !== null), own, request);
  const first = decide(input);
  const approved = await approve(system, message, input, first, own, keptText(redaction));
  return {
    input,
    first,
    last: approved.last,
    lastInput: approved.lastInput,
    failure: answer?.failure ?? null,
    request,
    ...spentOn(answer, approved.spend),
    latencyMs: system.clock() - began,
  };
}

const carrierHostsOf = ({ config }: Setting): string[] => config.hosts.carriers.flatMap(({ hosts }) => hosts);

function spentOn(answer: ClassifierAnswer | null, verified: Spend | undefined) {
  return {
    tokensIn: (answer?.tokensIn ?? 0) + (verified?.tokensIn ?? 0),
    tokensOut: (answer?.tokensOut ?? 0) + (verified?.tokensOut ?? 0),
    nanoUsd: (answer?.model?.spend.nanoUsd ?? 0) + (verified?.nanoUsd ?? 0),
  };
}

function commentsOf({ comments, attachments }: Message): Comment[] {
  return comments.map((text, index) => ({
    id: `cmt-${index}`,
    createdAt: Date.parse(NOW) - (comments.length - index) * 1000,
    author: 'customer',
    isPublic: true,
    channel: null,
    text: restrict(text),
    isHtml: looksLikeHtml(text),
    attachments: index === comments.length - 1 ? attachments : 0,
  }));
}

function requestFor(message: DecisionInput['message'], own: string, redacted: Restricted<string>): ClassifierRequest {
  const model = {
    identityKnown: true,
    isReduced: false,
    mayModerate: false,
    attempts: 2,
    endsAt: Number.MAX_SAFE_INTEGER,
  };
  return { ...classifierRequest(message, restrict(own), redacted), model };
}

/** Where nothing could be redacted nobody is asked (platform §4.3). */
async function ask({ classifier }: System, request: ClassifierRequest | null): Promise<ClassifierAnswer> {
  return request === null ? UNREADABLE : classifier.classify(request);
}

const UNREADABLE: ClassifierAnswer = {
  failure: 'invalid',
  attempts: 0,
  parkMs: undefined,
  tokensIn: 0,
  tokensOut: 0,
};

function inputOf(
  { setting, classifier }: System,
  message: Message,
  labels: Labels,
  answer: ClassifierAnswer | null,
  isReadable: boolean,
): DecisionInput {
  return classificationInput(labels, answer, {
    now: NOW,
    classifier: classifierInput(classifier, answer, { isAsked: answer !== null && isReadable, mayReply: true }),
    state: {
      ticketOpen: true,
      lastAuthor: 'customer',
      agentHeld: false,
      assignedTeam: null,
      stickyFlags: [],
      stickyTeam: null,
      autoResolvedBefore: false,
      pendingFlow: null,
      sequence: 'newest',
    },
    history: historyOf(message.repliedMinutesAgo ?? null),
    flags: setting.flags,
    setup: setting.setup(message.channel),
    age: { receivedAt: NOW, commentCreatedAt: NOW, isReplay: false, expiresAt: null },
    versions: { ...setting.versions, classifier: classifier.version, calibration: classifier.calibration },
  });
}

function historyOf(minutesAgo: number | null): DecisionInput['history'] {
  if (minutesAgo === null) return { conversation: [], customer: [], customerKnown: true };
  const at = new Date(Date.parse(NOW) - minutesAgo * 60_000).toISOString();
  const templateId: TemplateId = 't_order_status_ask_order_number';
  return { conversation: [{ at, templateId }], customer: [at], customerKnown: true };
}

/** A classifier that failed leaves the fallback ladder (decisions §3.8). */
async function laddered(
  { standIn }: System,
  input: DecisionInput,
  text: string,
  request: ClassifierRequest | null,
): Promise<DecisionInput> {
  if (input.classifier.failure === null) return input;
  const second = standIn === null || request === null ? null : await standIn.classify(request);
  const evidence = standIn === null || second === null ? null : { classifier: standIn, answer: second };
  return fallbackInput(input, fallbackEvidence(evidence, restrict(text)));
}

async function approve(
  { setting, verifier }: System,
  message: Message,
  input: DecisionInput,
  first: Decision,
  own: string,
  kept: Restricted<string> | null,
): Promise<{ last: Decision; lastInput: DecisionInput; spend?: Spend | undefined }> {
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
  const { spend, ...verdict } = await verifier.verify(verifierRequest(first.primaryIntent, approval, kept));
  const lastInput = { ...approval, verifier: verdict };
  return { last: decide(lastInput), lastInput, spend };
}

/** A customer who names another number than the linked order's is spoken to about neither (replies §2.2 row 4). */
function isLinked({ hasOrder, orderName = null }: Message, own: string): boolean {
  if (!hasOrder || orderName === null) return hasOrder;
  return namedOrderNumbers(own).every((number) => number === normaliseOrderNumber(orderName));
}
