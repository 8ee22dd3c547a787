/** What can be asked: the facts, each once, and the messages that they are about. Texts of SQL alone. */
import { COLUMNS, type ColumnType } from '../../functions/shared/records/table.ts';

const TYPES: Readonly<Record<ColumnType, string>> = {
  uuid: 'UUID',
  text: 'VARCHAR',
  texts: 'VARCHAR[]',
  instant: 'TIMESTAMP',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
};

const NAMES = COLUMNS.map(({ name }) => name).join(', ');

/** Rows as they lie in files, doubles included. A line that a dead process tore is no row. */
export function rowsOf(files: { readonly lines: readonly string[]; readonly parquet: readonly string[] }): string {
  const types = COLUMNS.map(({ name, type }) => `${name}: '${TYPES[type]}'`).join(', ');
  const sources = [
    ...(files.lines.length > 0
      ? [
          `SELECT ${NAMES} FROM read_json(${listOf(files.lines)}, format = 'newline_delimited', ignore_errors = true,
             hive_partitioning = false, columns = {${types}}) WHERE event_id IS NOT NULL`,
        ]
      : []),
    // Columns are only ever added: an older file has fewer.
    ...(files.parquet.length > 0
      ? [
          `SELECT ${NAMES} FROM (SELECT * FROM (${nothing(types)}) UNION ALL BY NAME
             SELECT * FROM read_parquet(${listOf(files.parquet)}, union_by_name = true, hive_partitioning = false))`,
        ]
      : []),
  ];
  return sources.length > 0 ? sources.join('\nUNION ALL\n') : nothing(types);
}

/** The same columns without a row. */
function nothing(types: string): string {
  const columns = types.replaceAll(/\b(\w{1,64}): '([A-Z[\]]{1,32})'/g, 'NULL::$2 AS $1');
  return `SELECT ${columns} WHERE false`;
}

function listOf(files: readonly string[]): string {
  return `[${files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ')}]`;
}

export type View = { readonly name: string; readonly says: string; readonly sql: string };

export const EVENTS_VIEW = {
  name: 'events',
  says: 'one row for each fact, however often it was delivered',
  sql: 'SELECT DISTINCT ON (event_id) * FROM kept',
} as const satisfies View;

const happened = (...names: readonly string[]): string =>
  `bool_or(event_name IN (${names.map((name) => `'${name}'`).join(', ')}))`;
const of = (name: string): string => `FILTER (event_name = '${name}')`;

/** A webhook may not name its channel, and `MessageSettled` repeats the webhook: the facts between the two know it from the ticket. */
export const MESSAGES_VIEW = {
  name: 'messages',
  says: 'one row for each message, of what its facts say',
  sql: `SELECT
  root_event_id,
  min(conversation_id) AS conversation_id,
  coalesce(max(channel) FILTER (channel <> 'unknown'), 'unknown') AS channel,
  coalesce(min(received_at), min(occurred_at)) AS received_at,
  ${happened('MessageClassified', 'ClassificationFailed')} AS classified,
  ${happened('TicketRouted')} AS routed,
  ${happened('ReplyApproved')} AS approved,
  ${happened('ReplySent')} AS replied,
  ${happened('EscalationRaised')} AS escalated,
  ${happened('TicketResolved')} AS resolved,
  ${happened('MessageSettled')} AS settled,
  max(outcome) ${of('MessageSettled')} AS outcome,
  max(intent) AS intent,
  max(tier) ${of('MessageClassified')} AS tier,
  arg_max(team, occurred_at) ${of('TicketRouted')} AS team,
  max(template_id) ${of('ReplySent')} AS template_id,
  max(occurred_at) ${of('ReplySent')} AS replied_at,
  max(occurred_at) ${of('TicketRouted')} AS routed_at,
  max(end_to_end_ms) ${of('MessageSettled')} AS end_to_end_ms,
  coalesce(sum(model_calls), 0)::BIGINT AS model_calls,
  coalesce(sum(tokens_in), 0)::BIGINT AS tokens_in,
  coalesce(sum(tokens_cached), 0)::BIGINT AS tokens_cached,
  coalesce(sum(tokens_out), 0)::BIGINT AS tokens_out,
  coalesce(sum(nano_usd), 0)::BIGINT AS nano_usd
FROM events
WHERE root_event_id IS NOT NULL AND event_name <> 'AgentFeedbackReceived'
GROUP BY root_event_id`,
} as const satisfies View;

/** In the order in which one is made of the other. */
export const VIEWS: readonly View[] = [EVENTS_VIEW, MESSAGES_VIEW];
