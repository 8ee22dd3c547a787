/** Hands matched events to their targets: at least once, with EventBridge's retry policy and dead-letter queue. */
import type { DatabaseSync } from 'node:sqlite';
import type { Measure } from '../../telemetry/native.ts';
import { transact } from '../database.ts';
import { AwsError } from '../service.ts';
import { createAlarm, type Timing } from '../time.ts';
import { resourceOf } from './arns.ts';
import type { MatchedTarget } from './rule-book.ts';
import { DEFAULT_BUS } from './schema.ts';

/** Lambda's asynchronous queue: joins the open transaction; `false` when there is no such function. */
export type EnqueueInvocation = (request: { functionArn: string; payload: string; delayMs: number }) => boolean;

/** Throws `AwsError` when the queue refuses for good, anything else when another try may help. */
export type SendToQueue = (
  queueName: string,
  body: string,
  attributes: Readonly<Record<string, string>>,
) => void | Promise<void>;

export type Deliveries = {
  /** Joins the open transaction; `wake` follows its commit. */
  add(target: MatchedTarget, eventSeq: number, replayName: string | null, now: number): void;
  wake(): void;
  /** What a former process had in its hands is due at once. */
  recover(): void;
  /** Matched and not yet handed to their target. */
  count(): number;
  stop(): void;
};

/** Why there are no more tries; on AWS only a spent retry policy has a name. */
type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | typeof NOT_RETRIABLE;

type DeliveryRow = {
  id: number;
  event_seq: number;
  replay_name: string | null;
  rule_arn: string;
  target_arn: string;
  dead_letter_arn: string | null;
  max_age_seconds: number;
  max_attempts: number;
  created_at: number;
  attempts: number;
  error_code: string | null;
  error_message: string | null;
  exhausted: Exhausted | null;
  body: string;
};

type DeliveryFailure = { readonly code: string; readonly message: string; readonly isRetriable: boolean };

/** EventBridge's defaults and bounds: 24 hours, 185 attempts. */
const DEFAULT_MAX_AGE_SECONDS = 86_400;
const DEFAULT_MAX_ATTEMPTS = 185;
/** Rows of one transaction; more wait for the next turn of the event loop. */
const BATCH_ROWS = 200;
/** Exponential with full jitter, ours: AWS does not publish its steps. */
const RETRY_BASE_MS = 1_000;
const RETRY_MAX_MS = 600_000;
/** How far behind the first the second copy of a duplicated delivery may come. */
const DUPLICATE_SPREAD_MS = 5_000;
const NOT_RETRIABLE = 'NotRetriable';
const NO_RESOURCE = 'NO_RESOURCE';
const ERROR_FROM_TARGET = 'ERROR_FROM_TARGET';

