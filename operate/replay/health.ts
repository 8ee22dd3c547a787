/** A replay adds work: it does not begin where something is wrong that more work would make worse. */
import { Failure } from '../failure.ts';
import { flagStore } from '../flags/parameters.ts';
import { type Alarm, alarmsNow } from '../health/alarms.ts';
import { readBreakers } from '../health/breakers.ts';
import { readDeadLetters } from '../health/dead-letters.ts';
import type { Place } from '../instance/place.ts';
import { endpointTables } from '../instance/tables.ts';

export async function refuseUnhealthy(place: Place): Promise<void> {
  const alarms = await ringing(place);
  if (!(await isReady(place)))
    throw new Failure('unhealthy', 'the instance is not ready', 'look at `npx frontdesk status` and at its terminal');
  if (alarms.length > 0)
    throw new Failure(
      'unhealthy',
      `an alarm is on: ${alarms.map(({ id, signal }) => `${id} ${signal}`).join('; ')}`,
      'mend that first (`npx frontdesk status`), or add --override',
    );
}

/** All but the age of the oldest unsettled message: unsettled messages are what a recovery is for. */
async function ringing(place: Place): Promise<readonly Alarm[]> {
  const tables = endpointTables(place);
  const flags = flagStore(place);
  try {
    const [queues, breakers, stored] = await Promise.all([
      readDeadLetters(place),
      readBreakers(tables),
      flags.all().catch(() => null),
    ]);
    return alarmsNow({
      oldestUnsettledS: 0,
      deadLetters: Object.values(queues).reduce((sum, messages) => sum + messages, 0),
      flagsReadable: stored !== null,
      openBreakers: Object.keys(breakers).filter((vendor) => breakers[vendor] === 'open'),
    });
  } finally {
    flags.close();
    await tables.close();
  }
}

/** A deployed stage has no door of its own to ask. */
export async function isReady({ healthUrl }: Pick<Place, 'healthUrl'>): Promise<boolean> {
  if (healthUrl === null) return true;
  const answer = await fetch(healthUrl, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  return answer?.ok === true;
}
