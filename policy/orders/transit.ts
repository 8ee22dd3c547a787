/** From a shipping method's name to a delivery window (replies §3.2). */
import * as v from 'valibot';

/** Business days from order date to delivery, `[min, max]`. */
export type Window = readonly [min: number, max: number];
/** One key of the transit map; `label` is what a customer may read as `shipping_bucket`. */
export type TransitRule = { readonly key: string; readonly window: Window; readonly label: string };
export type TransitMap = readonly TransitRule[];

/** Replies §3.2: a longer name is not a method name. */
const MAX_NAME_CHARS = 120;
/** Replies §3.2: keys whose windows end further apart than this contradict each other. */
const MAX_SPREAD_BD = 5;
/** Services whose words say nothing about a domestic parcel's window. */
const GUARD_WORDS = ['international', 'worldwide', 'pickup', 'pick up', 'local delivery', 'freight'];

const Bound = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60));
/** `[min, max]`, integers, `0 < min ≤ max ≤ 60` (replies §3.2). */
export const WindowSchema = v.pipe(
  v.strictTuple([Bound, Bound]),
  v.check(([min, max]) => min <= max, 'the first number must not be larger than the second'),
);
/** Same length and letters as the template variable `shipping_bucket` (replies §1.5). */
export const BucketLabel = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9 -]{0,19}$/));

const Override = v.record(
  v.string(),
  v.union([WindowSchema, v.strictObject({ window: WindowSchema, label: BucketLabel })]),
);

/** Lower case, one kind of hyphen and of space, so that names compare as people read them. */
export function normaliseMethodName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The rule that a method name stands for, or `null`: then there is no estimate. */
export function matchTransit(methodName: string | null | undefined, map: TransitMap): TransitRule | null {
  if (methodName === null || methodName === undefined || methodName.length > MAX_NAME_CHARS) return null;
  const name = normaliseMethodName(methodName);
  if (name === '' || name.length > MAX_NAME_CHARS || isGuarded(name)) return null;

  const matching = map.filter((rule) => containsBounded(name, rule.key));
  const ends = matching.map((rule) => rule.window[1]);
  if (Math.max(...ends) - Math.min(...ends) > MAX_SPREAD_BD) return null;

  const withDigits = matching.filter((rule) => hasDigit(rule.key));
  const competing = hasDigit(name) && withDigits.length > 0 ? withDigits : matching;
  return competing.toSorted(byPrecedence)[0] ?? null;
}

/**
 * Reads the `transit_map` flag. Empty means no override; a valid object replaces the configured map; one bad entry
 * voids the whole override, since half a map could promise a window nobody meant. `isValid: false` wants an alert.
 */
export function applyTransitOverride(flag: string, configured: TransitMap): { map: TransitMap; isValid: boolean } {
  if (flag.trim() === '' || flag.trim() === '{}') return { map: configured, isValid: true };
  const map = parseOverride(flag);
  return map === null ? { map: configured, isValid: false } : { map, isValid: true };
}

function parseOverride(flag: string): TransitMap | null {
  let json: unknown;
  try {
    json = JSON.parse(flag);
  } catch {
    return null;
  }
  if (Array.isArray(json)) return null;
  const parsed = v.safeParse(Override, json);
  if (!parsed.success) return null;
  const rules = Object.entries(parsed.output).map(([rawKey, entry]) => {
    const key = normaliseMethodName(rawKey);
    return 'window' in entry ? { key, ...entry } : { key, window: entry, label: titleCase(key) };
  });
  const isSound = rules.every((rule) => isTransitKey(rule.key) && v.is(BucketLabel, rule.label));
  return isSound && new Set(rules.map((rule) => rule.key)).size === rules.length ? rules : null;
}

/** Whether a normalised key can be searched for: letters and digits at both ends, at most 40 characters. */
export function isTransitKey(key: string): boolean {
  return /^[a-z0-9](?:[a-z0-9 -]{0,38}[a-z0-9])?$/.test(key);
}

function titleCase(key: string): string {
  return key.replace(/(^|[ -])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function isGuarded(name: string): boolean {
  const words = name.replaceAll('-', ' ');
  // Postal "Priority Mail" is not a one-day service (replies C5).
  if (containsBounded(name, 'priority') && containsBounded(name, 'mail')) return true;
  return GUARD_WORDS.some((word) => words.includes(word));
}

/** Whether a key stands in a name with no letter or digit on either side: `12-day` does not hold `2-day`. */
function containsBounded(name: string, key: string): boolean {
  for (let at = name.indexOf(key); at >= 0; at = name.indexOf(key, at + 1)) {
    if (!isAlphanumeric(name.slice(0, at).at(-1)) && !isAlphanumeric(name[at + key.length])) return true;
  }
  return false;
}

function isAlphanumeric(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

function hasDigit(text: string): boolean {
  return /\d/.test(text);
}

/** Longest key, then lowest end, then alphabet. */
function byPrecedence(a: TransitRule, b: TransitRule): number {
  return b.key.length - a.key.length || a.window[1] - b.window[1] || (a.key < b.key ? -1 : 1);
}
