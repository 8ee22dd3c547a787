/** The `openai` verifier: a second opinion that can only deny, asked once nothing else objects (decisions §4). */
import { STATUS_LABELS, type VerifierInput } from '../../../../events/decision.ts';
import { screenTier0 } from '../../../../policy/text/screen.ts';
import { REDUCED_CAP, type TextCap, truncateText } from '../../../../policy/text/truncate.ts';
import { delimited } from '../../classifier/openai/prompt/input-block.ts';
import { askAndTell, type OpenAiParts } from '../../openai/asking.ts';
import type { Failure, Question } from '../../openai/attempts.ts';
import { structuredCall } from '../../openai/request.ts';
import { spendOf } from '../../openai/spend.ts';
import type { Verifier, VerifierRequest } from '../../ports.ts';
import { reveal } from '../../restricted.ts';
import { VERIFIER_PROMPT } from './prompt.ts';
import { readVerdict, VERDICT_JSON_SCHEMA, VERDICT_SCHEMA } from './verdict.ts';

/** Tokens (decisions §4). */
const OUTPUT_CAP = 200;
/** Characters: 2,000 in all, and half of it where an answer met the cap. */
const CAP = REDUCED_CAP;
const HALF: TextCap = { head: CAP.head / 2, tail: CAP.tail / 2 };
const NONCE_BYTES = 6;

export function openAiVerifier(parts: OpenAiParts): Verifier {
  return {
    kind: 'openai',
    async verify(request) {
      const ruled = ruledVerdict(request);
      if (ruled !== null) return ruled;
      // Nothing to judge it by: the vault has let the text go.
      if (request.text === null) return failed('permanent');
      const asked = await askAndTell(parts, 'verify', questionOf(parts, request, reveal(request.text)));
      return { ...(asked.ok ? asked.value : failed(asked.failure)), spend: asked.spend };
    },
  };
}

/** What code decides before the model is asked, and against it (decisions §4). */
function ruledVerdict({ deterministicOrderLink, orderStateLabel, deniesReceipt, text }: VerifierRequest) {
  const strength = text === null ? 'none' : screenTier0({ own: reveal(text), quoted: '' }).strength;
  if (strength === 'strong') return denied('ESCALATION_PRESENT', 'TIER_0_ESCALATION');
  if (!deterministicOrderLink) return denied('DETERMINISTIC_MATCH_FALSE', 'TIER_1_SAFE_ASSIST');
  const isDeniedDelivery = orderStateLabel === 'delivered' && deniesReceipt;
  if (strength === 'weak' || isDeniedDelivery) return denied('CONFLICTING_INTENT', 'ROUTE_ONLY');
  return null;
}

function denied(reasonCode: VerifierInput['reasonCode'], downgradeTo: VerifierInput['downgradeTo']): VerifierInput {
  return { kind: 'openai', failure: null, allow: false, confidence: 1, downgradeTo, reasonCode };
}

/** No second model is asked, and `embedded` does not stand in. */
function failed(failure: Failure): VerifierInput {
  return {
    kind: 'openai',
    failure,
    allow: false,
    confidence: null,
    downgradeTo: 'ROUTE_ONLY',
    reasonCode: 'TOO_AMBIGUOUS',
  };
}

function questionOf(
  { config, ids, waits, clock }: OpenAiParts,
  request: VerifierRequest,
  text: string,
): Question<VerifierInput> {
  const model = config.models.verify;
  const labels = {
    deterministic_order_link: true,
    proposed_primary_intent: request.primaryIntent,
    channel: request.channel,
    order_state_label: STATUS_LABELS.find((label) => label === request.orderStateLabel) ?? 'unknown',
  };
  return {
    body: (isCut) =>
      structuredCall(config.models, {
        model,
        instructions: VERIFIER_PROMPT,
        input: `${JSON.stringify(labels)}\n${delimited(truncateText(text, isCut ? HALF : CAP), ids.hex(NONCE_BYTES))}`,
        schemaName: VERDICT_SCHEMA,
        schema: VERDICT_JSON_SCHEMA,
        outputCap: OUTPUT_CAP,
      }),
    read: readVerdict,
    priced: (tokens) => spendOf(tokens, config.prices.models[model]),
    timeoutMs: request.channel === 'livechat' ? waits.modelCallLivechatMs : waits.modelCallMs,
    attempts: 2,
    endsAt: request.endsAt ?? clock.monotonic() + 2 * waits.modelCallMs + waits.secondCallMs,
  };
}
