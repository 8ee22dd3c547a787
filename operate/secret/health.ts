/** Whether a stage is well enough for a rotation: no incident, no backlog (platform §3.5, step 1). */
import { flagStore } from '../flags/parameters.ts';
import { alarmsNow } from '../health/alarms.ts';
import { readBreakers } from '../health/breakers.ts';
import { readDeadLetters } from '../health/dead-letters.ts';
import { readInFlight } from '../health/ledger.ts';
import type { Place } from '../instance/place.ts';
import { endpointTables } from '../instance/tables.ts';
import { isReady } from '../replay/health.ts';

export type Standing = {
  readonly isReady: boolean;
  readonly deadLetters: number;
  readonly oldestUnsettledS: number;
  readonly openBreakers: readonly string[];
  readonly flagsReadable: boolean;
  readonly catchUp: boolean;
};

/** What is recovered from is recovered when nothing is older (platform §4.10). */
const BACKLOG_SECONDS = 60;

/** What speaks against a rotation, in words; empty when nothing does. */
export function objectionsOf(standing: Standing): string[] {
  const alarms = alarmsNow(standing).map(({ id, signal }) => `alarm ${id}: ${signal}`);
  const isBacklog = standing.oldestUnsettledS > BACKLOG_SECONDS && !alarms.some((alarm) => alarm.includes('Q2'));
  return [
    ...(standing.isReady ? [] : ['the instance is not ready']),
    ...alarms,
    ...(isBacklog ? [`backlog: the oldest unsettled message is ${standing.oldestUnsettledS} s old`] : []),
    ...(standing.catchUp ? ['backlog: catch_up_mode is on'] : []),
  ];
}

export async function standingOf(place: Place): Promise<Standing> {
  const tables = endpointTables(place);
  const flags = flagStore(place);
  try {
    const [queues, breakers, stored, inFlight, ready] = await Promise.all([
      readDeadLetters(place),
      readBreakers(tables),
      flags.all().catch(() => null),
      readInFlight(tables, Date.now()),
      isReady(place),
    ]);
    return {
      isReady: ready,
      deadLetters: Object.values(queues).reduce((sum, messages) => sum + messages, 0),
      oldestUnsettledS: inFlight.oldestSeconds,
      openBreakers: Object.keys(breakers).filter((vendor) => breakers[vendor] === 'open'),
      flagsReadable: stored !== null,
      catchUp: stored?.get('catch_up_mode')?.value === 'true',
    };
  } finally {
    flags.close();
    await tables.close();
  }
}
