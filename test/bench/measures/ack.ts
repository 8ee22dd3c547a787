/** `ack`: from the moment a webhook is due until its 200, each about a new message of a ticket of its own. */
import { doorOf } from '../load/door.ts';
import { helpdeskAt, writeAll } from '../load/helpdesk.ts';
import { allAnswered, openLoop } from '../load/open-loop.ts';
import { lonelyMessages } from '../load/rows.ts';
import { type Measured, percentiles } from '../row.ts';
import { startSystem } from '../system/system.ts';
import type { Measure, MeasureOptions } from './measure.ts';

/** The rates that the limits are set for (issue 4). */
const RATES = [20, 50] as const;
/** A minute counts (`--seconds 60`); all benchmarks together take no more than five. */
const SECONDS = 20;
/** The first requests load and compile what the others find ready. */
const WARM_UP = 20;

export const ack: Measure = async (options) => {
  const rows: Measured[] = [];
  for (const rate of options.rate === undefined ? RATES : [options.rate]) rows.push(await ackAt(rate, options));
  return rows;
};

async function ackAt(rate: number, { seconds = SECONDS, profileDir, say }: MeasureOptions): Promise<Measured> {
  const system = await startSystem({ profileDir });
  try {
    const knock = doorOf(system.ready);
    const written = await writeAll(helpdeskAt(system.ready.richpanelUrl), lonelyMessages(WARM_UP + rate * seconds));
    await openLoop(written.slice(0, WARM_UP), rate, knock);
    say(`ack: ${rate} requests/s for ${seconds} s`);
    const times = allAnswered(await openLoop(written.slice(WARM_UP), rate, knock)).map(({ ms }) => ms);
    const { p50, p99 } = percentiles(times);
    return { name: 'ack', of: `${rate}/s`, unit: 'ms', value: p99, p50, p99, n: times.length };
  } finally {
    await system.stop();
  }
}
