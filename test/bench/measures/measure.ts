/** What every measurement is asked with, and how it answers. */
import type { Measured } from '../row.ts';

export type MeasureOptions = {
  /** Messages to measure with, where a measurement counts them. */
  readonly messages?: number | undefined;
  /** Unsettled messages at any time (`throughput`). */
  readonly backlog?: number | undefined;
  /** Seconds of load, where a measurement lasts. */
  readonly seconds?: number | undefined;
  /** Requests a second, where a measurement has a schedule. */
  readonly rate?: number | undefined;
  /** Where CPU profiles go. */
  readonly profileDir: string | null;
  /** Tell the counted requests per message. */
  readonly isCounting: boolean;
  /** A line of progress. */
  readonly say: (line: string) => void;
};

export type Measure = (options: MeasureOptions) => Promise<Measured[]>;