export function createDeliveries(context: {
  database: DatabaseSync;
  timing: Timing;
  random: () => number;
  duplicateShare: number;
  enqueueInvocation: EnqueueInvocation;
  sendToQueue: SendToQueue;
  /** Told what AWS would count of a rule. */
  measure?: Measure;
}): Deliveries {
  const { database, timing, random, measure = () => {} } = context;
  const insert = database.prepare(
    `INSERT INTO eb_delivery (event_seq, replay_name, rule_arn, target_arn, dead_letter_arn, max_age_seconds, max_attempts,
       created_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const selectDue = database.prepare(
    `SELECT d.*, e.body FROM eb_delivery d JOIN eb_event e ON e.seq = d.event_seq
     WHERE d.due_at <= ? ORDER BY d.due_at, d.id LIMIT ${BATCH_ROWS}`,
  );
  const selectNext = database.prepare('SELECT min(due_at) AS due FROM eb_delivery');
  const countRows = database.prepare('SELECT count(*) AS deliveries FROM eb_delivery');
  const remove = database.prepare('DELETE FROM eb_delivery WHERE id = ?');
  const removeEvent = database.prepare(
    `DELETE FROM eb_event WHERE seq = ?1 AND NOT EXISTS (SELECT 1 FROM eb_delivery WHERE event_seq = ?1)
       AND NOT EXISTS (SELECT 1 FROM eb_archived WHERE seq = ?1)`,
  );
  const postpone = database.prepare(
    'UPDATE eb_delivery SET attempts = ?, due_at = ?, error_code = ?, error_message = ?, exhausted = ? WHERE id = ?',
  );
  const hold = database.prepare('UPDATE eb_delivery SET due_at = ? WHERE id = ?');
  // Held for a send that its process did not live to finish; what waits for another attempt has one behind it.
  const release = database.prepare(
    'UPDATE eb_delivery SET due_at = ? WHERE (exhausted IS NOT NULL OR attempts = 0) AND due_at > ?',
  );
  const alarm = createAlarm(timing, pump);
  let isStopped = false;

  /** One batch: functions within one transaction, queues one by one afterwards. */
  function pump(): void {
    if (isStopped) return;
    const toQueues = transact(database, () => {
      const rows = selectDue.all(timing.now()) as DeliveryRow[];
      const waiting: DeliveryRow[] = [];
      for (const row of rows) {
        if (row.exhausted === null && isTooOld(row)) expire(row);
        else if (row.exhausted === null && isFunction(row)) handToFunction(row);
        else waiting.push(row);
      }
      // A send that never answers is tried again; the row is not taken meanwhile.
      for (const row of waiting) hold.run(inAWhile(), row.id);
      return waiting;
    });
    for (const row of toQueues) void handToQueue(row);
    scheduleNext();
  }

  function scheduleNext(): void {
    const { due } = selectNext.get() as { due: number | null };
    if (due !== null) alarm.at(due);
  }

  const inAWhile = () => Math.ceil(timing.now() + RETRY_MAX_MS * timing.timeScale);
  const copies = () => (random() < context.duplicateShare ? 2 : 1);

  function handToFunction(row: DeliveryRow): void {
    const payload = payloadOf(row);
    const isKnown = context.enqueueInvocation({ functionArn: row.target_arn, payload, delayMs: 0 });
    if (!isKnown) {
      fail(row, { code: NO_RESOURCE, message: 'The function does not exist.', isRetriable: false });
      return;
    }
    if (copies() === 2) {
      const delayMs = random() * DUPLICATE_SPREAD_MS * timing.timeScale;
      context.enqueueInvocation({ functionArn: row.target_arn, payload, delayMs });
    }
    tell(row, 'Invocations');
    finish(row);
  }

  async function handToQueue(row: DeliveryRow): Promise<void> {
    if (row.exhausted !== null) return sendToDeadLetters(row);
    const { resource: queueName } = resourceOf(row.target_arn);
    try {
      for (let copy = copies(); copy > 0; copy -= 1) await context.sendToQueue(queueName, payloadOf(row), {});
    } catch (error) {
      const isRetriable = !(error instanceof AwsError);
      const failure = isRetriable
        ? { code: ERROR_FROM_TARGET, message: 'The queue did not take the event.', isRetriable }
        : { code: NO_RESOURCE, message: 'The queue does not exist.', isRetriable };
      return settle(() => fail(row, failure));
    }
    tell(row, 'Invocations');
    settle(() => finish(row));
  }

  function tell(row: DeliveryRow, what: 'Invocations' | 'FailedInvocations' | 'InvocationsSentToDlq'): void {
    // `rule/<name>` on the default bus, else `rule/<bus>/<name>`.
    const [, first = '', second] = resourceOf(row.rule_arn).resource.split('/');
    measure({ of: 'rule', what, bus: second === undefined ? DEFAULT_BUS : first, rule: second ?? first });
  }

  function settle(work: () => void): void {
    // A closed database keeps the row; the next process delivers again.
    if (isStopped) return;
    transact(database, work);
    scheduleNext();
  }

  function finish(row: DeliveryRow): void {
    remove.run(row.id);
    removeEvent.run(row.event_seq);
  }

  function fail(row: DeliveryRow, failure: DeliveryFailure): void {
    const now = timing.now();
    // `attempts` counts tries; the policy counts retries, the tries after the first.
    const attempts = row.attempts + 1;
    const longestWait = Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** row.attempts) * timing.timeScale;
    const retryAt = Math.ceil(now + random() * longestWait);
    let exhausted: Exhausted | null = null;
    if (!failure.isRetriable) exhausted = NOT_RETRIABLE;
    else if (attempts > row.max_attempts) exhausted = 'MaximumRetryAttempts';
    else if (retryAt > expiresAt(row)) exhausted = 'MaximumEventAgeInSeconds';
    if (exhausted === null) postpone.run(attempts, retryAt, failure.code, failure.message, null, row.id);
    else giveUp(row, attempts, failure, exhausted);
  }

  /** An event that grew too old while the process was down. */
  function expire(row: DeliveryRow): void {
    const failure = {
      code: row.error_code ?? 'TIMEOUT',
      message: row.error_message ?? 'The event became too old before it could be delivered.',
    };
    giveUp(row, row.attempts, failure, 'MaximumEventAgeInSeconds');
  }

  /** The row becomes the dead letter; without a queue for it the event is dropped, as on AWS. */
  function giveUp(
    row: DeliveryRow,
    attempts: number,
    failure: { code: string; message: string },
    exhausted: Exhausted,
  ): void {
    tell(row, 'FailedInvocations');
    if (row.dead_letter_arn === null) finish(row);
    else postpone.run(attempts, timing.now(), failure.code, failure.message, exhausted, row.id);
  }

  const expiresAt = (row: DeliveryRow) => row.created_at + row.max_age_seconds * 1_000 * timing.timeScale;
  const isTooOld = (row: DeliveryRow) => timing.now() > expiresAt(row);

  async function sendToDeadLetters(row: DeliveryRow): Promise<void> {
    const { resource: queueName } = resourceOf(row.dead_letter_arn ?? '');
    const attributes: Record<string, string> = {
      RULE_ARN: row.rule_arn,
      TARGET_ARN: row.target_arn,
      ERROR_CODE: row.error_code ?? '',
      ERROR_MESSAGE: row.error_message ?? '',
      ...(row.exhausted === null || row.exhausted === NOT_RETRIABLE
        ? {}
        : { EXHAUSTED_RETRY_CONDITION: row.exhausted }),
      RETRY_ATTEMPTS: String(Math.max(0, row.attempts - 1)),
    };
    try {
      await context.sendToQueue(queueName, payloadOf(row), attributes);
    } catch {
      // AWS would drop it here; on one machine the queue may come with the next start.
      return settle(() => hold.run(inAWhile(), row.id));
    }
    tell(row, 'InvocationsSentToDlq');
    settle(() => finish(row));
  }

  return {
    add(target, eventSeq, replayName, now) {
      insert.run(
        eventSeq,
        replayName,
        target.ruleArn,
        target.arn,
        target.dead_letter_arn,
        target.max_age_seconds ?? DEFAULT_MAX_AGE_SECONDS,
        target.max_attempts ?? DEFAULT_MAX_ATTEMPTS,
        now,
        now,
      );
    },
    wake: scheduleNext,
    recover() {
      release.run(timing.now(), timing.now());
      scheduleNext();
    },
    count: () => (countRows.get() as { deliveries: number }).deliveries,
    stop() {
      isStopped = true;
      alarm.stop();
    },
  };
}

const isFunction = (row: DeliveryRow) => resourceOf(row.target_arn).service === 'lambda';

function payloadOf(row: DeliveryRow): string {
  return row.replay_name === null
    ? row.body
    : `${row.body.slice(0, -1)},"replay-name":${JSON.stringify(row.replay_name)}}`;
}
