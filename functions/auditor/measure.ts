/** The funnel in numbers: how long a message took to its route, its reply and its end, and what should be rare (platform §6.3). */
import type { EventName } from '../../events/catalogue.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import type { Metrics } from '../shared/telemetry/doors.ts';

/** Of facts as they happen; what a recovery leads to says nothing of how fast the system is. */
export function measure(metrics: Metrics, { metadata, data }: AnyEvent): void {
  const { channel, receivedAt, occurredAt, replay } = metadata;
  const name = metadata.eventName as EventName;
  if (name === 'ReplayStarted') metrics.count('bus.replays_started_total');
  if (replay !== null || receivedAt === null) return;
  const taken = Math.max(0, Date.parse(occurredAt) - Date.parse(receivedAt));
  // Tags that explain are no route.
  if (name === 'TicketRouted' && data.routeTag !== null) metrics.observe('pipeline.routing_latency_ms', taken, channel);
  if (name === 'ReplySent') metrics.observe('pipeline.reply_latency_ms', taken, channel);
  if (name === 'EscalationRaised') metrics.count('automation.late_escalation_total');
  if (name === 'MessageSettled')
    metrics.observe('pipeline.end_to_end_latency_ms', Number(data.endToEndMs ?? 0), channel);
}
