/** Who classifies the newest comment, and what came of it: scores, or the evidence of the fallback ladder (decisions §3.8). */
import type { DecisionInput } from '../../events/decision.ts';
import type { Spend } from '../../events/fields.ts';
import type { FallbackEvidence } from '../../policy/fallback.ts';
import { PRIORITY_CLASSES } from '../../policy/intents.ts';
import { primaryClassifier } from '../../policy/primary.ts';
import { THRESHOLDS } from '../../policy/thresholds.ts';
import { timesParkedFor } from '../shared/consumer/delivery.ts';
import { RetryableError } from '../shared/errors.ts';
import type { FlagSnapshot } from '../shared/flags/flags.ts';
import type { Classifier, ClassifierAnswer, ClassifierRequest, NotScored, Scored } from '../shared/ports.ts';
import { classifierInput, fallbackEvidence } from '../shared/reading/classification-input.ts';
import { classifierRequest } from '../shared/reading/classifier-request.ts';
import type { RedactedMessage } from '../shared/reading/redacted.ts';
import type { Restricted } from '../shared/restricted.ts';
import { nth } from '../shared/times.ts';
import type { ClassifyContext } from './handler.ts';

export type Classification = {
  readonly input: DecisionInput['classifier'];
  readonly versions: Pick<DecisionInput['versions'], 'classifier' | 'calibration'>;
  /** `null` where nobody was asked. */
  readonly answer: ClassifierAnswer | null;
  readonly failed: (FallbackEvidence & Pick<NotScored, 'attempts'>) | null;
  readonly asked: Asked;
};

/** What was asked of whom, for the fact. */
export type Asked = {
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly spend?: Spend;
  readonly asks?: Classifier['asks'];
};

export type About = {
  readonly message: DecisionInput['message'];
  readonly text: Restricted<string>;
  readonly redaction: RedactedMessage | null;
  readonly identityKnown: boolean;
  /** Of the message, epoch milliseconds. */
  readonly receivedAt: number;
};

const PARKED = 'model_busy';

function primaryOf({ container }: ClassifyContext, flags: FlagSnapshot): { classifier: Classifier; mayReply: boolean } {
  const { modelClassifier, classifier, settings } = container;
  const primary = primaryClassifier(settings.env, modelClassifier !== null, flags.values);
  return {
    classifier: primary.classifier === 'model' && modelClassifier ? modelClassifier : classifier,
    mayReply: primary.mayReply,
  };
}

/** Nobody is asked. */
export function unasked(context: ClassifyContext, flags: FlagSnapshot): Classification {
  const { classifier, mayReply } = primaryOf(context, flags);
  return {
    input: classifierInput(classifier, null, { isAsked: false, mayReply }),
    versions: { classifier: classifier.version, calibration: classifier.calibration },
    answer: null,
    failed: null,
    asked: { tokensIn: 0, tokensOut: 0 },
  };
}

/** @throws RetryableError once, when the vendor asks for more patience than a function has. */
export async function classifyNewest(
  context: ClassifyContext,
  flags: FlagSnapshot,
  about: About,
): Promise<Classification> {
  const { classifier, mayReply } = primaryOf(context, flags);
  const { versions } = unasked(context, flags);
  const request = requestFor(context, flags, about);
  const answer = request
    ? await context.container.trace('classify.llm', {}, () => answerOf(classifier, request))
    : UNREADABLE;
  if (answer.failure !== undefined) parkIfAsked(context, about, answer);
  else if (request) await compare(context, classifier, request, answer);
  return {
    input: classifierInput(classifier, answer, { isAsked: request !== null, mayReply }),
    versions,
    answer,
    failed: answer.failure === undefined ? null : await evidenceFor(context, classifier, request, about.text, answer),
    asked: askedOf(classifier, answer),
  };
}

/**
 * For statistics alone: the screen has decided, and a model that is asked all the same has no say (decisions §3.9).
 * A model that fails has told nothing.
 */
export async function compareWithScreen(context: ClassifyContext, flags: FlagSnapshot, about: About): Promise<Asked> {
  const { classifier } = primaryOf(context, flags);
  const { metrics } = context.container;
  const request = requestFor(context, flags, about);
  const answer = request
    ? await context.container.trace('classify.llm', {}, () => answerOf(classifier, request))
    : UNREADABLE;
  if (answer.failure === undefined) {
    metrics.count('quality.tier0_compared_total', 1, about.message.channel);
    if (!confirmsTier0(answer)) metrics.count('quality.tier0_unconfirmed_total', 1, about.message.channel);
  }
  return askedOf(classifier, answer);
}

