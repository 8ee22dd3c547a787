/** The closed list of values a template may show, each with its shape and limit (replies §1.5). */
import { BRAND_VARIABLES, type FACT_VARIABLES, VARIABLES as VARIABLE_NAMES } from '../events/sending.ts';
import { allowedLink } from './links.ts';

export const BRAND_VARS = BRAND_VARIABLES;
export const VAR_NAMES = VARIABLE_NAMES;
export type FactVar = (typeof FACT_VARIABLES)[number];
export type BrandVar = (typeof BRAND_VARS)[number];
export type VarName = FactVar | BrandVar;

export const DEFAULT_SIGNATURE = 'Customer Support';

/** Labels of replies §2.4, §2.6 and §3.2. */
const ORDER_STATUS_LABELS = [
  'being prepared',
  'under review',
  'partly shipped',
  'shipped',
  'out for delivery',
  'delivered',
] as const;
const FULFILLMENT_LABELS = ['not shipped yet', 'some items still being prepared', 'on its way'] as const;
const CARRIER_LABELS = ['UPS', 'USPS', 'FedEx', 'DHL', 'OnTrac', 'Amazon Logistics'] as const;
const BUCKET_LABELS = [
  'Standard',
  'Ground',
  'Expedited',
  'Express',
  'Two-day',
  'Priority',
  'Rushed',
  'Economy',
  'Pre-Order',
] as const;

/** What a shop adds to the closed lists: link hosts, carriers and shipping buckets of its own configuration. */
export type AllowLists = {
  readonly hosts: readonly string[];
  readonly carriers?: readonly string[] | undefined;
  readonly shippingBuckets?: readonly string[] | undefined;
};

type VariableRule = {
  /** Lowest tier of a template that may show it. */
  readonly tier: 0 | 2;
  /** In code points, after normalisation. */
  readonly maxChars: number;
  /** What a missing or malformed value does where the template does not require it. */
  readonly missing: 'omit' | 'deny' | 'default';
  readonly isLink?: true;
  /** Shares its shape with phone and card numbers, so it must equal the normalised fact instead (§1.6 step 4). */
  readonly mustEqualFact?: true;
  /** The value as it is shown, or `undefined` when it does not have the shape. */
  readonly shape: (value: string, allow: AllowLists) => string | undefined;
};

const ofPattern = (pattern: RegExp) => (value: string) => (pattern.test(value) ? value : undefined);
const ofLabels = (labels: readonly string[]) => (value: string) => (labels.includes(value) ? value : undefined);
const ofLine = ofPattern(/\S/);
const ofLink = (value: string, { hosts }: AllowLists) => allowedLink(value, hosts);

