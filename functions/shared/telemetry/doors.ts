/** Typed doors to logs, metrics and traces: what they cannot name cannot be told (platform §4.4, §6.1–6.3). */
import type { Metadata } from '../../../events/envelope.ts';
import type { Channel, FunctionName, Intent, ReasonCode, Team, TemplateId, VENDORS } from '../../../events/words.ts';
import type { Level, LevelOf, LogEvent } from './log-events.ts';
import type { By, METRICS, MetricDeclaration, MetricName } from './metrics.ts';
import type { SpanName } from './spans.ts';

export type LogFields = {
  readonly ticket_id?: string | null;
  readonly message_key?: string | null;
  readonly conversation_seq?: string | null;
  readonly event_id?: string;
  readonly event_name?: string;
  readonly causation_id?: string;
  readonly trace_id?: string;
  readonly idempotency_key?: string;
  readonly channel?: Channel;
  readonly result?: 'success' | 'failed' | 'blocked' | 'skipped' | 'retry' | 'timeout';
  readonly reason_codes?: readonly ReasonCode[];
  readonly error_code?: string;
  readonly intent?: Intent;
  readonly secondary_intents?: readonly Intent[];
  readonly team?: Team | null;
  readonly tier?: number | null;
  readonly template_id?: TemplateId | null;
  readonly template_version?: string;
  readonly action?: 'route_only' | 'send_reply';
  readonly confidence?: number | null;
  readonly margin?: number | null;
  readonly model?: string;
  readonly prompt_version?: string;
  readonly schema_version?: string;
  readonly vendor?: (typeof VENDORS)[number];
  readonly operation?: string;
  readonly latency_ms?: number;
  readonly retry_count?: number;
  readonly retry_after_s?: number;
  readonly http_status?: number;
  readonly is_replay?: boolean;
  readonly message_length?: number;
  readonly tokens_in?: number;
  readonly tokens_out?: number;
  readonly flag?: string;
  readonly count?: number;
};

/** No key beside the known ones, wherever the object comes from. */
type Only<Known, Given> = Given & { readonly [K in Exclude<keyof Given, keyof Known>]: never };
export type Log = <E extends LogEvent, F extends LogFields>(
  level: LevelOf<E>,
  event: E,
  fields?: Only<LogFields, F>,
) => void;

export type Metrics = {
  /** @param by  value of the metric's own dimension, where it has one */
  count<N extends Counted>(name: N, value?: number, by?: By<N>): void;
  /** A distribution or a gauge, in the unit of its declaration. */
  observe<N extends Observed>(name: N, value: number, by?: By<N>): void;
};
type OfKind<K extends MetricDeclaration['kind']> = {
  [N in MetricName]: (typeof METRICS)[N]['kind'] extends K ? N : never;
}[MetricName];
export type Counted = OfKind<'count'>;
export type Observed = OfKind<'distribution' | 'gauge'>;

export type SpanFields = {
  readonly ticket_id?: string | null;
  readonly event?: string;
  readonly event_id?: string;
  readonly tier?: number | null;
  readonly result?: string;
};
/** What an invocation goes on from: the envelope is authoritative, whatever the platform says of a trace (platform §6.6). */
export type TraceOrigin = Pick<Metadata, 'traceparent' | 'correlationId'> &
  Partial<Pick<Metadata, 'eventId' | 'causationId' | 'conversationId' | 'channel'>> & {
    /** The span is the one that `traceparent` names: the door, which minted it. */
    readonly isRoot?: true;
  };

/**
 * Runs a step under a named span; captures no payload and no error. What is known only at its end is told by `annotate`.
 *
 * @param origin  of an invocation's first span; the spans within lie under it
 */
export type Trace = <T, F extends SpanFields>(
  span: SpanName,
  fields: Only<SpanFields, F>,
  run: (annotate: (more: SpanFields) => void) => Promise<T>,
  origin?: TraceOrigin,
) => Promise<T>;

export type Telemetry = { readonly log: Log; readonly metrics: Metrics; readonly trace: Trace };

export type LogLine = {
  readonly level: Level;
  readonly event: LogEvent;
  readonly function: FunctionName;
  readonly fields: LogFields;
};
