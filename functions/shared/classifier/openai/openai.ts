/** The `openai` classifier: one structured answer, at most two calls, scores and advice out of it (decisions §3). */
import type { DecisionInput } from '../../../../events/decision.ts';
import { REDUCED_CAP, truncateText } from '../../../../policy/text/truncate.ts';
import { CLASSIFIER_VERSIONS, openAiVersion } from '../../../../policy/versions.ts';
import { askAndTell, type OpenAiParts } from '../../openai/asking.ts';
import type { Question } from '../../openai/attempts.ts';
import { moderate } from '../../openai/moderation.ts';
import { structuredCall } from '../../openai/request.ts';
import { spendOf } from '../../openai/spend.ts';
import type { Classifier, ClassifierRequest, ModelRequest } from '../../ports.ts';
import { reveal } from '../../restricted.ts';
import { DECISION_JSON_SCHEMA, DECISION_SCHEMA } from './decision-schema.ts';
import { inputBlock } from './prompt/input-block.ts';
import { PREFIX, PREFIX_SHA256 } from './prompt/prefix.ts';
import { type ReadDecision, readDecision } from './read-decision.ts';

/** Tokens, those of reasoning included (decisions §3.1). */
const OUTPUT_CAP = 600;
const REDUCED_OUTPUT_CAP = 400;
/** 12 characters. */
const NONCE_BYTES = 6;

/** What nobody told is told as absent. */
const UNTOLD: Omit<ModelRequest, 'endsAt'> = {
  identityKnown: false,
  isReduced: false,
  mayModerate: false,
  attempts: 2,
};

export function openAiClassifier(parts: OpenAiParts): Classifier {
  const { config, clock, waits } = parts;
  const model = config.models.classify;
  return {
    kind: 'openai',
    version: openAiVersion(model),
    // Without a key nobody has fitted a map (decisions §5.4).
    calibration: 'identity@1.0.0',
    calibrate: ({ raw }) => raw,
    asks: { model, prompt: CLASSIFIER_VERSIONS.openai, promptSha256: PREFIX_SHA256, schema: DECISION_SCHEMA },
    async classify(request) {
      const endsAt = clock.monotonic() + 2 * waits.modelCallMs + waits.secondCallMs;
      const told = { endsAt, ...UNTOLD, ...request.model };
      let moderation: Promise<Signal> = Promise.resolve(null);
      const asked = await askAndTell(parts, 'classify', {
        ...questionOf(parts, request, told),
        beside: () => {
          if (told.mayModerate) moderation = moderated(parts, reveal(request.redacted));
        },
      });
      const signal = await moderation;
      const { spend, attempts } = asked;
      const tokens = { tokensIn: spend.tokensIn, tokensOut: spend.tokensOut };
      if (asked.ok) {
        if (asked.value.hasLongNote) parts.metrics.count('llm.long_notes_total');
        const { raw, requested, language } = asked.value;
        return { ...tokens, raw, model: { spend, moderation: signal, requested, language } };
      }
      const { failure, parkMs } = asked;
      return { ...tokens, failure, attempts, parkMs, model: { spend, moderation: signal } };
    },
  };
}

type Signal = DecisionInput['turn']['moderation'];

function questionOf(
  { config, ids, waits }: OpenAiParts,
  { channel, redacted: given, features }: ClassifierRequest,
  { identityKnown, isReduced, attempts, endsAt }: ModelRequest,
): Question<ReadDecision> {
  const model = config.models.classify;
  const redacted = reveal(given);
  return {
    body: (isCut) =>
      structuredCall(config.models, {
        model,
        instructions: PREFIX,
        // No order has been looked up yet.
        input: inputBlock(
          {
            channel,
            deterministicOrderLink: 'unknown',
            identityKnown,
            features,
            text: isReduced || isCut ? truncateText(redacted, REDUCED_CAP) : redacted,
          },
          ids.hex(NONCE_BYTES),
        ),
        schemaName: DECISION_SCHEMA,
        schema: DECISION_JSON_SCHEMA,
        outputCap: isReduced ? REDUCED_OUTPUT_CAP : OUTPUT_CAP,
      }),
    read: readDecision,
    priced: (tokens) => spendOf(tokens, config.prices.models[model]),
    timeoutMs: channel === 'livechat' ? waits.modelCallLivechatMs : waits.modelCallMs,
    attempts,
    endsAt,
  };
}

function moderated({ transport, metrics, config, waits }: OpenAiParts, text: string): Promise<Signal> {
  return moderate(transport, metrics, {
    model: config.models.moderate,
    text: text.toWellFormed(),
    timeoutMs: waits.moderationCallMs,
  });
}
