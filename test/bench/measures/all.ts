/** The names of `npm run bench`; one shows up here when it works. */
import { ack } from './ack.ts';
import { bundle } from './bundle.ts';
import { classify } from './classify.ts';
import { cost } from './cost.ts';
import { importTime } from './import.ts';
import type { Measure } from './measure.ts';
import { memory } from './memory.ts';
import { replay } from './replay.ts';
import { settle } from './settle.ts';
import { start } from './start.ts';
import { throughput } from './throughput.ts';

export const MEASURES = {
  ack,
  settle,
  throughput,
  replay,
  classify,
  bundle,
  import: importTime,
  cost,
  start,
  memory,
} satisfies Record<string, Measure>;
export type MeasureName = keyof typeof MEASURES;

/** Too long for a run without names, which takes five minutes at most (interfaces §6). */
export const ONLY_BY_NAME: readonly MeasureName[] = ['memory'];
