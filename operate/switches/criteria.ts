/** When a level may be resumed (platform §4.10): what is read, and the sentences about what is not met. */
import { AGE_KEY } from '../../functions/sweeper/age.ts';
import { requireFlag, valueInForce } from '../flags/values.ts';
import { readBreakers } from '../health/breakers.ts';
import { readDeadLetters } from '../health/dead-letters.ts';
import { readInFlight } from '../health/ledger.ts';
import { readVendorCalls, type VendorCalls } from '../health/vendor-calls.ts';
import { type NotWhole, notWhole } from '../recovery/whole.ts';
import { durationText } from '../table.ts';
import { count } from '../text.ts';
import type { LevelName } from './levels.ts';
import type { LiveLevers } from './levers.ts';

/** Platform §4.10: queue age below 60 s for 15 min, vendor errors below 1 %, DLQ flat. */
const MOST_UNSETTLED_S = 60;
const CALM_MS = 15 * 60_000;
const MOST_VENDOR_ERRORS = 0.01;
const FEW_ERRORS = `below ${MOST_VENDOR_ERRORS * 100} % failed`;

export type Readings = {
  readonly oldestUnsettledS: number;
  /** Epoch milliseconds at which the sweeper last found a message older than that; 0 for never. */
  readonly lastOverAt: number;
  readonly vendors: readonly VendorCalls[];
  readonly openBreakers: readonly string[];
  readonly deadLetters: number;
  readonly flagsReadable: boolean;
  /** `null` where the ledger is known to be whole; of flags that cannot be read nothing is said. */
  readonly ledger: NotWhole | null;
  /** What is taken up again may be answered. */
  readonly isAnswering: boolean;
  /** How long none may have waited for that long; shorter where an instance's waits are. */
  readonly calmMs: number;
};

export async function readCriteria({ flags, tables, place }: LiveLevers, now: number): Promise<Readings> {
  const [{ oldestSeconds }, lastOverAt, vendors, breakers, queues, stored] = await Promise.all([
    readInFlight(tables, now),
    readLastOver(tables),
    readVendorCalls(tables, now, place.timeScale),
    readBreakers(tables),
    readDeadLetters(place),
    flags.all().catch(() => null),
  ]);
  return {
    oldestUnsettledS: oldestSeconds,
    lastOverAt,
    vendors,
    openBreakers: Object.keys(breakers).filter((vendor) => breakers[vendor] === 'open'),
    deadLetters: Object.values(queues).reduce((sum, messages) => sum + messages, 0),
    flagsReadable: stored !== null,
    ledger: stored && notWhole(textOf(stored)),
    isAnswering: stored !== null && isOn(stored, 'automation_enabled') && !isOn(stored, 'safe_mode'),
    calmMs: CALM_MS * place.timeScale,
  };
}

type StoredFlags = ReadonlyMap<string, { readonly value: string }>;
const textOf = (stored: StoredFlags) => (name: string) => stored.get(name)?.value ?? null;
const isOn = (stored: StoredFlags, name: string) => valueInForce(requireFlag(name), textOf(stored)(name)) === true;

/** One thing that has to be so before a level is resumed. */
export type Criterion = {
  readonly name: string;
  readonly isMet: boolean;
  readonly wanted: string;
  readonly found: string;
  /** What is said where it is not met; empty where another criterion's says it already. */
  readonly objection: string;
};

