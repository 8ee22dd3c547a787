/** `cost` for people: a table by path with bars, then by service, model, day and month. Pure. */
import type { CostValue } from '../commands/cost.ts';
import { localTime, type Zone } from '../instants.ts';
import { bytesText, durationText, pairs, table } from '../table.ts';
import { bar, shareText, usdText } from './text.ts';

const HOUR_MS = 3_600_000;

export function costText(value: CostValue, zone: Zone): string {
  const { prices, messages, others, byPath, byService, usdPer1000, model, perDay, perMonth, fixedPerMonth, logs } =
    value;
  const dearest = Math.max(...byPath.map(({ usdPer1000: usd }) => usd));
  const parts = [
    `List prices of ${prices.region} as of ${prices.taken}, model prices as of ${prices.models}; operations counted at ${value.counted}.`,
    messages === 0
      ? 'No settled message is recorded in this time; what follows is what each path would cost.'
      : `${messages} messages${value.from === null ? '' : `, settled ${whenText(value.from, zone)} to ${whenText(value.to, zone)} ${zone.name}`}${others === 0 ? '' : `; ${others} more asked for nothing of their own`}.`,
    table(
      ['path', 'messages', 'share', 'a thousand', ''],
      byPath.map(({ path, messages: own, usdPer1000: usd }) => [
        path,
        own,
        shareText(own, messages),
        usdText(usd),
        bar(usd, dearest),
      ]),
    ),
    messages === 0
      ? ''
      : [
          `A thousand of these messages: ${usdText(usdPer1000.total)} without the model`,
          pairs([
            ['  requests', usdText(usdPer1000.requests)],
            [
              '  logs and traces',
              `${usdText(usdPer1000['logs and traces'])} (${bytesText(logs.bytesPerMessage)} of logs a message)`,
            ],
            ['  kept', usdText(usdPer1000.kept)],
            ['  compute', usdText(usdPer1000.compute)],
          ]),
          'By service',
          table(
            ['service', 'a thousand', 'share', ''],
            byService.map(({ service, usd }) => [
              service,
              usdText(usd),
              shareText(usd, usdPer1000.total),
              bar(usd, usdPer1000.total),
            ]),
          ),
        ].join('\n'),
    model.calls === 0
      ? 'Model: not asked, no spending.'
      : `Model: ${model.calls} ${model.calls === 1 ? 'call' : 'calls'}, ${model.tokensIn} tokens in (${model.tokensCached} from the cache), ${model.tokensOut} out: ${usdText(model.usd)}, ${usdText(model.usdPer1000)} a thousand messages.`,
    perDay === null || perMonth === null
      ? ''
      : `As ${durationText((value.reckonedFromHours ?? 0) * HOUR_MS)} went: ${Math.round(perDay.messages)} messages and ${usdText(perDay.usd)} a day; ${Math.round(perMonth.messages)} and ${usdText(perMonth.usd)} in 30 days, ${usdText(perMonth.withFixed)} with what stands there anyway.`,
    `Stands there anyway, a month: ${usdText(fixedPerMonth.total)}`,
    table(
      ['what', 'a month'],
      fixedPerMonth.lines.map(({ what, usd }) => [what, usdText(usd)]),
    ),
    ['Not known:', ...value.notKnown.map((line) => `- ${line}`)].join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

const whenText = (instant: string | null, zone: Zone): string => (instant === null ? 'now' : localTime(instant, zone));
