/** Messages of the audit trail by the path they took, and what their models were paid. */
import { MESSAGE_PATHS, type MessagePath } from '../../config/cost/counts.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import type { Spend } from '../../events/fields.ts';
import type { Tables } from '../instance/tables.ts';
import type { Mix } from './estimate.ts';
import { pathOf } from './path.ts';

/** Epoch milliseconds; from is in, to is out. */
export type Window = { readonly from: number | null; readonly to: number | null };

export type Recorded = {
  readonly mix: Mix;
  /** Settled without a path of their own: merged into another message, or a duplicate. */
  readonly others: number;
  readonly model: Spend;
  /** By the day on which they settled, the oldest first. */
  readonly days: readonly { readonly day: string; readonly mix: Mix; readonly nanoUsd: number }[];
  /** When the first and the last of them settled, epoch milliseconds; `null` where there is none. */
  readonly first: number | null;
  readonly last: number | null;
};

/** All that paths and spending are read from. */
const NAMES = [
  'MessageClassified',
  'ClassificationFailed',
  'OrderMatched',
  'ReplyApproved',
  'ReplyDenied',
  'TicketResolved',
  'MessageSettled',
] as const;

const QUESTION = {
  FilterExpression: `event_name IN (${NAMES.map((_, at) => `:n${at}`).join(', ')})`,
  ProjectionExpression: 'conversation_id, envelope',
  ExpressionAttributeValues: Object.fromEntries(NAMES.map((name, at) => [`:n${at}`, { S: name }])),
};

/** Reads page by page; a table gives the facts of a conversation together. */
export async function recordedMessages(tables: Pick<Tables, 'scan'>, window: Window, dayOf?: DayOf): Promise<Recorded> {
  const counting = newCounting(window, dayOf);
  let conversation: unknown;
  let facts: AnyEvent[] = [];
  for await (const item of tables.scan('audit_trail', QUESTION)) {
    if (item.conversation_id !== conversation) {
      counting.add(facts);
      facts = [];
      conversation = item.conversation_id;
    }
    facts.push(JSON.parse(String(item.envelope)) as AnyEvent);
  }
  counting.add(facts);
  return counting.result();
}

/** The day of an instant as people name it; of UTC unless told. */
type DayOf = (at: number) => string;
const utcDay: DayOf = (at) => new Date(at).toISOString().slice(0, 10);

/** Facts of one conversation at a time. Pure but for its own sums. */
export function newCounting(
  { from, to }: Window,
  dayOf = utcDay,
): { add(facts: readonly AnyEvent[]): void; result(): Recorded } {
  const mix = emptyMix();
  const days = new Map<string, { mix: Record<MessagePath, number>; nanoUsd: number }>();
  let others = 0;
  let model: Spend = NOTHING;
  let first: number | null = null;
  let last: number | null = null;

  function addMessage(facts: readonly AnyEvent[]): void {
    const settled = facts.find(({ metadata }) => metadata.eventName === 'MessageSettled');
    if (settled === undefined) return;
    const at = Date.parse(settled.metadata.occurredAt);
    if ((from !== null && at < from) || (to !== null && at >= to)) return;
    const path = pathOf(facts);
    if (path === null) others += 1;
    else mix[path] += 1;
    const day = dayOf(at);
    const ofDay = days.get(day) ?? { mix: emptyMix(), nanoUsd: 0 };
    days.set(day, ofDay);
    if (path !== null) ofDay.mix[path] += 1;
    ofDay.nanoUsd += spendOfFacts(facts).nanoUsd;
    model = facts.reduce((sum, { data }) => withSpend(sum, data.spend), model);
    first = Math.min(at, first ?? at);
    last = Math.max(at, last ?? at);
  }

  return {
    add(facts) {
      // What a replay brought back stands there twice.
      const own = [...new Map(facts.map((fact) => [fact.metadata.eventId, fact])).values()];
      const byRoot = Map.groupBy(own, ({ metadata }) => metadata.rootEventId ?? metadata.eventId);
      for (const message of byRoot.values()) addMessage(message);
    },
    result: () => ({
      ...{ mix, others, model, first, last },
      days: [...days].map(([day, sums]) => ({ day, ...sums })).toSorted((a, b) => a.day.localeCompare(b.day)),
    }),
  };
}

function emptyMix(): Record<MessagePath, number> {
  return Object.fromEntries(MESSAGE_PATHS.map((path) => [path, 0])) as Record<MessagePath, number>;
}

const NOTHING: Spend = { calls: 0, tokensIn: 0, tokensCached: 0, tokensOut: 0, nanoUsd: 0 };

/** What the models of these facts were paid. */
export function spendOfFacts(facts: readonly AnyEvent[]): Spend {
  return facts.reduce((sum, { data }) => withSpend(sum, data.spend), NOTHING);
}

function withSpend(sum: Spend, spend: unknown): Spend {
  const { calls, tokensIn, tokensCached, tokensOut, nanoUsd }: Partial<Record<keyof Spend, unknown>> = Object(spend);
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
  return {
    calls: sum.calls + number(calls),
    tokensIn: sum.tokensIn + number(tokensIn),
    tokensCached: sum.tokensCached + number(tokensCached),
    tokensOut: sum.tokensOut + number(tokensOut),
    nanoUsd: sum.nanoUsd + number(nanoUsd),
  };
}
