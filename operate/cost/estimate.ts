/** What messages cost at list prices: by path, by kind and by service, for a thousand of them. Pure. */
import { type Counted, type Counts, MESSAGE_PATHS, type MessagePath } from '../../config/cost/counts.ts';
import type { Prices } from '../../config/cost/prices.ts';
import type { Topology } from '../../stacks/topology-types.ts';
import {
  added,
  billOf,
  KINDS,
  type Kind,
  type Line,
  type Quantities,
  quantitiesOf,
  scaled,
  serviceOf,
  usdOf,
} from './bill.ts';

export type Terms = { readonly counts: Counts; readonly prices: Prices; readonly functions: Topology['functions'] };

/** Messages by path. */
export type Mix = Readonly<Record<MessagePath, number>>;

export type Estimate = {
  readonly messages: number;
  readonly lines: readonly Line[];
  readonly usd: number;
  readonly byKind: Readonly<Record<Kind, number>>;
  readonly byService: readonly { readonly service: string; readonly usd: number }[];
};

const THOUSAND = 1_000;

/** A thousand messages of one path, each with a webhook that names no message: Richpanel's cannot (docs/cost.md). */
export function thousandOf(path: MessagePath, terms: Terms): Estimate {
  return estimateOf(scaled(quantitiesOfMessage(path, terms), THOUSAND), THOUSAND, terms);
}

/** A thousand messages that come as the mix has them. */
export function thousandOfMix(mix: Mix, terms: Terms): Estimate {
  const messages = messagesIn(mix);
  const quantities = MESSAGE_PATHS.map((path) => scaled(quantitiesOfMessage(path, terms), mix[path]));
  return estimateOf(scaled(added(...quantities), messages === 0 ? 0 : THOUSAND / messages), THOUSAND, terms);
}

/** What one run or one extra costs, a thousand times. */
export function thousandTimes(counted: Counted, terms: Terms): Estimate {
  return estimateOf(scaled(withCompute(counted, terms), THOUSAND), THOUSAND, terms);
}

export function messagesIn(mix: Mix): number {
  return MESSAGE_PATHS.reduce((sum, path) => sum + mix[path], 0);
}

/** GB-seconds go with the operations: milliseconds of the counted run, rounded up as Lambda does, times memory. */
export function withCompute(counted: Counted, { counts, functions }: Terms): Quantities {
  const seconds = functions.reduce((sum, { name, memoryMb }) => {
    const [invocations] = counted.operations[`lambda.Invoke ${name}`] ?? [0];
    return sum + (invocations * (counts.billed_ms[name] ?? 0) * memoryMb) / 1024 / 1000;
  }, 0);
  return added(quantitiesOf(counted), { 'lambda.gb_second': seconds });
}

function quantitiesOfMessage(path: MessagePath, terms: Terms): Quantities {
  const { counts } = terms;
  return added(withCompute(counts.paths[path], terms), withCompute(counts.extras['unnamed-message'], terms));
}

function estimateOf(quantities: Quantities, messages: number, { prices }: Terms): Estimate {
  const lines = billOf(quantities, prices);
  const services = [...new Set(lines.map(({ meter }) => serviceOf(meter)))];
  return {
    messages,
    lines,
    usd: usdOf(lines),
    byKind: Object.fromEntries(KINDS.map((kind) => [kind, usdOf(lines, kind)])) as Record<Kind, number>,
    byService: services
      .map((service) => ({ service, usd: usdOf(lines.filter(({ meter }) => serviceOf(meter) === service)) }))
      .filter(({ usd }) => usd > 0)
      .toSorted((a, b) => b.usd - a.usd),
  };
}
