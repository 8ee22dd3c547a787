/** What the page of quality shows: the whole of `quality`, with long lists cut, and the queues of the last days. Pure. */
import { decodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { localTime, parseInstant, type Zone } from '../instants.ts';
import type { LabelRow } from './labels.ts';
import type { Message } from './message.ts';
import type { Observed } from './observed.ts';
import { qualityOf, USUAL_DAYS } from './quality.ts';
import { type messageValue, qualityValue, queueValue } from './report.ts';
import { qaQueue } from './sample.ts';

export type QualityView = Omit<ReturnType<typeof qualityValue>, 'candidates' | 'tier0' | 'reasons'> & {
  readonly candidates: { readonly n: number; readonly shown: ReturnType<typeof qualityValue>['candidates'] };
  readonly tier0: { readonly n: number; readonly latest: readonly ReturnType<typeof messageValue>[] };
  /** The newest day first; today is the first of them. */
  readonly queues: readonly Queue[];
};
export type Queue = {
  readonly day: string;
  /** It goes on, so its queue still changes. */
  readonly isToday: boolean;
  readonly tickets: readonly QueuedTicket[];
};
export type QueuedTicket = Omit<ReturnType<typeof queueValue>['tickets'][number], 'isLabelled'>;

const DAY_MS = 86_400_000;
const QUEUE_DAYS = 7;
const SHOWN = 25;

export function qualityView(observed: Observed, labels: readonly LabelRow[], now: number, zone: Zone): QualityView {
  const window = { from: now - USUAL_DAYS * DAY_MS, to: now };
  const { candidates, tier0, reasons: _, ...value } = qualityValue(qualityOf(observed, labels, window));
  return {
    ...value,
    candidates: { n: candidates.length, shown: candidates.slice(0, SHOWN).map(readable) },
    tier0: { n: tier0.n, latest: tier0.messages.slice(-SHOWN).reverse().map(readable) },
    queues: queuesOf(observed.messages, now, zone),
  };
}

/** @param messages  by time */
function queuesOf(messages: readonly Message[], now: number, zone: Zone): Queue[] {
  const today = localTime(now, zone).slice(0, 10);
  const days = Array.from({ length: QUEUE_DAYS }, (_, back) => dayBefore(today, back));
  let end = now + 1;
  return days.flatMap((day) => {
    const start = parseInstant(day, zone, now);
    const own = messages.filter(({ at }) => at >= start && at < end);
    end = start;
    if (own.length === 0) return [];
    const { tickets } = queueValue(day, qaQueue(own, day), new Set());
    return [{ day, isToday: day === today, tickets: tickets.map(({ isLabelled: _, ...ticket }) => readable(ticket)) }];
  });
}

/** As the helpdesk writes it, and as the address of the conversation takes it. */
function readable<T extends { readonly messageKey: string }>(one: T): T {
  return { ...one, messageKey: decodeVendorId(one.messageKey) };
}

const dayBefore = (day: string, back: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - back * DAY_MS).toISOString().slice(0, 10);
