/** Depths of queues, looked at once a minute, as CloudWatch keeps them. */
import type { Sqs } from '../aws/sqs/sqs.ts';
import type { Timing } from '../aws/time.ts';
import type { MetricReader } from '../telemetry/metric-reader.ts';

type Look = { readonly at: number; readonly depths: ReadonlyMap<string, number> };

/** More than the longest alarm over queues looks back. */
const KEPT = 60;
const MINUTE_MS = 60_000;

/** Answers how to stop it too. */
export function watchQueueDepths(
  sqs: Pick<Sqs, 'queueNames' | 'depth'>,
  timing: Timing,
): MetricReader & { stop(): void } {
  const minuteMs = MINUTE_MS * timing.timeScale;
  let looks: readonly Look[] = [];
  let cancel = (): void => {};
  let isStopped = false;

  function look(): void {
    if (isStopped) return;
    const depths = new Map(sqs.queueNames().map((name) => [name, sqs.depth(name).visible]));
    looks = [...looks, { at: timing.now(), depths }].slice(-KEPT);
    cancel = timing.setTimer(look, minuteMs);
  }
  look();

  return {
    values({ namespace, metric, dimensions, periodSeconds, fromMs, toMs }) {
      const periodMs = periodSeconds * 1000 * timing.timeScale;
      const count = Math.ceil((toMs - fromMs) / periodMs);
      const isKnown = namespace === 'AWS/SQS' && metric === 'ApproximateNumberOfMessagesVisible';
      return Array.from({ length: count }, (_, index) => {
        const from = fromMs + index * periodMs;
        const seen = isKnown ? looks.filter(({ at }) => at >= from && at < from + periodMs) : [];
        const depths = seen.flatMap(({ depths }) => depths.get(dimensions.QueueName ?? '') ?? []);
        return depths.length === 0 ? null : Math.max(...depths);
      });
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