/** All of them, met or not. Pure. */
export function criteriaOf(level: LevelName, readings: Readings, now: number): readonly Criterion[] {
  const { vendors, openBreakers, deadLetters, flagsReadable } = readings;
  // What these hold back waits because of them: it cannot be what they wait for.
  const makesQueue = level === 'sever' || level === 'processing';
  return [
    ...(makesQueue ? [] : waits(readings, now)),
    ...vendors.map(({ name, calls, failed }) => ({
      name: `Calls to ${name}`,
      isMet: failed / calls < MOST_VENDOR_ERRORS,
      wanted: FEW_ERRORS,
      found: `${failed} of ${count(calls, 'call')} failed`,
      objection: `${failed} of the last ${count(calls, 'call')} to ${name} failed (below ${MOST_VENDOR_ERRORS * 100} % wanted)`,
    })),
    ...(vendors.length > 0
      ? []
      : [{ name: 'Calls to vendors', isMet: true, wanted: FEW_ERRORS, found: 'none lately', objection: '' }]),
    ...(openBreakers.length > 0 ? openBreakers : [null]).map((vendor) => ({
      name: 'Circuit breakers',
      isMet: vendor === null,
      wanted: 'none open',
      found: vendor === null ? 'none open' : `that of ${vendor} is open`,
      objection: `the circuit breaker of ${vendor} is open`,
    })),
    {
      name: 'Dead letters',
      isMet: deadLetters === 0,
      wanted: 'none',
      found: deadLetters === 0 ? 'none' : String(deadLetters),
      objection: `${count(deadLetters, 'dead letter')} (none wanted)`,
    },
    {
      name: 'Flags',
      isMet: flagsReadable,
      wanted: 'readable',
      found: flagsReadable ? 'readable' : 'not readable',
      objection: 'the flags cannot be read',
    },
    // What is taken up again is routed; a reply asks the ledger what was answered, and who has a dispute open.
    ...(flagsReadable && (level !== 'processing' || readings.isAnswering) ? [wholeLedger(readings)] : []),
  ];
}

function wholeLedger({ ledger }: Readings): Criterion {
  const found = ledger === null ? 'known to be whole' : `generation ${ledger.generation} is not known to be whole`;
  return {
    name: 'Ledger',
    isMet: ledger === null,
    wanted: 'known to be whole',
    found,
    objection: `the ledger is not known to be whole (docs/recovery.md; \`flags set ledger_whole ${ledger?.generation}\` once it is)`,
  };
}

/** Each criterion that is not met, in words; empty when the level may be resumed. Pure. */
export function unmet(level: LevelName, readings: Readings, now: number): string[] {
  return criteriaOf(level, readings, now)
    .filter(({ isMet, objection }) => !isMet && objection !== '')
    .map(({ objection }) => objection);
}

/** The oldest unsettled message, and how long none has been too old: while one is, neither is met, and one objection says so. */
function waits({ oldestUnsettledS, lastOverAt, calmMs }: Readings, now: number): Criterion[] {
  const isYoung = oldestUnsettledS < MOST_UNSETTLED_S;
  const sinceOver = now - lastOverAt;
  const wanted = calmMs === CALM_MS ? minutesText(calmMs) : durationText(calmMs);
  return [
    {
      name: 'Oldest unsettled message',
      isMet: isYoung,
      wanted: `below ${MOST_UNSETTLED_S} s`,
      found: `${oldestUnsettledS} s`,
      objection: `the oldest unsettled message waits for ${oldestUnsettledS} s (below ${MOST_UNSETTLED_S} s wanted)`,
    },
    {
      name: `Without a message that waited for ${MOST_UNSETTLED_S} s`,
      isMet: isYoung && sinceOver >= calmMs,
      wanted,
      found: calmText(isYoung, lastOverAt, sinceOver),
      objection: isYoung
        ? `a message waited for ${MOST_UNSETTLED_S} s and more ${minutesText(sinceOver)} ago (${wanted} without one wanted)`
        : '',
    },
  ];
}

function calmText(isYoung: boolean, lastOverAt: number, sinceOver: number): string {
  if (!isYoung) return 'one waits now';
  return lastOverAt === 0 ? 'no such message' : `for ${minutesText(sinceOver)}`;
}

const minutesText = (ms: number): string => count(Math.ceil(ms / 60_000), 'minute');

async function readLastOver(tables: Pick<LiveLevers['tables'], 'query'>): Promise<number> {
  const question = {
    KeyConditionExpression: '#b = :b',
    ExpressionAttributeNames: { '#b': 'bucket' },
    ExpressionAttributeValues: { ':b': { S: AGE_KEY.bucket } },
  };
  for await (const { over_at } of tables.query('vendor_limits', question)) return Number(over_at);
  return 0;
}
