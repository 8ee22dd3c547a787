/** `memory`: what supervisor and function host hold, idle, after half of the messages and after all of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { demoMix } from '../load/rows.ts';
import { saturate } from '../load/saturate.ts';
import { type Measured, median, rounded } from '../row.ts';
import { treeBytes } from '../system/memory.ts';
import { startSystem } from '../system/system.ts';
import type { Measure } from './measure.ts';

const MESSAGES = 20_000;
const BACKLOG = 50;
/** Idle before it is looked, for what waits and what is collected then. */
const IDLE_MS = 20_000;
const SAMPLES = 10;
const SAMPLE_EVERY_MS = 1_000;
const MB = 1024 * 1024;

export const memory: Measure = async ({ messages = MESSAGES, backlog = BACKLOG, profileDir, say }) => {
  const system = await startSystem({ profileDir });
  const rows = demoMix(messages);
  const measured: Measured[] = [];
  try {
    for (const [from, to] of [
      [0, Math.floor(messages / 2)],
      [Math.floor(messages / 2), messages],
    ] as const) {
      let told = 0;
      await saturate(system, {
        rows: rows.slice(from, to),
        backlog,
        onSettled(count) {
          if (count - told < 500) return;
          told = count;
          say(`memory: ${from + count} of ${messages} settled, ${rounded(treeBytes(system.pid) / MB)} MB`);
        },
      });
      await sleep(IDLE_MS);
      const samples: number[] = [];
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        samples.push(treeBytes(system.pid));
        await sleep(SAMPLE_EVERY_MS);
      }
      measured.push({
        name: 'memory',
        of: `${to} messages`,
        unit: 'MB',
        value: rounded(median(samples) / MB),
        n: SAMPLES,
      });
    }
  } finally {
    await system.stop();
  }
  return measured;
};
