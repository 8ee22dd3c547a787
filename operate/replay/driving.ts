/** What a replay is driven with, until the command ends or is told to. */
import type { Context } from '../context.ts';
import type { Place } from '../instance/place.ts';
import { endpointTables } from '../instance/tables.ts';
import type { Driving } from './drive.ts';
import { openReplays } from './replays.ts';
import { openRuns } from './runs.ts';

export async function withDriving<T>(
  context: Pick<Context, 'note'>,
  place: Place,
  run: (driving: Driving) => Promise<T>,
): Promise<T> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const replays = openReplays(place);
  const runs = openRuns(place);
  const tables = endpointTables(place);
  try {
    return await run({ place, replays, runs, tables, note: context.note, signal: stopping.signal });
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    replays.close();
    runs.close();
    await tables.close();
  }
}
