/** `archive list`: what is kept for replay, and for how long. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ListArchivesCommand } from '@aws-sdk/client-eventbridge';
import type { Answer, Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { asking, busClient, type Reachable } from '../instance/clients.ts';
import { findInstance, type Instance } from '../instance/instance.ts';
import { placeOf } from '../instance/place.ts';
import { localTime } from '../instants.ts';
import { businessZone } from '../shop.ts';
import { bytesText, table } from '../table.ts';

type Archive = {
  readonly name: string;
  readonly events: number;
  readonly bytes: number;
  readonly retentionDays: number;
  readonly createdAt: string;
};

export async function listArchives(context: Context): Promise<Answer> {
  const place = context.target === 'aws' ? placeOf(context) : findInstance(context);
  const archives = place === null ? archivesInFolder(context) : await archivesOf(place);
  const zone = businessZone(context.variables);
  const rows = archives.map(({ name, events, bytes, retentionDays, createdAt }) => [
    name,
    events,
    bytesText(bytes),
    retentionDays === 0 ? 'for good' : `${retentionDays} days`,
    localTime(createdAt, zone),
  ]);
  return { value: archives, text: table(['archive', 'events', 'size', 'kept', `since (${zone.name})`], rows) };
}

async function archivesOf(place: Reachable & Pick<Instance, 'busName'>): Promise<Archive[]> {
  const client = busClient(place);
  try {
    const found: Archive[] = [];
    let NextToken: string | undefined;
    do {
      const page = await asking('EventBridge', () =>
        client.send(
          new ListArchivesCommand({ NamePrefix: `${place.busName}-`, ...(NextToken !== undefined && { NextToken }) }),
        ),
      );
      for (const archive of page.Archives ?? []) {
        found.push({
          name: archive.ArchiveName ?? '',
          events: archive.EventCount ?? 0,
          bytes: archive.SizeBytes ?? 0,
          retentionDays: archive.RetentionDays ?? 0,
          createdAt: (archive.CreationTime ?? new Date(0)).toISOString(),
        });
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  } finally {
    client.destroy();
  }
}

/** The bus's own file, read-only; the same figures as its `ListArchives`. */
function archivesInFolder({ dataDir, dataDirGiven }: Context): Archive[] {
  const file = join(dataDir, 'aws.sqlite');
  if (!existsSync(file)) {
    throw new Failure(
      'no_data',
      `${dataDirGiven} holds no data of Frontdesk`,
      'start with `npm start`, or name another folder with --data',
    );
  }
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database
      .prepare(
        `SELECT a.name, a.retention_days, a.created_at, coalesce(t.events, 0) AS events, coalesce(t.bytes, 0) AS bytes
         FROM eb_archive a LEFT JOIN eb_archive_total t ON t.archive = a.name ORDER BY a.name`,
      )
      .all();
    return rows.map((row) => ({
      name: String(row.name),
      events: Number(row.events),
      bytes: Number(row.bytes),
      retentionDays: Number(row.retention_days),
      createdAt: new Date(Number(row.created_at)).toISOString(),
    }));
  } finally {
    database.close();
  }
}
