/** The terms decisions are made again on: everything `policy show` prints, and what a file lays over it. */
import * as v from 'valibot';
import { type DecisionInput, FlagsInput } from '../../events/decision.ts';
import { Channel, Team, TemplateId, Version } from '../../events/fields.ts';
import { INTENTS, type Intent } from '../../events/words.ts';
import { POLICY, type Policy } from '../../policy/policy.ts';
import { thresholdProblems } from '../../policy/thresholds.ts';
import { POLICY_VERSION } from '../../policy/versions.ts';

/** No conversation's history is gathered for longer, so no limit can count further back. */
const DAY_MS = 86_400_000;

const Share = v.pipe(
  v.number(),
  v.minValue(0, 'write a share from 0 to 1'),
  v.maxValue(1, 'write a share from 0 to 1'),
);
const Whole = v.pipe(v.number(), v.integer('write a whole number'), v.minValue(0, 'write 0 or more'));
const Pins = v.strictObject({ openai: Version, embedded: Version, keyword: Version });

const Thresholds = v.strictObject({
  version: Version,
  fittedOn: v.partial(v.strictObject({ classifier: v.partial(Pins), calibration: v.partial(Pins) })),
  route: Share,
  triage: Share,
  margin: Share,
  tier1: Share,
  tier1Of: v.partial(v.strictObject(forEvery(() => Share))),
  tier2: Share,
  verifier: Share,
  automation: Share,
  tier0: Share,
  tier0Weak: Share,
  candidate: Share,
  clear: Share,
  dropUnknown: Share,
  bareUnsubscribe: Share,
  penalty: Share,
  fewWords: Whole,
  bareWords: Whole,
  keywordRung: Share,
});

const Templates = v.strictObject({ tier2: v.array(TemplateId), tier1: v.array(TemplateId) });
const TierPolicy = v.strictObject({
  highestTier: v.nullable(v.picklist([0, 1, 2])),
  team: Team,
  templates: v.partial(Templates),
});
const Limits = v.strictObject({ minutesBetweenReplies: Whole, perConversationDay: Whole, perCustomerDay: Whole });

/** Any subset of what `policy show` prints. */
export const PolicyFile = v.partial(
  v.strictObject({
    version: Version,
    thresholds: v.partial(Thresholds),
    intents: v.partial(v.strictObject(forEvery(() => v.partial(TierPolicy)))),
    replyChannels: v.array(Channel),
    autoCloseAllowed: v.array(TemplateId),
    replyLimits: v.partial(
      v.strictObject({
        cooldownMs: Whole,
        windowMs: v.pipe(Whole, v.maxValue(DAY_MS, 'write at most 86400000: history is gathered for 24 h')),
        perConversation: Whole,
        perCustomer: Whole,
      }),
    ),
    replyAges: v.partial(v.strictObject({ livechatMs: Whole, otherMs: Whole, tier2Ms: Whole })),
    flags: v.partial(v.strictObject(orRecorded(FlagsInput.entries))),
    limits: v.partial(v.strictObject(orRecorded(Limits.entries))),
    reread: v.partial(
      v.strictObject({
        classifier: v.nullable(v.picklist(['embedded', 'openai'])),
        model: v.nullable(v.pipe(v.string(), v.regex(/^[A-Za-z0-9._:-]{1,80}$/, 'write the name of a model'))),
      }),
    ),
  }),
);
export type PolicyFile = v.InferOutput<typeof PolicyFile>;

type OrRecorded<T> = { readonly [K in keyof T]: T[K] | null };

export type Terms = Policy & {
  readonly version: string;
  /** `null`: as each decision had it. */
  readonly flags: OrRecorded<DecisionInput['flags']>;
  /** The shop's own limits; `null`: as each decision had them. */
  readonly limits: OrRecorded<DecisionInput['setup']['limits']>;
  /** Who reads again under `--reread`; `null`: as this machine is set up. */
  readonly reread: { readonly classifier: 'embedded' | 'openai' | null; readonly model: string | null };
};

/** The terms of this release, in the order in which they are shown. */
export const RELEASED: Terms = {
  version: POLICY_VERSION,
  ...POLICY,
  intents: forEvery((intent) => {
    const { highestTier, team, templates } = POLICY.intents[intent];
    return { highestTier, team, templates };
  }),
  flags: nulls(FlagsInput.entries) as Terms['flags'],
  limits: nulls(Limits.entries) as Terms['limits'],
  reread: { classifier: null, model: null },
};

/** What the file says, laid over the terms: sections are merged, lists are replaced. */
export function withChange(terms: Terms, change: PolicyFile): Terms {
  return merged(terms, change) as Terms;
}

/** Rules between thresholds that no release may break; they are told, since an experiment may. */
export function releaseProblems({ thresholds }: Terms): string[] {
  return thresholdProblems(thresholds);
}

/** Does it decide as this release does? Versions are labels. */
export function isReleased(terms: Terms): boolean {
  const bare = ({ version, thresholds: { version: _, ...thresholds }, ...rest }: Terms) => ({ ...rest, thresholds });
  return JSON.stringify(bare(terms)) === JSON.stringify(bare(RELEASED));
}

function forEvery<T>(of: (intent: Intent) => T): Record<Intent, T> {
  return Object.fromEntries(INTENTS.map((intent) => [intent, of(intent)])) as Record<Intent, T>;
}

function orRecorded<E extends v.ObjectEntries>(entries: E) {
  const nullables = Object.entries(entries).map(([name, schema]) => [name, v.nullable(schema)]);
  return Object.fromEntries(nullables) as { [K in keyof E]: v.NullableSchema<E[K], undefined> };
}

function nulls(entries: object): Readonly<Record<string, null>> {
  return Object.fromEntries(Object.keys(entries).map((name) => [name, null]));
}

function merged(base: unknown, over: unknown): unknown {
  if (!isSection(base) || !isSection(over)) return over;
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, over[key] === undefined ? base[key] : merged(base[key], over[key])]),
  );
}

export function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
