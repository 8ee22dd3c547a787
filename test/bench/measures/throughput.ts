/** `throughput`: messages of the shipped demo mix that settle per second while more wait. */
import { demoMix } from '../load/rows.ts';
import { saturate } from '../load/saturate.ts';
import { type Measured, rounded } from '../row.ts';
import { startSystem } from '../system/system.ts';
import type { Measure } from './measure.ts';

/** Messages whose settling is timed. */
const MESSAGES = 2_000;
/** Settled before the timing begins, and with them the first loading and compiling of code. */
const WARM_UP = 200;
/** As deep as the demo's `--concurrency`. */
const BACKLOG = 50;

export const throughput: Measure = async ({ messages = MESSAGES, backlog = BACKLOG, profileDir, isCounting, say }) => {
  const system = await startSystem({ profileDir, isCounting });
  const last = WARM_UP + messages;
  // What waits at the end keeps the backlog full to the last timed message.
  const rows = demoMix(last + backlog);
  const began = { at: 0 };
  let ended = 0;
  let toldAt = 0;
  const atStart = Promise.withResolvers<Record<string, number>>();
  try {
    await saturate(system, {
      rows,
      backlog,
      onSettled(count, at) {
        if (count === WARM_UP) {
          began.at = at;
          void system.count().then(({ requests }) => atStart.resolve(requests));
        }
        if (count === last) ended = at;
        if (count > WARM_UP && count <= last && at - toldAt >= 5_000) {
          toldAt = at;
          const perSecond = ((count - WARM_UP) / (at - began.at)) * 1000;
          say(`throughput: ${count - WARM_UP} of ${messages} settled, ${perSecond.toFixed(1)}/s`);
        }
      },
    });
    if (isCounting) tellRequests(await atStart.promise, (await system.count()).requests, messages + backlog, say);
  } finally {
    await system.stop();
  }
  const row: Measured = {
    name: 'throughput',
    unit: 'messages/s',
    value: rounded(messages / ((ended - began.at) / 1000)),
    n: messages,
  };
  return [row];
};

function tellRequests(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  messages: number,
  say: (line: string) => void,
): void {
  const each = Object.entries(after)
    .map(([name, count]) => ({ name, perMessage: (count - (before[name] ?? 0)) / messages }))
    .toSorted((a, b) => b.perMessage - a.perMessage);
  const sum = each.reduce((total, { perMessage }) => total + perMessage, 0);
  say(`requests per message: ${sum.toFixed(1)}`);
  for (const { name, perMessage } of each) say(`  ${perMessage.toFixed(2).padStart(7)}  ${name}`);
}
