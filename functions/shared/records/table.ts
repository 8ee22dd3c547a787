/**
 * The table of facts that people ask with SQL, `frontdesk_events_v1`: one flat row for each fact, of ids, codes, counts and
 * instants. Declared once; the function, Athena's table, DuckDB's view and docs/analytics.md are made from it. Only ever added to:
 * anything else is a table `_v2` (platform §6.8).
 */

/** `text` is an id or a code; `uuid` an id of ours; `instant` RFC 3339 in UTC; `texts` a list of codes. */
export type ColumnType = 'uuid' | 'text' | 'texts' | 'instant' | 'integer' | 'number' | 'boolean';
type Column = {
  readonly name: string;
  readonly type: ColumnType;
  /** Absent where the fact does not say. */
  readonly isOptional: boolean;
  readonly says: string;
};

const always = <const N extends string, const T extends ColumnType>(name: N, type: T, says: string) =>
  ({ name, type, isOptional: false, says }) as const;
const maybe = <const N extends string, const T extends ColumnType>(name: N, type: T, says: string) =>
  ({ name, type, isOptional: true, says }) as const;

export const TABLE_NAME = 'frontdesk_events_v1';

export const COLUMNS = [
  always('event_id', 'uuid', 'The key: copies of a fact share it, and a reader counts it once.'),
  always('event_name', 'text', 'Which fact; docs/events says what each stands for.'),
  always('schema_version', 'text', 'Version of that fact.'),
  always('occurred_at', 'instant', 'When it happened, whenever it was delivered or replayed.'),
  always('env', 'text', 'The stage.'),
  always('brand_id', 'text', 'The brand that answers.'),
  always('producer', 'text', 'The function that stated it.'),
  always('release', 'text', 'The release that stated it.'),
  always('channel', 'text', 'Channel of the message; unknown for facts about none.'),
  always('hops', 'integer', 'How many facts led to it since the webhook.'),
  always('from_replay', 'boolean', 'Derived while a recovery was replayed.'),
  maybe('conversation_id', 'text', 'Conversation of the helpdesk.'),
  maybe('message_key', 'text', 'The comment that is handled, else the intake.'),
  maybe('root_event_id', 'uuid', 'One for each message: every fact about it has the same.'),
  maybe('causation_id', 'uuid', 'The fact that led to it.'),
  maybe('received_at', 'instant', 'When the webhook of the message was accepted.'),
  maybe('decision_id', 'text', 'The decision it belongs to.'),
  maybe('approval_id', 'text', 'The approved reply it belongs to.'),
  maybe('intent', 'text', 'Primary intent.'),
  maybe('tier', 'integer', '0, 1 or 2.'),
  maybe('team', 'text', 'Team that it goes to, or would have gone to.'),
  maybe('route_mode', 'text', 'How a route came about: now, afterReply, escalation, fallback, tags_only.'),
  maybe('assigned', 'boolean', 'Whether the team stands on the ticket.'),
  maybe('confidence', 'number', 'Routing confidence, 0 to 1.'),
  maybe('margin', 'number', 'Distance to the second intent.'),
  maybe('template_id', 'text', 'The reply that is meant, or was considered.'),
  maybe('reason_code', 'text', 'Why; the deciding one.'),
  maybe('reason_codes', 'texts', 'All reasons, the deciding one first.'),
  maybe('would_reply', 'boolean', 'Only a switch kept the reply back.'),
  maybe('outcome', 'text', 'How a message ended, or a reply that failed.'),
  maybe('settled_by', 'text', 'The function that closed the last branch.'),
  maybe('end_to_end_ms', 'integer', 'From the webhook to the end, in milliseconds.'),
  maybe('latency_ms', 'integer', 'What a reading or a send took, in milliseconds.'),
  maybe('error_code', 'text', 'Our code of what went wrong.'),
  maybe('match', 'text', 'How an order was matched, or why none was.'),
  maybe('feedback_codes', 'texts', "An agent's feedback tags."),
  maybe('correct_team', 'text', 'The team that the agent says is right.'),
  maybe('model_calls', 'integer', 'Calls of a model over the network.'),
  maybe('tokens_in', 'integer', 'Tokens asked.'),
  maybe('tokens_cached', 'integer', 'Of these, served from the prefix cache.'),
  maybe('tokens_out', 'integer', 'Tokens answered.'),
  maybe('nano_usd', 'integer', 'What they cost, in billionths of a dollar.'),
  maybe('model', 'text', 'Model of the decision.'),
  maybe('prompt', 'text', 'Version of the prompt.'),
  maybe('thresholds', 'text', 'Version of the thresholds.'),
  maybe('flag', 'text', 'A switch that was changed.'),
  maybe('old_value', 'text', 'Its value before.'),
  maybe('new_value', 'text', 'Its value since.'),
  maybe('vendor', 'text', 'The vendor of a circuit.'),
  maybe('operation_class', 'text', 'Which of its calls.'),
] as const satisfies readonly Column[];

type ValueOf = {
  readonly uuid: string;
  readonly text: string;
  readonly texts: readonly string[];
  readonly instant: string;
  readonly integer: number;
  readonly number: number;
  readonly boolean: boolean;
};
type Named<C extends (typeof COLUMNS)[number]> = { readonly [K in C as K['name']]: ValueOf[K['type']] };
type Always = Extract<(typeof COLUMNS)[number], { isOptional: false }>;
type Maybe = Extract<(typeof COLUMNS)[number], { isOptional: true }>;

/** One row. What the fact does not say is no key of it. */
export type FactRecord = Named<Always> & Partial<Named<Maybe>>;

/** Firehose's delivery stream that the rows go through. */
export const recordStream = (env: string): string => `frontdesk-${env}-facts`;
/** Where they lie below the bucket, or below the folder of one machine, by the hour of their arrival. */
export const RECORDS_FOLDER = 'events';
