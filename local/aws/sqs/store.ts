/** Queues and messages in SQLite. Every change is one statement, so it also works inside a caller's transaction. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { MessageAttributes } from './attributes.ts';

export type QueueSettings = {
  readonly delaySeconds: number;
  readonly visibilitySeconds: number;
  readonly retentionSeconds: number;
  readonly waitSeconds: number;
  readonly redrive: { readonly target: string; readonly maxReceives: number } | null;
};

export type Queue = {
  readonly name: string;
  readonly settings: QueueSettings;
  readonly createdAt: number;
  readonly modifiedAt: number;
};

export type StoredMessage = {
  readonly messageId: string;
  /** Good until the message is received again. */
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** Epoch milliseconds, as every time here. */
  readonly sentAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt: number;
  /** Queue from which a redrive policy moved it. */
  readonly deadLetterOf: string | null;
};

export type QueueDepth = { readonly visible: number; readonly inFlight: number; readonly delayed: number };

export type QueueStore = ReturnType<typeof createQueueStore>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sqs_queues (
    name TEXT PRIMARY KEY, settings TEXT NOT NULL, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sqs_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, message_id TEXT NOT NULL, body TEXT NOT NULL,
    attributes TEXT NOT NULL, sent_at INTEGER NOT NULL, visible_at INTEGER NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0, first_received_at INTEGER, receipt TEXT, dead_letter_of TEXT
  );
  CREATE INDEX IF NOT EXISTS sqs_messages_due ON sqs_messages (queue, visible_at, id);
