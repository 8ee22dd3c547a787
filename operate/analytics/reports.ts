/**
 * Ready-made questions, each a text of SQL over the views. `$from` and `$to` bound when a message came in, or a tag was set; `$now` is
 * when the question is asked. The command line prints them, the console draws them.
 */

export type Report = {
  /** In one line. */
  readonly says: string;
  readonly sql: string;
};

/** Another team's, and whose: two tags for one thing, each a fact of its own. Either alone says it, as the page Quality counts. */
const MISROUTED = '[:_-](misroute$|correct[_-]dept([:_-]|$))';
const IN_WINDOW = 'received_at >= $from::TIMESTAMP AND received_at < $to::TIMESTAMP';

export const REPORTS = {
  funnel: {
    says: 'How far messages came, from the webhook to the reply. Not reached counts what is still on its way too: routed and approved from classified, replied from approved, all else from known.',
    sql: `WITH counted AS (
  SELECT count(*) AS known,
    count(*) FILTER (classified) AS classified,
    count(*) FILTER (classified AND routed) AS routed,
    count(*) FILTER (classified AND approved) AS approved,
    count(*) FILTER (classified AND approved AND replied) AS replied,
    count(*) FILTER (settled) AS settled
  FROM messages WHERE ${IN_WINDOW}
), steps AS (
  SELECT unnest([
    {place: 1, step: 'known', messages: known, before: known},
    {place: 2, step: 'classified', messages: classified, before: known},
    {place: 3, step: 'routed', messages: routed, before: classified},
    {place: 4, step: 'approved', messages: approved, before: classified},
    {place: 5, step: 'replied', messages: replied, before: approved},
    {place: 6, step: 'settled', messages: settled, before: known}
  ], recursive := true), known FROM counted
)
SELECT step, messages, before - messages AS not_reached, round(messages / nullif(known, 0), 4) AS share_of_all
FROM steps ORDER BY place`,
  },
  deflection: {
    says: 'Replies after which the customer did not write again within 24 h; younger ones wait.',
    sql: `WITH replies AS (
  SELECT message.channel, message.resolved,
    message.replied_at + INTERVAL 24 HOURS <= $now::TIMESTAMP AS is_old_enough,
    EXISTS (
      SELECT 1 FROM messages AS later
      WHERE later.conversation_id = message.conversation_id AND later.root_event_id <> message.root_event_id
        AND later.received_at > message.replied_at AND later.received_at <= message.replied_at + INTERVAL 24 HOURS
    ) AS came_back
  FROM messages AS message
  WHERE message.replied AND message.${IN_WINDOW.replace('AND ', 'AND message.')}
), totals AS (
  SELECT channel, count(*) AS messages FROM messages WHERE ${IN_WINDOW} GROUP BY channel
)
SELECT totals.channel, totals.messages,
  count(replies.channel) AS replied,
  count(*) FILTER (resolved) AS resolved,
  count(*) FILTER (came_back) AS came_back,
  count(*) FILTER (NOT came_back AND is_old_enough) AS deflected,
  count(*) FILTER (NOT came_back AND NOT is_old_enough) AS waiting,
  round(count(*) FILTER (NOT came_back AND is_old_enough) / totals.messages, 4) AS share_of_messages
FROM totals LEFT JOIN replies ON replies.channel = totals.channel
GROUP BY totals.channel, totals.messages ORDER BY totals.messages DESC, totals.channel`,
  },
  'response-times': {
    says: 'From the webhook to the end, in seconds, by channel and outcome; parked time is in it.',
    sql: `SELECT channel, outcome, count(*) AS messages,
  round(quantile_cont(end_to_end_ms, 0.5) / 1000, 3) AS p50_s,
  round(quantile_cont(end_to_end_ms, 0.95) / 1000, 3) AS p95_s,
  round(quantile_cont(end_to_end_ms, 0.99) / 1000, 3) AS p99_s,
  round(max(end_to_end_ms) / 1000, 3) AS slowest_s
FROM messages WHERE settled AND ${IN_WINDOW}
GROUP BY channel, outcome ORDER BY messages DESC, channel, outcome`,
  },
  misroutes: {
    says: 'Tickets that agents say went to the wrong team, by the team they had gone to; more than 5 % is too many.',
    sql: `WITH routes AS (
  SELECT conversation_id, team, occurred_at FROM events WHERE event_name = 'TicketRouted' AND team IS NOT NULL
), said AS (
  SELECT conversation_id, occurred_at, correct_team FROM events
  WHERE event_name = 'AgentFeedbackReceived'
    AND len(list_filter(feedback_codes, lambda code: regexp_matches(code, '${MISROUTED}'))) > 0
    AND occurred_at >= $from::TIMESTAMP AND occurred_at < $to::TIMESTAMP
), misrouted AS (
  SELECT DISTINCT routes.team, said.correct_team, said.conversation_id
  FROM said ASOF JOIN routes ON said.conversation_id = routes.conversation_id AND said.occurred_at >= routes.occurred_at
), routed AS (
  SELECT team, count(DISTINCT conversation_id) AS tickets FROM routes
  WHERE occurred_at >= $from::TIMESTAMP AND occurred_at < $to::TIMESTAMP GROUP BY team
)
SELECT coalesce(routed.team, misrouted.team) AS team, coalesce(any_value(routed.tickets), 0) AS tickets,
  count(DISTINCT misrouted.conversation_id) AS misrouted,
  round(count(DISTINCT misrouted.conversation_id) / nullif(any_value(routed.tickets), 0), 4) AS share,
  mode(misrouted.correct_team) AS mostly_belonged_to
FROM routed FULL JOIN misrouted ON misrouted.team = routed.team
GROUP BY ALL ORDER BY misrouted DESC, tickets DESC, team`,
  },
  cost: {
    says: 'What models over the network were asked and paid, by day (UTC) and intent; the embedded ones cost nothing.',
    sql: `SELECT strftime(received_at, '%Y-%m-%d') AS day, coalesce(intent, 'none') AS intent, count(*) AS messages,
  sum(model_calls)::BIGINT AS model_calls, sum(tokens_in)::BIGINT AS tokens_in,
  sum(tokens_cached)::BIGINT AS tokens_cached, sum(tokens_out)::BIGINT AS tokens_out,
  round(sum(nano_usd) / 1e9, 6) AS usd, round(sum(nano_usd) / 1e6 / count(*), 6) AS usd_per_1000
FROM messages WHERE ${IN_WINDOW}
GROUP BY day, coalesce(intent, 'none') ORDER BY day, messages DESC, intent`,
  },
} as const satisfies Readonly<Record<string, Report>>;

export type ReportName = keyof typeof REPORTS;
export const REPORT_NAMES = Object.keys(REPORTS) as ReportName[];
