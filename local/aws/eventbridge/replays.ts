/** Replays of an archive to its own bus: the API; `replay-runner.ts` does the work. */
import type { DatabaseSync } from 'node:sqlite';
import { AwsError, type AwsOperation } from '../service.ts';
import type { Archives } from './archives.ts';
import type { Arns } from './arns.ts';
import type { Buses } from './buses.ts';
import {
  defined,
  epochSeconds,
  invalidParameter,
  listFilter,
  objectOf,
  optionalText,
  paginate,
  requiredArn,
  requiredInstant,
  requiredName,
} from './input.ts';
import type { ReplayRow, ReplayRunner } from './replay-runner.ts';
import type { Rules } from './rules.ts';

type ReplayOperation = 'StartReplay' | 'DescribeReplay' | 'ListReplays' | 'CancelReplay';

const REPLAY_STATES = ['STARTING', 'RUNNING', 'CANCELLING', 'COMPLETED', 'CANCELLED', 'FAILED'] as const;
/** EventBridge's quota of replays at once (reference/sst-offline.md). */
const MAX_ACTIVE_REPLAYS = 10;

export function createReplays(context: {
  database: DatabaseSync;
  arns: Arns;
  now: () => number;
  buses: Buses;
  archives: Archives;
  rules: Rules;
  runner: ReplayRunner;
}): Readonly<Record<ReplayOperation, AwsOperation>> {
  const { database, arns, buses, archives, rules, runner } = context;
  const select = database.prepare('SELECT * FROM eb_replay WHERE name = ?');
  const selectAll = database.prepare('SELECT * FROM eb_replay ORDER BY name');
  const countActive = database.prepare(
    "SELECT count(*) AS active FROM eb_replay WHERE state IN ('STARTING', 'RUNNING', 'CANCELLING')",
  );
  const insert = database.prepare(
    `INSERT INTO eb_replay (name, archive, bus, description, filter_arns, state, start_time, end_time, cursor_time, started_at)
     VALUES (?, ?, ?, ?, ?, 'STARTING', ?, ?, ?, ?)`,
  );
  const cancel = database.prepare("UPDATE eb_replay SET state = 'CANCELLING' WHERE name = ?");

  const find = (name: string) => select.get(name) as ReplayRow | undefined;
  const requireRow = (name: string): ReplayRow => {
    const row = find(name);
    if (row === undefined) throw new AwsError('ResourceNotFoundException', `Replay ${name} does not exist.`);
    return row;
  };
  const summary = (row: ReplayRow) =>
    defined({
      ReplayName: row.name,
      EventSourceArn: arns.archive(row.archive),
      State: row.state,
      StateReason: row.state_reason,
      EventStartTime: epochSeconds(row.start_time),
      EventEndTime: epochSeconds(row.end_time),
      EventLastReplayedTime: epochSeconds(row.last_event_time),
      ReplayStartTime: epochSeconds(row.started_at),
      ReplayEndTime: epochSeconds(row.ended_at),
    });

  /** The rules a replay keeps to, as JSON; `null` for all. Each must be a rule of the archive's bus. */
  function filterOf(value: unknown, bus: string): string | null {
    if (value === undefined || value === null) return null;
    if (!Array.isArray(value) || !value.every((arn) => typeof arn === 'string')) {
      throw new AwsError('SerializationException', 'FilterArns is not a list of strings.');
    }
    for (const arn of value) {
      const name = arn.slice(arn.lastIndexOf('/') + 1);
      if (arn !== arns.rule(bus, name)) {
        throw invalidParameter('Destination.FilterArns', 'Must contain ARNs of rules of the event bus.');
      }
      rules.require(bus, name);
    }
    return value.length === 0 ? null : JSON.stringify(value);
  }

  return {
    StartReplay(input) {
      const name = requiredName(input, 'ReplayName', 64);
      const archive = archives.require(requiredArn(input, 'EventSourceArn', 'archive'));
      const destination = objectOf(input.Destination, 'Destination');
      const bus = requiredArn(destination, 'Arn', 'event-bus');
      buses.require(bus);
      if (bus !== archive.bus) {
        throw invalidParameter('Destination.Arn', 'Cross event bus replay is not permitted.');
      }
      const start = requiredInstant(input, 'EventStartTime');
      const end = requiredInstant(input, 'EventEndTime');
      if (start >= end) throw invalidParameter('EventEndTime', 'EventStartTime must be before EventEndTime.');
      const filterArns = filterOf(destination.FilterArns, archive.bus);
      if (find(name) !== undefined) {
        throw new AwsError('ResourceAlreadyExistsException', `Replay ${name} already exists.`);
      }
      if ((countActive.get() as { active: number }).active >= MAX_ACTIVE_REPLAYS) {
        throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
      }
      const startedAt = context.now();
      const description = optionalText(input, 'Description') ?? null;
      insert.run(name, archive.name, archive.bus, description, filterArns, start, end, start, startedAt);
      runner.wake();
      return { ReplayArn: arns.replay(name), State: 'STARTING', ReplayStartTime: epochSeconds(startedAt) };
    },
    DescribeReplay(input) {
      const row = requireRow(requiredName(input, 'ReplayName', 64));
      const filterArns = row.filter_arns === null ? null : (JSON.parse(row.filter_arns) as string[]);
      return defined({
        ...summary(row),
        ReplayArn: arns.replay(row.name),
        Description: row.description,
        Destination: defined({ Arn: arns.bus(row.bus), FilterArns: filterArns }),
      });
    },
    ListReplays(input) {
      const { prefix, state, source } = listFilter(input, 'ListReplays', 64, REPLAY_STATES);
      const rows = (selectAll.all() as ReplayRow[]).filter(
        (row) =>
          row.name.startsWith(prefix) &&
          (state === undefined || state === row.state) &&
          (source === undefined || source === arns.archive(row.archive)),
      );
      const { page, token } = paginate(rows, input, (row) => row.name);
      return { Replays: page.map(summary), ...token };
    },
    CancelReplay(input) {
      const row = requireRow(requiredName(input, 'ReplayName', 64));
      if (row.state !== 'STARTING' && row.state !== 'RUNNING') {
        throw new AwsError('IllegalStatusException', `Replay ${row.name} is not in a valid state for this operation.`);
      }
      cancel.run(row.name);
      runner.wake();
      return { ReplayArn: arns.replay(row.name), State: 'CANCELLING' };
    },
  };
}
