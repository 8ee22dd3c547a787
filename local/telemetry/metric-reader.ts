/** What alarms and `metrics` read: series as CloudWatch would answer them, of metrics that functions emit and of AWS's own. */

export type Statistic = 'Sum' | 'Average' | 'Maximum' | 'Minimum' | 'p95' | 'p99' | 'SampleCount';

/** One series of one statistic, named as CloudWatch names it. */
export type MetricQuery = {
  /** `frontdesk`, or one of AWS's: `AWS/SQS`, `AWS/Lambda`, `AWS/Events`, … */
  readonly namespace: string;
  readonly metric: string;
  /** All of them, exactly: as in CloudWatch, a series with one more dimension is another series. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
  /** Seconds of the stage's own time, a multiple of 60: with a time scale of 0.01 a period of 60 lasts 0.6 s of the clock. */
  readonly periodSeconds: number;
  /** Epoch milliseconds of the clock. */
  readonly fromMs: number;
  /** Epoch milliseconds, exclusive. */
  readonly toMs: number;
};

export type MetricReader = {
  /**
   * One value a period, oldest first: `ceil((toMs - fromMs) / (periodSeconds × 1000 × time scale))` of them, the first period
   * beginning at `fromMs`, which stands at a multiple of a scaled minute since the epoch. `null` where nothing was recorded in
   * a period; a metric that nobody emits is all `null`.
   */
  values(query: MetricQuery): readonly (number | null)[];
};
