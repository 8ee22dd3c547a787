/** `mw_tier2_verifier_v1`: what the model may answer, for the vendor and for our reader (decisions §4). Pure. */
import * as v from 'valibot';
import { VERIFIER_CODES, type VerifierInput } from '../../../../events/decision.ts';
import { toHundredths } from '../../../../policy/rounding.ts';
import { readStrict } from '../../openai/json.ts';
import { anyText, object, oneOf, type StrictSchema, share, yesOrNo } from '../../openai/strict-schema.ts';

export const VERDICT_SCHEMA = 'mw_tier2_verifier_v1';
const DOWNGRADES = ['TIER_1_SAFE_ASSIST', 'ROUTE_ONLY', 'TIER_0_ESCALATION'] as const;

/** As it is sent to the vendor. */
export const VERDICT_JSON_SCHEMA: StrictSchema = object({
  schema_version: oneOf([VERDICT_SCHEMA]),
  allow_tier2: yesOrNo,
  confidence: share,
  downgrade_to_tier: oneOf(DOWNGRADES),
  reason_code: oneOf(VERIFIER_CODES),
  notes: anyText,
});

/** As it is read; the note is thrown away, whatever its length. */
export const ModelVerdict = v.strictObject({
  schema_version: v.literal(VERDICT_SCHEMA),
  allow_tier2: v.boolean(),
  confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  downgrade_to_tier: v.picklist(DOWNGRADES),
  reason_code: v.picklist(VERIFIER_CODES),
  notes: v.string(),
});

/** `null` for anything that is not exactly a verdict. */
export function readVerdict(text: string): VerifierInput | null {
  const verdict = readStrict(ModelVerdict, text);
  if (verdict === null) return null;
  return {
    kind: 'openai',
    failure: null,
    allow: verdict.allow_tier2,
    confidence: toHundredths(verdict.confidence),
    downgradeTo: verdict.downgrade_to_tier,
    reasonCode: verdict.reason_code,
  };
}
