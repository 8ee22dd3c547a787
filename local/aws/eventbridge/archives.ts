/** Archives of a bus: which events they keep is decided when the event is accepted. */
import type { DatabaseSync } from 'node:sqlite';
import { transact } from '../database.ts';
import { AwsError, type AwsOperation } from '../service.ts';
import { createAlarm, type Timing } from '../time.ts';
import type { Arns } from './arns.ts';
import type { Buses } from './buses.ts';
import {
  busNameOf,
  defined,
  epochSeconds,
  type Input,
  notFound,
  optionalInteger,
  optionalText,
  paginate,
  requiredName,
  requiredText,
} from './input.ts';
import { validatePattern } from './pattern.ts';
import type { RuleBook } from './rule-book.ts';

export type ArchiveRow = {
  name: string;
  bus: string;
  pattern: string | null;
  description: string | null;
  retention_days: number;
  created_at: number;
};

type ArchiveOperation = 'CreateArchive' | 'UpdateArchive' | 'DeleteArchive' | 'DescribeArchive' | 'ListArchives';

export type Archives = {
  /** Throws ResourceNotFoundException. */
  require(name: string): ArchiveRow;
  start(): void;
  stop(): void;
  readonly operations: Readonly<Record<ArchiveOperation, AwsOperation>>;
};

const MAX_RETENTION_DAYS = 2_147_483_647;
const DAY_MS = 86_400_000;
/** AWS deletes expired events within a day; here they go within the hour. */
const SWEEP_MS = 3_600_000;

export function createArchives(context: {
  database: DatabaseSync;
  arns: Arns;
  timing: Timing;
  buses: Buses;
  ruleBook: RuleBook;
}): Archives {
  const { database, arns, timing, buses, ruleBook } = context;
  const select = database.prepare('SELECT * FROM eb_archive WHERE name = ?');
  const selectAll = database.prepare('SELECT * FROM eb_archive ORDER BY name');
  const insert = database.prepare(
    'INSERT INTO eb_archive (name, bus, pattern, description, retention_days, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const update = database.prepare(
    'UPDATE eb_archive SET pattern = ?, description = ?, retention_days = ? WHERE name = ?',
  );
  const remove = database.prepare('DELETE FROM eb_archive WHERE name = ?');
  const removeArchived = database.prepare('DELETE FROM eb_archived WHERE archive = ?');
  const removeExpired = database.prepare('DELETE FROM eb_archived WHERE archive = ? AND archived_at < ?');
  const removeOrphans = database.prepare(
    `DELETE FROM eb_event WHERE NOT EXISTS (SELECT 1 FROM eb_archived a WHERE a.seq = eb_event.seq)
       AND NOT EXISTS (SELECT 1 FROM eb_delivery d WHERE d.event_seq = eb_event.seq)`,
  );
  const measure = database.prepare(
    `SELECT count(*) AS events, coalesce(sum(length(CAST(e.body AS BLOB))), 0) AS bytes
     FROM eb_archived a JOIN eb_event e ON e.seq = a.seq WHERE a.archive = ?`,
  );
  const alarm = createAlarm(timing, sweep);

  // Retention is a calendar matter and no wait: the time scale leaves it alone.
  function sweep(): void {
    const archives = (selectAll.all() as ArchiveRow[]).filter((archive) => archive.retention_days > 0);
    transact(database, () => {
      const expired = archives.map(({ name, retention_days }) =>
        Number(removeExpired.run(name, timing.now() - retention_days * DAY_MS).changes),
      );
      if (expired.some((count) => count > 0)) removeOrphans.run();
    });
    alarm.at(timing.now() + SWEEP_MS);
  }

  const requireRow = (name: string): ArchiveRow => {
    const row = select.get(name) as ArchiveRow | undefined;
    if (row === undefined) throw notFound('Archive');
    return row;
  };
  const summary = (row: ArchiveRow) => {
    const { events, bytes } = measure.get(row.name) as { events: number; bytes: number };
    return {
      ArchiveName: row.name,
      EventSourceArn: arns.bus(row.bus),
      State: 'ENABLED',
      RetentionDays: row.retention_days,
      SizeBytes: bytes,
      EventCount: events,
      CreationTime: epochSeconds(row.created_at),
    };
  };
  const created = (row: ArchiveRow) => ({
    ArchiveArn: arns.archive(row.name),
    State: 'ENABLED',
    CreationTime: epochSeconds(row.created_at),
  });

  return {
    require: requireRow,
    start: sweep,
    stop: () => alarm.stop(),
    operations: {
      CreateArchive(input) {
        const name = requiredName(input, 'ArchiveName', 48);
        requiredText(input, 'EventSourceArn');
        const bus = busNameOf(input, 'EventSourceArn');
        buses.require(bus);
        if (select.get(name) !== undefined) {
          throw new AwsError('ResourceAlreadyExistsException', `Archive ${name} already exists.`);
        }
        const settings = settingsOf(input);
        insert.run(
          name,
          bus,
          settings.pattern ?? null,
          settings.description ?? null,
          settings.retentionDays ?? 0,
          timing.now(),
        );
        ruleBook.changed(bus);
        return created(requireRow(name));
      },
      UpdateArchive(input) {
        const row = requireRow(requiredName(input, 'ArchiveName', 48));
        const settings = settingsOf(input);
        update.run(
          settings.pattern ?? row.pattern,
          settings.description ?? row.description,
          settings.retentionDays ?? row.retention_days,
          row.name,
        );
        ruleBook.changed(row.bus);
        return created(row);
      },
      DeleteArchive(input) {
        const row = requireRow(requiredName(input, 'ArchiveName', 48));
        transact(database, () => {
          remove.run(row.name);
          removeArchived.run(row.name);
          removeOrphans.run();
        });
        ruleBook.changed(row.bus);
      },
      DescribeArchive(input) {
        const row = requireRow(requiredName(input, 'ArchiveName', 48));
        return defined({
          ...summary(row),
          ArchiveArn: arns.archive(row.name),
          Description: row.description,
          EventPattern: row.pattern,
        });
      },
      ListArchives(input) {
        const prefix = optionalText(input, 'NamePrefix', 48) ?? '';
        const state = optionalText(input, 'State');
        const source = optionalText(input, 'EventSourceArn', 1_600);
        const rows = (selectAll.all() as ArchiveRow[]).filter(
          (row) =>
            row.name.startsWith(prefix) &&
            (state === undefined || state === 'ENABLED') &&
            (source === undefined || source === arns.bus(row.bus)),
        );
        const { page, token } = paginate(rows, input, (row) => row.name);
        return { Archives: page.map(summary), ...token };
      },
    },
  };
}

function settingsOf(input: Input) {
  const pattern = optionalText(input, 'EventPattern', 4_096);
  if (pattern !== undefined) validatePattern(pattern);
  return {
    pattern,
    description: optionalText(input, 'Description'),
    retentionDays: optionalInteger(input, 'RetentionDays', 0, MAX_RETENTION_DAYS),
  };
}
