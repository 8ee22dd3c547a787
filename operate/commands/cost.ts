/** `cost`: what the recorded messages would cost on AWS at list prices; reads the folder or the running instance, writes nothing. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { MESSAGE_PATHS, shippedCounts } from '../../config/cost/counts.ts';
import { shippedPrices } from '../../config/cost/prices.ts';
import { liveClock } from '../../functions/shared/clock/live.ts';
import { topology } from '../../stacks/topology.ts';
import type { Answer, Context } from '../context.ts';
import { messagesIn, type Terms, thousandOf, thousandOfMix } from '../cost/estimate.ts';
import { fixedMonth } from '../cost/fixed.ts';
import { newCounting, type Recorded, recordedMessages, type Window } from '../cost/recorded.ts';
import { costText } from '../cost/report.ts';
import { misuse } from '../failure.ts';
import { openTables, type Tables } from '../instance/tables.ts';
import { localTime, parseInstant } from '../instants.ts';
import { businessZone } from '../shop.ts';
import { requireShop } from './config.ts';

export type CostOptions = { readonly from?: string; readonly to?: string };

const DAY_MS = 86_400_000;
const MONTH_DAYS = 30;

/** What no count can know, said with every answer. */
const NOT_KNOWN = [
  'list prices without free tiers, discounts, taxes and support; nobody fetched them from AWS (docs/cost.md)',
  'operations are those of the counted paths, not of these very messages: retries, parking, duplicates and cold starts come on top',
  'compute is reckoned from milliseconds on the machine of the counted run, not on Lambda',
  'the helpdesk, data transfer and what agents look at in CloudWatch are not in it',
] as const;

/** @param open  where the trail is read: through the running instance, unless told */
export async function cost(
  context: Context,
  options: CostOptions,
  open: (context: Context) => Tables | Promise<Tables> = openTables,
): Promise<Answer> {
  const window = windowOf(context, options);
  const zone = businessZone(context.variables);
  const tables = await open(context);
  try {
    const recorded = await recordedMessages(tables, window, (at) =>
      localTime(new Date(at).toISOString(), zone).slice(0, 10),
    );
    const value = estimateValue(recorded, window, termsNow(), context);
    return { value, text: costText(value, zone) };
  } finally {
    await tables.close();
  }
}

/** What each path costs, before any message is counted. */
export function costOfNothing(context: Context): CostValue {
  return estimateValue(newCounting(EVER).result(), EVER, termsNow(), context);
}

const EVER: Window = { from: null, to: null };

function termsNow(): Terms {
  return { counts: shippedCounts(), prices: shippedPrices(), functions: topology.functions };
}

export type CostValue = ReturnType<typeof estimateValue>;

function estimateValue(recorded: Recorded, window: Window, terms: Terms, context: Context) {
  const { mix, others, model, first, last } = recorded;
  const messages = messagesIn(mix);
  const thousand = thousandOfMix(mix, terms);
  const fixed = fixedMonth(terms, topology);
  const days = daysOf(recorded, window);
  const aDay = days === null ? null : messages / days;
  const usdAMessage = messages === 0 ? 0 : thousand.usd / 1000 + model.nanoUsd / 1e9 / messages;
  const fixedUsd = fixed.reduce((sum, { usd }) => sum + usd, 0);
  return {
    prices: {
      taken: terms.prices.taken,
      region: terms.prices.region,
      models: requireShop(context.variables).config.prices.as_of,
    },
    counted: terms.counts.counted,
    from: instantText(window.from ?? first),
    to: instantText(window.to ?? last),
    messages,
    others,
    byPath: MESSAGE_PATHS.map((path) => ({
      path,
      messages: mix[path],
      share: messages === 0 ? 0 : mix[path] / messages,
      usdPer1000: thousandOf(path, terms).usd,
    })),
    usdPer1000: { ...thousand.byKind, total: thousand.usd },
    byService: thousand.byService,
    model: {
      ...{ calls: model.calls, tokensIn: model.tokensIn, tokensCached: model.tokensCached, tokensOut: model.tokensOut },
      usd: model.nanoUsd / 1e9,
      usdPer1000: messages === 0 ? 0 : model.nanoUsd / 1e6 / messages,
    },
    byDay: recorded.days.map(({ day, mix: ofDay, nanoUsd }) => {
      const own = messagesIn(ofDay);
      return { day, messages: own, usd: (own * thousandOfMix(ofDay, terms).usd) / 1000, modelUsd: nanoUsd / 1e9 };
    }),
    /** How many hours of messages a day is reckoned from: one at least. */
    reckonedFromHours: days === null ? null : days * 24,
    perDay: aDay === null ? null : { messages: aDay, usd: aDay * usdAMessage },
    perMonth:
      aDay === null
        ? null
        : {
            messages: aDay * MONTH_DAYS,
            usd: aDay * MONTH_DAYS * usdAMessage,
            withFixed: aDay * MONTH_DAYS * usdAMessage + fixedUsd,
          },
    fixedPerMonth: { total: fixedUsd, lines: fixed },
    logs: {
      bytesPerMessage: logBytes(recorded, terms),
      usdPer1000: thousand.lines
        .filter(({ meter }) => meter === 'cloudwatch.log_gb')
        .reduce((sum, { usd }) => sum + usd, 0),
      bytesInFolder: bytesIn(context),
    },
    notKnown: [...NOT_KNOWN],
  };
}

function windowOf(context: Context, { from, to }: CostOptions): Window {
  const zone = businessZone(context.variables);
  const now = liveClock().now();
  const instant = (text: string | undefined) => (text === undefined ? null : parseInstant(text, zone, now));
  const window = { from: instant(from), to: instant(to) };
  if (window.from !== null && window.to !== null && window.from >= window.to)
    throw misuse('empty_window', '--from is not before --to', 'give an earlier --from or a later --to');
  return window;
}

/** A window that is given counts whole; else from the first message to the last, an hour at least. `null` without messages. */
function daysOf({ first, last }: Recorded, window: Window): number | null {
  if (first === null || last === null) return null;
  const from = window.from ?? first;
  const to = window.to ?? last;
  return Math.max((to - from) / DAY_MS, 1 / 24);
}

function logBytes({ mix }: Recorded, { counts }: Terms): number {
  const messages = messagesIn(mix);
  const bytes = MESSAGE_PATHS.reduce((sum, path) => sum + mix[path] * counts.paths[path].bytes.logs, 0);
  return messages === 0 ? 0 : Math.round(bytes / messages);
}

/** The log of one machine and the one before it, which are kept to a size. */
function bytesIn({ dataDir }: Context): number {
  return ['functions.log', 'functions.log.1'].reduce(
    (sum, name) => sum + (statSync(join(dataDir, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

function instantText(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
