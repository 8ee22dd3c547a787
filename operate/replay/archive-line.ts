/** The time line of an archive, from what the endpoint counted as events came. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { countArchived, firstArchived } from '../../local/aws/eventbridge/archive-counts.ts';
import { ARCHIVES } from '../../stacks/topology-archives.ts';
import { listArchives } from '../commands/archive.ts';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import type { Zone } from '../instants.ts';
import { type Bar, barsOf, grainOf, type Period } from './timeline.ts';

export type ArchiveLine = {
  readonly name: string;
  readonly retentionDays: number;
  readonly events: number;
  readonly bytes: number;
  /** What can be replayed, epoch milliseconds. */
  readonly kept: Period;
  readonly shown: Period;
  /** `null` where nobody can say without reading it: AWS tells how much an archive holds, not when. */
  readonly bars: readonly Bar[] | null;
};

const DAY_MS = 86_400_000;

/** @param wanted  what is looked at; `null` for everything that is kept */
export async function archiveLine(
  context: Context,
  shortName: string,
  wanted: Period | null,
  zone: Zone,
): Promise<ArchiveLine> {
  const spec = ARCHIVES.find(({ name }) => name === shortName);
  const listed = ((await listArchives(context)).value as readonly Listed[]).find(({ name }) =>
    name.endsWith(`-${shortName}`),
  );
  if (spec === undefined || listed === undefined)
    throw new Failure(
      'unknown_archive',
      'there is no such archive',
      `name one of: ${ARCHIVES.map(({ name }) => name).join(', ')}`,
    );
  const now = Date.now();
  const oldest = now - listed.retentionDays * DAY_MS;
  const about = { name: shortName, retentionDays: listed.retentionDays, events: listed.events, bytes: listed.bytes };
  const file = join(context.dataDir, 'aws.sqlite');
  if (context.target === 'aws' || !existsSync(file)) {
    const kept = { from: Math.max(oldest, Date.parse(listed.createdAt)), to: now };
    return { ...about, kept, shown: within(wanted ?? kept, kept), bars: null };
  }
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const first = firstArchived(database, listed.name) ?? Date.parse(listed.createdAt);
    const kept = { from: Math.max(oldest, first), to: now };
    const shown = within(wanted ?? kept, kept);
    const { grainMs, byGrain } = countArchived(database, listed.name, shown, grainOf(shown));
    return { ...about, kept, shown, bars: barsOf(shown, byGrain, zone, grainMs) };
  } finally {
    database.close();
  }
}

type Listed = {
  readonly name: string;
  readonly events: number;
  readonly bytes: number;
  readonly retentionDays: number;
  readonly createdAt: string;
};

function within({ from, to }: Period, kept: Period): Period {
  const start = Math.min(Math.max(from, kept.from), kept.to);
  return { from: start, to: Math.max(start, Math.min(to, kept.to)) };
}
