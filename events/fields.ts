/** Field schemas shared by all events. Every string has a limit, a pattern or a list: free text has no type here. */
import * as v from 'valibot';
import {
  BRANCHES,
  CHANNELS,
  FUNCTIONS,
  INTENTS,
  OUTCOMES,
  REASON_CODES,
  REPLAY_PURPOSES,
  RISK_FLAGS,
  ROUTE_TAGS,
  TEAMS,
  TEMPLATE_IDS,
  VENDORS,
} from './words.ts';

/** `Date` takes the 31st of February, and hour 24, for a day after: the day of the month gives it away. */
function isRealInstant(text: string): boolean {
  return new Date(text).getUTCDate() === Number(text.slice(8, 10));
}

/** RFC 3339 in UTC with milliseconds, e.g. 2026-01-31T09:30:00.000Z. */
export const Instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
  v.check(isRealInstant, 'no real instant'),
);

/** A day, `YYYY-MM-DD`, of the zone that the fact names. */
export const LocalDay = v.pipe(v.string(), v.regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/));
/** An IANA zone, e.g. `America/New_York`. */
export const Zone = v.pipe(v.string(), v.maxLength(64), v.regex(/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/));

export const Uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
);
export const Ulid = v.pipe(v.string(), v.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/));

/** A vendor's id: as it is inside `[A-Za-z0-9_\-:.]`, else `b64u.<base64url>` (architecture §8). */
export const VendorId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_\-:.]{1,512}$/));

/** Keyed digest of customer content: `h_<salt version>_<32 hex>`. */
export const Digest = v.pipe(v.string(), v.regex(/^h_[0-9]{1,4}_[0-9a-f]{32}$/));
/** SHA-256 of something that is no customer content (an input, a template body, a seal). */
export const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const DecisionId = v.pipe(v.string(), v.regex(/^dec_[0-7][0-9A-HJKMNP-TV-Z]{25}$/));
export const ApprovalId = v.pipe(v.string(), v.regex(/^apr_[0-7][0-9A-HJKMNP-TV-Z]{25}$/));
export const TraceId = v.pipe(v.string(), v.regex(/^trc_[0-7][0-9A-HJKMNP-TV-Z]{25}$/));
export const Traceparent = v.pipe(v.string(), v.regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/));

/** A code of ours or a vendor's, mapped: snake_case, never prose. */
export const Code = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_.-]{0,63}$/));
/** A version such as `routing_prompt@1.2.0` or `2026-11-25`. */
export const Version = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,60}(@[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4})?$/),
);
export const TagName = v.pipe(v.string(), v.regex(/^(mw|route)[:-][a-z0-9_:-]{1,120}$/));
export const RuleId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_.-]{0,63}$/));
export const FlagName = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_/]{0,99}$/));
export const ResourceName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/));
/** `act:rp_reply:…`, `evt:…`: a key of the ledger, made of ids only. */
export const LedgerKey = v.pipe(v.string(), v.regex(/^[a-z]{3,4}:[A-Za-z0-9_\-:.]{1,1200}$/));

export const Intent = v.picklist(INTENTS);
export const Team = v.picklist(TEAMS);
export const RouteTag = v.picklist(ROUTE_TAGS);
export const Channel = v.picklist(CHANNELS);
export const RiskFlag = v.picklist(RISK_FLAGS);
export const TemplateId = v.picklist(TEMPLATE_IDS);
export const FunctionName = v.picklist(FUNCTIONS);
export const ReasonCode = v.picklist(REASON_CODES);
export const ReplayPurpose = v.picklist(REPLAY_PURPOSES);
export const Outcome = v.picklist(OUTCOMES);
export const Branch = v.picklist(BRANCHES);
export const Vendor = v.picklist(VENDORS);

/** `null` = route-only. */
export const Tier = v.nullable(v.picklist([0, 1, 2]));
export const Rank = v.picklist([0, 1, 2]);

/** Share of certainty, 0..1, two decimals (decisions §5.1). */
export const Confidence = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000));
/** Duration in milliseconds. */
export const Millis = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000_000));
export const Seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000_000));
/** Business days. */
export const BusinessDays = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(400));
export const Flag = v.boolean();
/** Thousand-millionths of a US dollar, whole: the listed prices have at most three decimals a million tokens. */
export const NanoUsd = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000_000));
/** What a network model was asked for one decision, as far as its answers said so; an answer that never came is not known. */
export const Spend = v.strictObject({
  calls: Count,
  tokensIn: Count,
  /** Of `tokensIn`, served from the vendor's prefix cache. */
  tokensCached: Count,
  tokensOut: Count,
  nanoUsd: NanoUsd,
});
export type Spend = v.InferOutput<typeof Spend>;

export const REASON_LIST_MAX = REASON_CODES.length;
export const ReasonCodes = v.pipe(v.array(ReasonCode), v.maxLength(REASON_LIST_MAX));

/** Reference into the vault: `ord:` or `txt:`, conversation, message key, keyed content digest. */
export const VaultRef = v.pipe(v.string(), v.regex(/^(ord|txt):[A-Za-z0-9_\-:.]{1,1100}$/));
/** A boolean flag's value, or whether a list or text is set. */
export const FlagValue = v.picklist(['true', 'false', 'set', 'unset', 'unknown']);
