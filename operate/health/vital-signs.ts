/** Whether an instance is well, from what is small however much it has kept: what is under way, given up, open, stopped, ringing. */
import { join } from 'node:path';
import { ALARMS_FILE, readRinging } from '../../local/alarms/alarms-file.ts';
import type { Context } from '../context.ts';
import type { Stored } from '../flags/parameters.ts';
import type { Instance } from '../instance/instance.ts';
import type { Tables } from '../instance/tables.ts';
import { withLevers } from '../switches/levers.ts';
import { type CatchingUp, readCatchingUp, readStops, type Stop } from '../switches/standing.ts';
import { alarmsNow } from './alarms.ts';
import { readBreakers } from './breakers.ts';
import { readDeadLetters } from './dead-letters.ts';
import { type InFlight, readInFlight } from './ledger.ts';
import { type StandingAlarm, standingAlarms } from './standing-alarms.ts';

export type VitalSigns = {
  /** Parameters by name; `null` when they cannot be read: then every flag has its safe value in the functions too. */
  readonly stored: ReadonlyMap<string, Stored> | null;
  /** Strongest first. */
  readonly stops: readonly Stop[];
  /** `null` while `catch_up_mode` is off. */
  readonly catchingUp: CatchingUp | null;
  readonly inFlight: InFlight;
  /** Queue → messages that were given up; queues that hold none are left out. */
  readonly queues: Readonly<Record<string, number>>;
  readonly deadLetters: number;
  /** Vendor → state. */
  readonly breakers: Readonly<Record<string, string>>;
  readonly alarms: readonly StandingAlarm[];
};

export async function readVitalSigns(context: Context, instance: Instance, tables: Tables): Promise<VitalSigns> {
  const [{ stored, stops, catchingUp }, inFlight, queues, breakers] = await Promise.all([
    readFlags(context),
    readInFlight(tables, Date.now()),
    readDeadLetters(instance),
    readBreakers(tables, context.dataDir),
  ]);
  const deadLetters = Object.values(queues).reduce((sum, messages) => sum + messages, 0);
  const present = alarmsNow({
    oldestUnsettledS: inFlight.oldestSeconds,
    deadLetters,
    flagsReadable: stored !== null,
    openBreakers: Object.keys(breakers).filter((vendor) => breakers[vendor] === 'open'),
  });
  const alarms = standingAlarms(present, readRinging(join(context.dataDir, ALARMS_FILE)));
  return { stored, stops, catchingUp, inFlight, queues, deadLetters, breakers, alarms };
}

async function readFlags(context: Context): Promise<Pick<VitalSigns, 'stored' | 'stops' | 'catchingUp'>> {
  try {
    return await withLevers(context, async ({ flags, rules }) => ({
      stored: await flags.all(),
      stops: await readStops(flags, rules),
      catchingUp: await readCatchingUp(flags),
    }));
  } catch {
    return { stored: null, stops: [], catchingUp: null };
  }
}
