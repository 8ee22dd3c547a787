/** From counted operations to dollars at list prices. Pure; sums are exact to far below a thousandth of a cent. */
import type { Counted } from '../../config/cost/counts.ts';
import type { Meter, Prices } from '../../config/cost/prices.ts';

/** How much of what is paid for. */
export type Quantities = Readonly<Partial<Record<Meter, number>>>;

const GB = 1024 ** 3;
const MONTH_DAYS = 30;
/** START, END and REPORT of one invocation, which Lambda writes beside the function. */
const PLATFORM_LOG_BYTES = 350;
/** Of the requests at the door, so many are traced in production (platform §6.6). */
const TRACED_SHARE = 0.2;

/** What a request costs, by its name: the units of the operation, or the request itself. */
const PRICED: readonly { readonly of: RegExp; readonly meters: readonly Meter[]; readonly by: 'requests' | 'units' }[] =
  [
    { of: /^lambda\.Invoke /, meters: ['lambda.request'], by: 'requests' },
    { of: /^eventbridge\.PutEvents /, meters: ['eventbridge.event'], by: 'units' },
    // Asking about rules is free, as is switching them.
    { of: /^eventbridge\.(DescribeRule|EnableRule|DisableRule) /, meters: [], by: 'requests' },
    { of: /^dynamodb\.(PutItem|UpdateItem|DeleteItem) /, meters: ['dynamodb.write_unit'], by: 'units' },
    { of: /^dynamodb\.(GetItem|Query) /, meters: ['dynamodb.read_unit'], by: 'units' },
    { of: /^sqs\./, meters: ['sqs.request'], by: 'requests' },
    { of: /^firehose\.PutRecord/, meters: ['firehose.record'], by: 'requests' },
    { of: /^ssm\./, meters: ['ssm.request'], by: 'requests' },
    // A secret under a key of ours is opened by a request to KMS as well.
    { of: /^secrets\./, meters: ['secrets.request', 'kms.request'], by: 'requests' },
    { of: /^http\./, meters: ['apigateway.request', 'cloudfront.request', 'waf.request'], by: 'requests' },
  ];

/** Throws on an operation that no price is known for: it must not pass as free. */
export function quantitiesOf({ operations, bytes }: Counted): Quantities {
  const sum: Partial<Record<Meter, number>> = {};
  const add = (meter: Meter, amount: number): void => {
    sum[meter] = (sum[meter] ?? 0) + amount;
  };
  let invocations = 0;
  for (const [name, [requests, units]] of Object.entries(operations)) {
    const priced = PRICED.find(({ of }) => of.test(name));
    if (priced === undefined) throw new Error(`no price for ${name}`);
    for (const meter of priced.meters) add(meter, priced.by === 'requests' ? requests : units);
    if (name.startsWith('lambda.')) invocations += requests;
    if (name.startsWith('http.')) add('xray.trace', requests * TRACED_SHARE);
  }
  const logGb = (bytes.logs + invocations * PLATFORM_LOG_BYTES) / GB;
  add('cloudwatch.log_gb', logGb);
  add('cloudwatch.log_gb_month', logGb);
  add('eventbridge.archived_gb', bytes.archived / GB);
  add('eventbridge.archive_gb_month', bytes.archive_byte_days / GB / MONTH_DAYS);
  add('dynamodb.gb_month', bytes.table_byte_days / GB / MONTH_DAYS);
  add('dynamodb.recovery_gb_month', bytes.table_byte_days / GB / MONTH_DAYS);
  return sum;
}

export function scaled(quantities: Quantities, times: number): Quantities {
  return Object.fromEntries(Object.entries(quantities).map(([meter, amount]) => [meter, (amount ?? 0) * times]));
}

export function added(...all: readonly Quantities[]): Quantities {
  const sum: Partial<Record<Meter, number>> = {};
  for (const one of all)
    for (const [meter, amount] of Object.entries(one)) sum[meter as Meter] = (sum[meter as Meter] ?? 0) + (amount ?? 0);
  return sum;
}

/** Kinds of cost, told apart everywhere. */
export const KINDS = ['requests', 'logs and traces', 'kept', 'compute'] as const;
export type Kind = (typeof KINDS)[number];

export type Line = { readonly meter: Meter; readonly kind: Kind; readonly amount: number; readonly usd: number };

/** One line for each meter that something was counted for. */
export function billOf(quantities: Quantities, { prices }: Prices): Line[] {
  return Object.entries(quantities).map(([name, amount]) => {
    const meter = name as Meter;
    const { usd, per } = prices[meter];
    return { meter, kind: kindOf(meter), amount: amount ?? 0, usd: ((amount ?? 0) * usd) / per };
  });
}

export function usdOf(lines: readonly Line[], kind?: Kind): number {
  return lines.filter((line) => kind === undefined || line.kind === kind).reduce((sum, { usd }) => sum + usd, 0);
}

/** The service of a meter, as a bill names it. */
export function serviceOf(meter: Meter): string {
  return meter.slice(0, meter.indexOf('.'));
}

function kindOf(meter: Meter): Kind {
  if (meter === 'lambda.gb_second') return 'compute';
  if (meter === 'cloudwatch.log_gb' || meter === 'xray.trace') return 'logs and traces';
  return meter.endsWith('_month') || meter === 'eventbridge.archived_gb' ? 'kept' : 'requests';
}
