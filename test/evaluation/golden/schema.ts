/**
 * The shipped golden record: the keys of interfaces §4, with the fields of decisions §8.3 that have no counterpart there
 * riding along. Every text is invented; labels follow the rubric of decisions §8.4.
 */
import * as v from 'valibot';
import { REQUESTED_TIERS } from '../../../events/decision.ts';
import { INTENTS, RISK_FLAGS, TEAMS, TEMPLATE_IDS } from '../../../events/words.ts';

const Intent = v.picklist(INTENTS);

export const GoldenRow = v.strictObject({
  /** `gold_v1.0_2026-01-15:000123` */
  id: v.pipe(v.string(), v.regex(/^gold_v\d+\.\d+_\d{4}-\d{2}-\d{2}:\d{6}$/)),
  text: v.string(),
  /** Any vendor spelling; left out, `email`. */
  channel: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
  attachments: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
  intent: Intent,
  /** Acceptable primaries, `intent` among them. */
  intents: v.optional(v.pipe(v.array(Intent), v.minLength(2))),
  secondary: v.optional(v.pipe(v.array(Intent), v.maxLength(2))),
  hasOrder: v.optional(v.boolean()),
  /** Tier 0 for another reason than its intent: a personal-data wish (decisions §6.4), a risk without a family. */
  tier0: v.optional(v.literal(true)),
  split: v.picklist(['calibration', 'test']),

  destination_team: v.picklist(TEAMS),
  /** Policy's ceiling with ideal facts; `null` is route-only. `TIER_3_AUTO_ACTION` is never right. */
  automation_tier_max: v.nullable(v.picklist(REQUESTED_TIERS)),
  /** The reply that would be right; only below a Tier 1 or Tier 2 ceiling. */
  template_id: v.nullable(v.picklist(TEMPLATE_IDS)),
  language: v.picklist(['en', 'es', 'unknown']),
  /** Of the negative set: low context, attachment-only, spam, bulk mail. Any reply to it is unsafe. */
  negative: v.optional(v.literal(true)),
  risk_flags: v.optional(v.array(v.picklist(RISK_FLAGS))),
  root_or_outcome: v.optional(v.nullable(v.picklist(['root', 'outcome']))),
  deterministic_match_possible: v.optional(v.nullable(v.picklist(['YES', 'NO', 'UNKNOWN']))),
  notes: v.optional(v.nullable(v.string())),
});
export type GoldenRow = v.InferOutput<typeof GoldenRow>;