/** `alex` and `ALEX` become `Alex`; a name that already mixes cases (`McKay`, `DeShawn`) is its owner's spelling. */
function titleCase(name: string): string {
  const isOneCase = name === name.toLowerCase() || name === name.toUpperCase();
  const base = isOneCase ? name.toLowerCase() : name;
  return base.replace(/(^|[ '’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function firstName(value: string): string | undefined {
  const name = value.trim().replace(/ +/g, ' ');
  return /^[\p{L}\p{M}'’\- ]+$/u.test(name) && /\p{L}/u.test(name) ? titleCase(name) : undefined;
}

function trackingNumber(value: string): string | undefined {
  const number = value.replace(/[ -]/g, '').toUpperCase();
  return /^[A-Z0-9]{8,34}$/.test(number) ? number : undefined;
}

/** The five wordings of §3.4 and no other. */
function eta(value: string): string | undefined {
  const match = /^(up to )?(\d{1,3})(?:–(\d{1,3}))? business (day|days)$/.exec(value);
  if (match === null) return undefined;
  const [, upTo, low = '', high, unit] = match;
  if (low.startsWith('0') || high?.startsWith('0')) return undefined;
  if (high !== undefined)
    return upTo === undefined && Number(low) < Number(high) && unit === 'days' ? value : undefined;
  return (unit === 'day') === (low === '1') ? value : undefined;
}

const DAYS_OF_MONTH: Readonly<Record<string, number>> = {
  Jan: 31,
  Feb: 29,
  Mar: 31,
  Apr: 30,
  May: 31,
  Jun: 30,
  Jul: 31,
  Aug: 31,
  Sep: 30,
  Oct: 31,
  Nov: 30,
  Dec: 31,
};

/** `Dec 1, 2025`. */
function humanDate(value: string): string | undefined {
  const match = /^([A-Z][a-z]{2}) ([1-9]\d?), (\d{4})$/.exec(value);
  if (match === null) return undefined;
  const [, month = '', day, year] = match;
  const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const last = month === 'Feb' && !isLeap ? 28 : DAYS_OF_MONTH[month];
  return last !== undefined && Number(day) <= last ? value : undefined;
}

const brandLink = { tier: 0, maxChars: 200, missing: 'omit', isLink: true, shape: ofLink } as const;

export const VARIABLES: Readonly<Record<VarName, VariableRule>> = {
  first_name: { tier: 0, maxChars: 40, missing: 'omit', shape: firstName },
  order_id: {
    tier: 2,
    maxChars: 21,
    missing: 'deny',
    mustEqualFact: true,
    shape: ofPattern(/^#?[A-Za-z0-9-]{3,20}$/),
  },
  order_status: { tier: 2, maxChars: 40, missing: 'deny', shape: ofLabels(ORDER_STATUS_LABELS) },
  fulfillment_status: { tier: 2, maxChars: 40, missing: 'omit', shape: ofLabels(FULFILLMENT_LABELS) },
  tracking_company: {
    tier: 2,
    maxChars: 40,
    missing: 'omit',
    shape: (value, { carriers = [] }) => ofLabels([...CARRIER_LABELS, ...carriers])(value),
  },
  tracking_number: { tier: 2, maxChars: 34, missing: 'omit', mustEqualFact: true, shape: trackingNumber },
  tracking_url: { tier: 2, maxChars: 300, missing: 'omit', isLink: true, shape: ofLink },
  status_url: { tier: 2, maxChars: 300, missing: 'omit', isLink: true, shape: ofLink },
  shipping_bucket: {
    tier: 2,
    maxChars: 20,
    missing: 'deny',
    shape: (value, { shippingBuckets = [] }) => ofLabels([...BUCKET_LABELS, ...shippingBuckets])(value),
  },
  eta_remaining_human: { tier: 2, maxChars: 30, missing: 'deny', shape: eta },
  order_created_date_human: { tier: 2, maxChars: 14, missing: 'omit', shape: humanDate },
  support_signature: { tier: 0, maxChars: 60, missing: 'default', shape: ofLine },
  support_hours_text: { tier: 0, maxChars: 80, missing: 'omit', shape: ofLine },
  brand_name: { tier: 0, maxChars: 40, missing: 'omit', shape: ofLine },
  help_center_url: brandLink,
  returns_policy_url: brandLink,
  shipping_policy_url: brandLink,
  warranty_policy_url: brandLink,
  privacy_policy_url: brandLink,
  order_status_portal_url: brandLink,
};

// Control, zero-width, bidi, private and unassigned characters, and the Unicode line breaks.
export const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** The value as a customer may see it: NFC, right shape, right length; `undefined` otherwise (§1.6 step 3). */
export function acceptValue(name: VarName, raw: unknown, allow: AllowLists): string | undefined {
  if (typeof raw !== 'string' || raw.length > 2_000) return undefined;
  const value = raw.normalize('NFC');
  if (INVISIBLE.test(value)) return undefined;
  const rule = VARIABLES[name];
  const shown = rule.shape(value, allow);
  // Before and after shaping: a 300-character name is malformed, not a name to be trimmed into shape.
  return shown !== undefined && lengthOf(shown) <= rule.maxChars && lengthOf(shown) > 0 ? shown : undefined;
}

/** Length as a reader counts it, in code points. */
export function lengthOf(text: string): number {
  return [...text].length;
}

export function isVarName(name: string): name is VarName {
  return Object.hasOwn(VARIABLES, name);
}
