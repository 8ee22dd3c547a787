/** `mw_decision_v1`, what the model may answer: one declaration each for the vendor and for our reader, of the same words (decisions §3.4). */
import * as v from 'valibot';
import { ACTIONS, REQUESTED_TIERS } from '../../../../events/decision.ts';
import { INTENTS, RISK_FLAGS, TEAMS, TEMPLATE_IDS, type TemplateId } from '../../../../events/words.ts';
import {
  anyText,
  list,
  object,
  oneOf,
  oneOfOrNull,
  type StrictSchema,
  share,
  yesOrNo,
} from '../../openai/strict-schema.ts';

export const DECISION_SCHEMA = 'mw_decision_v1';
export const LANGUAGES = ['en', 'es', 'unknown'] as const;
export const QUESTIONS = [
  'ASK_ORDER_NUMBER',
  'ASK_EMAIL_OR_PHONE',
  'ASK_SHIPPING_ZIP',
  'ASK_PHOTO_OR_VIDEO',
  'ASK_PRODUCT_MODEL',
  'ASK_TROUBLESHOOTING_DETAILS',
] as const;

/** It depends on order facts that the model never sees, so code alone chooses it (decisions §6.5). */
const CODE_ONLY = 't_order_eta_no_tracking_verified';
export const MODEL_TEMPLATES = TEMPLATE_IDS.filter(
  (id): id is Exclude<TemplateId, typeof CODE_ONLY> => id !== CODE_ONLY,
);

const MOST = { secondaries: 2, scores: 4, tags: 12, flags: 3, questions: 3 } as const;

/** As it is sent to the vendor. */
export const DECISION_JSON_SCHEMA: StrictSchema = object({
  schema_version: oneOf([DECISION_SCHEMA]),
  language: oneOf(LANGUAGES),
  primary_intent: oneOf(INTENTS),
  secondary_intents: list(oneOf(INTENTS), MOST.secondaries),
  intent_scores: list(object({ intent: oneOf(INTENTS), score: share }), MOST.scores, 1),
  routing: object({
    destination_team: oneOf(TEAMS),
    confidence: share,
    needs_manual_triage: yesOrNo,
    tags: list(anyText, MOST.tags),
  }),
  automation: object({
    tier: oneOf(REQUESTED_TIERS),
    action: oneOf(ACTIONS),
    template_id: oneOfOrNull(MODEL_TEMPLATES),
    confidence: share,
    requires_deterministic_match: yesOrNo,
  }),
  risk: object({ flags: list(oneOf(RISK_FLAGS), MOST.flags), force_human: yesOrNo }),
  clarifying_questions: list(oneOf(QUESTIONS), MOST.questions),
  notes_for_agent: anyText,
});

const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const upTo = <S extends v.GenericSchema>(item: S, most: number) => v.pipe(v.array(item), v.maxLength(most));
const Intent = v.picklist(INTENTS);
/** The model's own tags are ignored; a tag that long is none (events/fields.ts). */
const Tag = v.pipe(v.string(), v.maxLength(120));

/** As it is read. Strings are bounded here, since strict mode does not bound them. */
export const ModelDecision = v.strictObject({
  schema_version: v.literal(DECISION_SCHEMA),
  language: v.picklist(LANGUAGES),
  primary_intent: Intent,
  secondary_intents: upTo(Intent, MOST.secondaries),
  intent_scores: v.pipe(
    v.array(v.strictObject({ intent: Intent, score: Share })),
    v.minLength(1),
    v.maxLength(MOST.scores),
  ),
  routing: v.strictObject({
    destination_team: v.picklist(TEAMS),
    confidence: Share,
    needs_manual_triage: v.boolean(),
    tags: upTo(Tag, MOST.tags),
  }),
  automation: v.strictObject({
    tier: v.picklist(REQUESTED_TIERS),
    action: v.picklist(ACTIONS),
    template_id: v.nullable(v.picklist(MODEL_TEMPLATES)),
    confidence: Share,
    requires_deterministic_match: v.boolean(),
  }),
  risk: v.strictObject({ flags: upTo(v.picklist(RISK_FLAGS), MOST.flags), force_human: v.boolean() }),
  clarifying_questions: upTo(v.picklist(QUESTIONS), MOST.questions),
  notes_for_agent: v.string(),
});
export type ModelDecision = v.InferOutput<typeof ModelDecision>;
