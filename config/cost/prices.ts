/** The dated price table of AWS: read whole and right, or every mistake is named. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { type ConfigError, readDocument } from '../document.ts';

/** What is paid for; a table that lacks one, or has one that nobody knows, is refused. */
export const METERS = [
  'lambda.request',
  'lambda.gb_second',
  'eventbridge.event',
  'eventbridge.replayed_event',
  'eventbridge.archived_gb',
  'eventbridge.archive_gb_month',
  'dynamodb.write_unit',
  'dynamodb.read_unit',
  'dynamodb.gb_month',
  'dynamodb.recovery_gb_month',
  'sqs.request',
  'firehose.record',
  'ssm.request',
  'ssm.fast_request',
  'secrets.secret_month',
  'secrets.request',
  'kms.key_month',
  'kms.request',
  'cloudwatch.log_gb',
  'cloudwatch.log_gb_month',
  'cloudwatch.metric_month',
  'cloudwatch.alarm_month',
  'cloudwatch.composite_month',
  'cloudwatch.dashboard_month',
  'xray.trace',
  'apigateway.request',
  'cloudfront.request',
  'waf.acl_month',
  'waf.rule_month',
  'waf.request',
] as const;
export type Meter = (typeof METERS)[number];

const Text = v.pipe(v.string(), v.minLength(1, 'write some words'), v.maxLength(200, 'write at most 200 characters'));
const Price = v.strictObject({
  usd: v.pipe(v.number(), v.minValue(0, 'write a price of 0 or more'), v.maxValue(1_000, 'write US dollars')),
  per: v.pipe(v.number(), v.integer('write a whole number'), v.minValue(1, 'write 1 or more')),
  unit: Text,
  source: v.pipe(Text, v.startsWith('https://', 'write the address of a public page')),
  /** The second public page that has the same figure, and of when it is. */
  confirmed: v.optional(Text),
});
export type Price = v.InferOutput<typeof Price>;

const Prices = v.strictObject({
  taken: v.pipe(
    v.string(),
    v.isoDate("write a date in quotes, such as '2026-01-31'"),
    v.check(isDay, 'write a day that there is'),
  ),
  region: v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'write a region such as us-east-2')),
  prices: v.strictObject(Object.fromEntries(METERS.map((meter) => [meter, Price])) as Record<Meter, typeof Price>),
});
export type Prices = v.InferOutput<typeof Prices>;

type ReadPrices =
  | { readonly ok: true; readonly value: Prices }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

export function parsePrices(text: string): ReadPrices {
  return readDocument(text, Prices, () => []);
}

/** Throws when the shipped table is not right: no figure is given on a guess. */
export function shippedPrices(): Prices {
  const read = parsePrices(readFileSync(join(import.meta.dirname, 'prices.yaml'), 'utf8'));
  if (read.ok) return read.value;
  const [first] = read.errors;
  throw new Error(`config/cost/prices.yaml:${first?.line}: ${first?.key}: ${first?.problem}; ${first?.cure}`);
}

function isDay(text: string): boolean {
  const instant = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(instant) && new Date(instant).toISOString().startsWith(text);
}
