/** What is not declared cannot be told (platform §6.1–6.3, §6.6). Compiled by `npm run check`; never run. */
import type { Telemetry } from '../../functions/shared/telemetry/doors.ts';

/** Beside each line that is refused stands what would be taken, so that it is refused for this reason and no other. */
export function refused({ log, metrics, trace }: Telemetry): void {
  const run = async (): Promise<void> => {};

  log('INFO', 'consumer.event.start');
  // @ts-expect-error an event that nobody declared
  log('INFO', 'consumer.event.invented');
  // @ts-expect-error a level at which it does not stand
  log('ERROR', 'consumer.event.start');

  metrics.count('verify.denied_total');
  // @ts-expect-error a metric that nobody declared
  metrics.count('verify.invented_total');
  // @ts-expect-error one that nobody tells, with its reason in words.ts
  metrics.count('bus.dlq_depth');
  // @ts-expect-error a dimension that it does not have
  metrics.count('verify.denied_total', 1, 'email');
  // @ts-expect-error a value that its dimension does not have
  metrics.count('policy.decisions_total', 1, 'pigeon');
  // @ts-expect-error a count is no gauge
  metrics.observe('verify.denied_total', 1);

  metrics.observe('bus.inflight', 1);
  // @ts-expect-error a gauge is no count
  metrics.count('bus.inflight');

  void trace('verify.gates', {}, run);
  // @ts-expect-error a span that nobody declared
  void trace('verify.invented', {}, run);
}