`;

const RECEIPT = /^(\d{1,15})\.\d{1,9}\.[0-9A-F]{24}$/;

/** Row id inside a receipt handle, or `null` when it is none of ours. */
export function messageOfReceipt(receiptHandle: string): number | null {
  const match = RECEIPT.exec(receiptHandle);
  return match === null ? null : Number(match[1]);
}

export function createQueueStore(database: DatabaseSync) {
  database.exec(SCHEMA);
  const statements = {
    queue: database.prepare('SELECT * FROM sqs_queues WHERE name = ?'),
    queues: database.prepare('SELECT * FROM sqs_queues WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name'),
    putQueue: database.prepare(
      `INSERT INTO sqs_queues VALUES (?1, ?2, ?3, ?3)
       ON CONFLICT (name) DO UPDATE SET settings = excluded.settings, modified_at = excluded.modified_at`,
    ),
    insert: database.prepare(
      `INSERT INTO sqs_messages (queue, message_id, body, attributes, sent_at, visible_at) VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    receive: database.prepare(
      `UPDATE sqs_messages
       SET visible_at = :until, receive_count = receive_count + 1,
           first_received_at = coalesce(first_received_at, :now),
           receipt = id || '.' || (receive_count + 1) || '.' || hex(randomblob(12))
       WHERE id IN (SELECT id FROM sqs_messages WHERE queue = :queue AND visible_at <= :now ORDER BY visible_at, id LIMIT :max)
       RETURNING *`,
    ),
    redrive: database.prepare(
      `UPDATE sqs_messages
       SET queue = :target, visible_at = :now, receive_count = 0, first_received_at = NULL, receipt = NULL,
           dead_letter_of = :queue
       WHERE queue = :queue AND visible_at <= :now AND receive_count >= :maxReceives`,
    ),
    expire: database.prepare('DELETE FROM sqs_messages WHERE queue = ? AND sent_at <= ?'),
    remove: database.prepare('DELETE FROM sqs_messages WHERE id = ? AND queue = ? AND receipt = ?'),
    visibility: database.prepare(
      'UPDATE sqs_messages SET visible_at = :until WHERE id = :id AND queue = :queue AND receipt = :receipt AND visible_at > :now',
    ),
    nextDue: database.prepare('SELECT min(visible_at) AS due FROM sqs_messages WHERE queue = ?'),
    oldest: database.prepare('SELECT min(sent_at) AS sent FROM sqs_messages WHERE queue = ?'),
    depth: database.prepare(
      `SELECT count(*) FILTER (WHERE visible_at <= :now) AS visible,
              count(*) FILTER (WHERE visible_at > :now AND receive_count > 0) AS in_flight,
              count(*) FILTER (WHERE visible_at > :now AND receive_count = 0) AS delayed
       FROM sqs_messages WHERE queue = :queue`,
    ),
    returnInFlight: database.prepare(
      'UPDATE sqs_messages SET visible_at = :now, receipt = NULL WHERE queue = :queue AND receipt IS NOT NULL AND visible_at > :now',
    ),
    purge: database.prepare('DELETE FROM sqs_messages WHERE queue = ?'),
  };

  return {
    queue(name: string): Queue | null {
      const row = statements.queue.get(name);
      return row === undefined ? null : queueOf(row);
    },
    queues(prefix: string): Queue[] {
      return statements.queues.all(prefix).map(queueOf);
    },
    /** What a dead process had received is there again at once. */
    returnInFlight(queue: string, now: number): void {
      statements.returnInFlight.run({ queue, now });
    },
    /** Makes the queue, or changes the settings of an existing one. */
    putQueue(name: string, settings: QueueSettings, now: number): void {
      statements.putQueue.run(name, JSON.stringify(settings), now);
    },
    /** Returns the id of the new message. */
    insert(queue: string, body: string, attributes: MessageAttributes, now: number, visibleAt: number): string {
      const messageId = randomUUID();
      statements.insert.run(queue, messageId, body, JSON.stringify(attributes), now, visibleAt);
      return messageId;
    },
    /** Takes up to `max` due messages, oldest first; they are invisible until `until`. */
    receive(queue: string, max: number, now: number, until: number): StoredMessage[] {
      return statements.receive
        .all({ queue, max, now, until })
        .sort((a, b) => Number(a.id) - Number(b.id))
        .map(messageOf);
    },
    /** Moves what was received too often to the dead-letter queue. */
    redrive(queue: string, target: string, maxReceives: number, now: number): void {
      statements.redrive.run({ queue, target, maxReceives, now });
    },
    expire(queue: string, sentBefore: number): void {
      statements.expire.run(queue, sentBefore);
    },
    /** False when the handle is no longer the newest of its message. */
    remove(queue: string, receiptHandle: string): boolean {
      return statements.remove.run(messageOfReceipt(receiptHandle), queue, receiptHandle).changes > 0;
    },
    /** False when the message is not in flight under this handle. */
    changeVisibility(queue: string, receipt: string, now: number, until: number): boolean {
      return statements.visibility.run({ id: messageOfReceipt(receipt), queue, receipt, now, until }).changes > 0;
    },
    /** When the next message becomes visible; `null` when there is none at all. */
    nextDue(queue: string): number | null {
      const due = statements.nextDue.get(queue)?.due ?? null;
      return due === null ? null : Number(due);
    },
    depth(queue: string, now: number): QueueDepth {
      const row = statements.depth.get({ queue, now });
      return {
        visible: Number(row?.visible ?? 0),
        inFlight: Number(row?.in_flight ?? 0),
        delayed: Number(row?.delayed ?? 0),
      };
    },
    /** When the oldest message was sent; `null` when there is none. */
    oldestSentAt(queue: string): number | null {
      const sent = statements.oldest.get(queue)?.sent ?? null;
      return sent === null ? null : Number(sent);
    },
    purge(queue: string): void {
      statements.purge.run(queue);
    },
  };
}

type Row = Record<string, unknown>;

function queueOf(row: Row): Queue {
  return {
    name: String(row.name),
    settings: JSON.parse(String(row.settings)),
    createdAt: Number(row.created_at),
    modifiedAt: Number(row.modified_at),
  };
}

function messageOf(row: Row): StoredMessage {
  return {
    messageId: String(row.message_id),
    receiptHandle: String(row.receipt),
    body: String(row.body),
    attributes: JSON.parse(String(row.attributes)),
    sentAt: Number(row.sent_at),
    receiveCount: Number(row.receive_count),
    firstReceivedAt: Number(row.first_received_at),
    deadLetterOf: row.dead_letter_of === null ? null : String(row.dead_letter_of),
  };
}
