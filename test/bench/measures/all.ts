/** The names of `npm run bench`; one shows up here when it works. */
import type { Measure } from './measure.ts';
import { throughput } from './throughput.ts';

export const MEASURES = {
  throughput,
} satisfies Record<string, Measure>;
export type MeasureName = keyof typeof MEASURES;
