/** Powertools behind the typed doors: JSON lines, EMF and X-Ray, one instance per container. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Settings } from '../container.ts';
import type { LogFields, Telemetry, TraceOrigin } from './doors.ts';
import { permitted } from './fields.ts';
import { LogEnvelope } from './live-envelope.ts';
import type { LiveTrace } from './live-trace.ts';
import { stepOf } from './log-events.ts';
import { dimensionsOf, METRIC_NAMESPACE, type MetricName, unitOf } from './metrics.ts';

export type LiveTelemetry = Telemetry & {
  /** Runs one invocation: its request id stands in every line, and its metrics are out when it ends. */
  invocation<T>(requestId: string | null, run: () => Promise<T>): Promise<T>;
};

type About = Pick<Settings, 'functionName' | 'env' | 'release'>;

/** What every line of an invocation has, whoever writes it. */
type Within = { readonly requestId: string | null; readonly origin: TraceOrigin | null };

/** Runs the steps, and tells nobody of them. */
const UNTRACED: LiveTrace = { trace: (_span, _fields, run) => run(() => {}), flush: async () => {} };

export function powertoolsTelemetry(about: About, { trace, flush }: LiveTrace = UNTRACED): LiveTelemetry {
  const within = new AsyncLocalStorage<Within>();
  const metrics = new MetricSets(about);
  const logger = new Logger({ serviceName: 'frontdesk', logFormatter: new LogEnvelope() });
  return {
    trace: (span, fields, run, origin) =>
      origin === undefined
        ? trace(span, fields, run)
        : within.run({ requestId: within.getStore()?.requestId ?? null, origin }, () =>
            trace(span, fields, run, origin),
          ),
    metrics: {
      count: (name, value = 1, by) => metrics.add(name, value, by),
      observe: (name, value, by) => metrics.add(name, value, by),
    },
    log(level, event, fields) {
      const { requestId = null, origin = null } = within.getStore() ?? {};
      const { kept, dropped } = permitted({ ...linesOf(origin), ...fields });
      if (dropped > 0) metrics.add('logging.dropped_keys_total', dropped);
      const line = {
        ...kept,
        step: stepOf(event, about.functionName),
        function: about.functionName,
        release: about.release,
        env: about.env,
        aws_request_id: requestId ?? undefined,
      };
      logger[METHODS[level]](event, line);
    },
    async invocation(requestId, run) {
      try {
        return await within.run({ requestId, origin: null }, run);
      } finally {
        metrics.flush();
        await flush();
      }
    },
  };
}

/** Every line says whose way it belongs to (platform §6.1). */
function linesOf(origin: TraceOrigin | null): LogFields {
  if (origin === null) return {};
  const { correlationId, eventId, causationId, conversationId, channel } = origin;
  return {
    trace_id: correlationId,
    ...(eventId !== undefined && { event_id: eventId }),
    ...(causationId !== undefined && { causation_id: causationId }),
    ...(conversationId !== undefined && { ticket_id: conversationId }),
    ...(channel !== undefined && { channel }),
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