/** One without a network that throws has a bug, and has failed for good: the ladder goes on without it. */
async function answerOf(classifier: Classifier, request: ClassifierRequest): Promise<ClassifierAnswer> {
  try {
    return await classifier.classify(request);
  } catch (error) {
    if (classifier.kind === 'openai') throw error;
    return FAILED;
  }
}

const FAILED: NotScored = { failure: 'permanent', attempts: 1, parkMs: undefined, tokensIn: 0, tokensOut: 0 };
/** Nothing could be redacted, so nobody was asked (platform §4.3). */
const UNREADABLE: NotScored = { ...FAILED, failure: 'invalid', attempts: 0 };

/** `null` where there is no redacted text. */
function requestFor(
  { container, parked, began }: ClassifyContext,
  flags: FlagSnapshot,
  { message, text, redaction, identityKnown }: About,
): ClassifierRequest | null {
  if (!redaction?.ok) return null;
  const { settings, waits } = container;
  return {
    ...classifierRequest(message, text, redaction.text),
    model: {
      identityKnown,
      isReduced: flags.reducedTokens,
      mayModerate: !flags.values.safe_mode,
      attempts: ATTEMPTS - timesParkedFor(parked, PARKED),
      endsAt: began + settings.timeoutMs - waits.functionMarginMs,
    },
  };
}

/** In all for a message, whatever it waited for in between (decisions §3.7). */
const ATTEMPTS = 2;

/**
 * Mail waits once, where it is back before the sweeper would state it anew, which would ask a third time; else people take
 * over at once, as they do from a chat (platform §5.4, protocols §7).
 */
function parkIfAsked({ parked, container }: ClassifyContext, about: About, { parkMs }: NotScored): void {
  if (parkMs === undefined || about.message.channel === 'livechat') return;
  const { clock, waits } = container;
  const isBackInTime = clock.now() + parkMs < about.receivedAt + nth(waits.sweepMs, 0);
  if (isBackInTime && timesParkedFor(parked, PARKED) === 0) throw new RetryableError(PARKED, parkMs);
}

/** F2 is left out where `embedded` itself has failed, and where no `embedded` is there. */
async function evidenceFor(
  { container }: ClassifyContext,
  failed: Classifier,
  request: ClassifierRequest | null,
  text: Restricted<string>,
  { attempts }: NotScored,
): Promise<Classification['failed']> {
  const { classifier } = container;
  const isThere = request !== null && classifier.kind === 'embedded' && failed.kind !== 'embedded';
  const second = isThere ? { classifier, answer: await answerOf(classifier, request) } : null;
  return { ...fallbackEvidence(second, text), attempts };
}

/** The one without a network runs in the shadow of the model; how often they differ is counted, nothing else (decisions §8.9). */
async function compare(
  { container }: ClassifyContext,
  primary: Classifier,
  request: ClassifierRequest,
  answer: Scored,
): Promise<void> {
  const { classifier, metrics } = container;
  if (primary === classifier) return;
  const other = await answerOf(classifier, request);
  if (other.failure !== undefined) return;
  metrics.count('quality.classifiers_compared_total', 1, request.channel);
  if (bestOf(classifier.calibrate(other)) !== bestOf(primary.calibrate(answer)))
    metrics.count('quality.classifiers_disagreed_total', 1, request.channel);
}

/** Does it see in the text what the screen saw, in whatever form? */
function confirmsTier0({ raw, model }: Scored): boolean {
  const isScored = PRIORITY_CLASSES[0].some((intent) => (raw[intent] ?? 0) >= THRESHOLDS.tier0);
  return isScored || model?.requested.tier === 'TIER_0_ESCALATION' || (model?.requested.riskFlags.length ?? 0) > 0;
}

function bestOf(scores: DecisionInput['classifier']['raw']): string | undefined {
  return Object.entries(scores).toSorted(([, left], [, right]) => right - left)[0]?.[0];
}

function askedOf(classifier: Classifier, { tokensIn, tokensOut, model }: ClassifierAnswer): Asked {
  return {
    tokensIn,
    tokensOut,
    ...(model && { spend: model.spend }),
    ...(classifier.asks && { asks: classifier.asks }),
  };
}
