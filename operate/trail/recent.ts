/**
 * The messages that came in last. Their first facts have ids that rise with time, so that the trail's index by hour gives the
 * newest without reading the others; what became of each is in the conversation's timeline. A bounded window, however long the trail.
 */
import type { Outcome } from '../../events/words.ts';
import { FIRST_GENERATION, modelIn, POINTER } from '../../functions/auditor/generations.ts';
import { HOUR_MS, leafHour } from '../../functions/shared/audit/leaves.ts';
import { uuidV7From } from '../../functions/shared/ids.ts';
import type { Item } from '../../functions/shared/store/language.ts';
import { LEAVES_BY_HOUR } from '../../functions/shared/store/tables.ts';
import type { Tables } from '../instance/tables.ts';

export type RecentMessage = {
  /** As events write it. */
  readonly conversationId: string;
  readonly messageKey: string | null;
  readonly rootEventId: string;
  readonly channel: string;
  readonly receivedAt: string;
  readonly intent: string | null;
  readonly team: string | null;
  readonly templateId: string | null;
  readonly outcome: Outcome | null;
  readonly endToEndMs: number | null;
};

type Reading = Pick<Tables, 'query'>;
type Root = { readonly conversationId: string; readonly rootEventId: string; readonly at: number };

/** Facts that begin a message. */
const ROOTS: readonly unknown[] = ['MessageReceived', 'MissedMessageDetected'];
/** Nobody looks through more silence than this; a ticket is found by its number all the same. */
const LOOK_BACK_HOURS = 72;
const HOURS_AT_ONCE = 12;
/** A fact may be written down so long after it happened. */
const LATE_MS = 24 * HOUR_MS;
const LAST = new Uint8Array(10).fill(0xff);
const FIRST = new Uint8Array(10);

/**
 * The newest first.
 *
 * @param before  epoch milliseconds, exclusive: what came in earlier
 */
export async function recentMessages(tables: Reading, before: number, most: number): Promise<RecentMessage[]> {
  const [roots, generation] = await Promise.all([rootsBefore(tables, before, most), generationOf(tables)]);
  const conversations = [...new Set(roots.map(({ conversationId }) => conversationId))];
  const timelines = new Map(
    await Promise.all(conversations.map(async (id) => [id, await timelineOf(tables, generation, id)] as const)),
  );
  return roots.map((root) => messageOf(root, timelines.get(root.conversationId) ?? []));
}

async function rootsBefore(tables: Reading, before: number, most: number): Promise<Root[]> {
  const found: Root[] = [];
  // What came in before an hour's end may stand in the next one's partition.
  const newest = before + HOUR_MS;
  for (let hour = 0; hour < LOOK_BACK_HOURS && found.length < most; hour += HOURS_AT_ONCE) {
    const hours = Array.from({ length: HOURS_AT_ONCE }, (_, index) => newest - (hour + index) * HOUR_MS);
    found.push(...(await Promise.all(hours.map((at) => rootsOfHour(tables, at, before, most)))).flat());
  }
  const unique = [...new Map(found.map((root) => [root.rootEventId, root])).values()];
  return unique.toSorted((a, b) => b.at - a.at).slice(0, most);
}

async function rootsOfHour(tables: Reading, at: number, before: number, most: number): Promise<Root[]> {
  const question = {
    IndexName: LEAVES_BY_HOUR,
    // Ids of other facts are computed, not counted up: hardly one of them falls between two instants.
    KeyConditionExpression: 'leaf_hour = :hour AND event_id BETWEEN :from AND :to',
    ProjectionExpression: 'conversation_id, event_id, event_name',
    ExpressionAttributeValues: {
      ':hour': { S: leafHour(at) },
      ':from': { S: uuidV7From(at - LATE_MS, FIRST) },
      ':to': { S: uuidV7From(before - 1, LAST) },
    },
    ScanIndexForward: false,
    Limit: most,
  };
  const roots: Root[] = [];
  for await (const item of tables.query('audit_trail', question)) {
    const rootEventId = String(item.event_id);
    if (ROOTS.includes(item.event_name))
      roots.push({ conversationId: String(item.conversation_id), rootEventId, at: timeOf(rootEventId) });
    if (roots.length >= most) break;
  }
  return roots;
}

/** Epoch milliseconds that a UUID of version 7 carries. */
const timeOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

async function generationOf(tables: Reading): Promise<string> {
  const question = {
    KeyConditionExpression: 'model = :m AND #k = :k',
    ExpressionAttributeNames: { '#k': 'key' },
    ExpressionAttributeValues: { ':m': { S: String(POINTER.model) }, ':k': { S: String(POINTER.key) } },
  };
  for await (const { current } of tables.query('read_models', question)) return String(current ?? FIRST_GENERATION);
  return FIRST_GENERATION;
}

async function timelineOf(tables: Reading, generation: string, conversationId: string): Promise<Item[]> {
  const question = {
    KeyConditionExpression: 'model = :m',
    ExpressionAttributeValues: { ':m': { S: modelIn(generation, `timeline#${conversationId}`) } },
  };
  const rows: Item[] = [];
  for await (const row of tables.query('read_models', question)) rows.push(row);
  return rows;
}

function messageOf({ conversationId, rootEventId, at }: Root, timeline: readonly Item[]): RecentMessage {
  const rows = timeline.filter(({ root_event_id }) => root_event_id === rootEventId);
  const told = (name: string, key: string): unknown => {
    const row = rows.findLast(({ event_name }) => event_name === name);
    return (Object(row?.told) as Record<string, unknown>)[key];
  };
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const ms = told('MessageSettled', 'endToEndMs');
  return {
    conversationId,
    rootEventId,
    messageKey: text(
      rows.findLast(({ event_name }) => event_name !== 'MessageReceived')?.message_key ?? rows[0]?.message_key,
    ),
    channel: text(rows.find(({ channel }) => channel !== 'unknown')?.channel) ?? 'unknown',
    receivedAt: new Date(at).toISOString(),
    intent: text(told('MessageClassified', 'primaryIntent')),
    team: text(told('TicketRouted', 'department')),
    templateId: text(told('ReplySent', 'templateId')),
    outcome: text(told('MessageSettled', 'outcome')) as Outcome | null,
    endToEndMs: typeof ms === 'number' ? ms : null,
  };
}
