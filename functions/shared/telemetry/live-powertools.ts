/** Powertools behind the typed doors: JSON lines, EMF and X-Ray, one instance per container. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Settings } from '../container.ts';
import type { Telemetry, Trace } from './doors.ts';
import { permitted } from './fields.ts';
import { LogEnvelope } from './live-envelope.ts';
import { stepOf } from './log-events.ts';
import { dimensionsOf, METRIC_NAMESPACE, type MetricName, unitOf } from './metrics.ts';

export type LiveTelemetry = Telemetry & {
  /** Runs one invocation: its request id stands in every line, and its metrics are out when it ends. */
  invocation<T>(requestId: string | null, run: () => Promise<T>): Promise<T>;
};

type About = Pick<Settings, 'functionName' | 'env' | 'release'>;

/** @param trace  `undefined` where nothing listens for segments. */
export function powertoolsTelemetry(about: About, trace: Trace = (_span, _fields, run) => run()): LiveTelemetry {
  const requests = new AsyncLocalStorage<string>();
  const metrics = new MetricSets(about);
  const logger = new Logger({ serviceName: 'frontdesk', logFormatter: new LogEnvelope() });
  return {
    trace,
    metrics: {
      count: (name, value = 1, by) => metrics.add(name, value, by),
      observe: (name, value, by) => metrics.add(name, value, by),
    },
    log(level, event, fields) {
      const { kept, dropped } = permitted(fields ?? {});
      if (dropped > 0) metrics.add('logging.dropped_keys_total', dropped);
      const line = {
        ...kept,
        step: stepOf(event, about.functionName),
        function: about.functionName,
        release: about.release,
        env: about.env,
        aws_request_id: requests.getStore(),
      };
      logger[METHODS[level]](event, line);
    },
    async invocation(requestId, run) {
      try {
        return requestId === null ? await run() : await requests.run(requestId, run);
      } finally {
        metrics.flush();
      }
    },
  };
}

const METHODS = { DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Dimensions hold for a whole EMF line, so every set of them has a collector of its own. */
class MetricSets {
  readonly #about: About;
  readonly #sets = new Map<string, { readonly metrics: Metrics; readonly dimensions: Record<string, string> }>();

  constructor(about: About) {
    this.#about = about;
  }

  add(name: MetricName, value: number, by?: string): void {
    if (!Number.isFinite(value)) return;
    this.#setFor(dimensionsOf(name, this.#about.functionName, by)).addMetric(name, unitOf(name), value);
  }

  flush(): void {
    for (const { metrics, dimensions } of this.#sets.values()) {
      if (!metrics.hasStoredMetrics()) continue;
      // Under `env` alone too: an alarm names one set of dimensions exactly, and adds up no others.
      metrics.addDimensions({});
      if (Object.keys(dimensions).length > 0) metrics.addDimensions(dimensions);
      metrics.publishStoredMetrics();
    }
  }

  #setFor(dimensions: Record<string, string>): Metrics {
    const key = JSON.stringify(dimensions);
    const known = this.#sets.get(key);
    if (known) return known.metrics;
    const metrics = new Metrics({ namespace: METRIC_NAMESPACE });
    // Powertools' own `service` is no allowed dimension (platform §6.3).
    metrics.clearDefaultDimensions();
    metrics.setDefaultDimensions({ env: this.#about.env });
    this.#sets.set(key, { metrics, dimensions });
    return metrics;
  }
}
