/** `settle`: from the moment a webhook is due until the bus has accepted the message's MessageSettled. */
import { setTimeout as sleep } from 'node:timers/promises';
import { doorOf } from '../load/door.ts';
import { helpdeskAt, writeAll } from '../load/helpdesk.ts';
import { allAnswered, openLoop } from '../load/open-loop.ts';
import { lonelyMessages } from '../load/rows.ts';
import { percentiles } from '../row.ts';
import { startSystem } from '../system/system.ts';
import type { Measure } from './measure.ts';

/** Modest: under what can be settled, so that waiting in line is no part of the time. */
const RATE = 5;
const SECONDS = 20;
const WARM_UP = 20;
const LOOK_EVERY_MS = 50;
/** Longer than Lambda's waits between attempts (1 and 2 minutes): a message that was tried again counts with its whole time. */
const PATIENCE_MS = 240_000;

export const settle: Measure = async ({ rate = RATE, seconds = SECONDS, profileDir, say }) => {
  const system = await startSystem({ profileDir });
  try {
    const settledAt = new Map<string, number>();
    system.onSettled(([root, at]) => {
      if (!settledAt.has(root)) settledAt.set(root, at);
    });
    const knock = doorOf(system.ready);
    const written = await writeAll(helpdeskAt(system.ready.richpanelUrl), lonelyMessages(WARM_UP + rate * seconds));
    await openLoop(written.slice(0, WARM_UP), rate, knock);
    say(`settle: ${rate} messages/s for ${seconds} s`);
    const shots = allAnswered(await openLoop(written.slice(WARM_UP), rate, knock));
    const until = performance.now() + PATIENCE_MS;
    while (!shots.every(({ answer }) => settledAt.has(answer))) {
      if (performance.now() > until) throw new Error('settle: not every message settled');
      await sleep(LOOK_EVERY_MS);
    }
    const times = shots.map(({ dueAt, answer }) => (settledAt.get(answer) ?? Number.NaN) - dueAt);
    const { p50, p99 } = percentiles(times);
    return [{ name: 'settle', of: `${rate}/s`, unit: 'ms', value: p50, p50, p99, n: times.length }];
  } finally {
    await system.stop();
  }
};
