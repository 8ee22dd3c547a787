/** Powertools behind the typed doors: JSON lines, EMF and X-Ray, one instance per container. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Channel } from '../../../events/words.ts';
import type { Settings } from '../container.ts';
import type { MetricName, Telemetry, Trace } from './doors.ts';
import { isByFunction, permitted, stepOf, unitOf } from './fields.ts';
import { LogEnvelope } from './live-envelope.ts';

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
      count: (name, value = 1, channel) => metrics.add(name, value, channel),
      observe: (name, value, channel) => metrics.add(name, value, channel),
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
  readonly #sets = new Map<string, Metrics>();

  constructor(about: About) {
    this.#about = about;
  }

  add(name: MetricName, value: number, channel?: Channel): void {
    if (!Number.isFinite(value)) return;
    const { env, functionName } = this.#about;
    const dimensions: Record<string, string> = {
      env,
      ...(isByFunction(name) ? { function: functionName } : {}),
      ...(channel === undefined ? {} : { channel }),
    };
    this.#setFor(dimensions).addMetric(name, unitOf(name), value);
  }

  flush(): void {
    for (const metrics of this.#sets.values()) if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }

  #setFor(dimensions: Record<string, string>): Metrics {
    const key = Object.values(dimensions).join(' ');
    const known = this.#sets.get(key);
    if (known) return known;
    const metrics = new Metrics({ namespace: 'frontdesk' });
    // Powertools' own `service` is no allowed dimension (platform §6.3).
    metrics.clearDefaultDimensions();
    metrics.setDefaultDimensions(dimensions);
    this.#sets.set(key, metrics);
    return metrics;
  }
}
