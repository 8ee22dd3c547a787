/** When a level may be resumed (platform §4.10): what is read, and the sentences about what is not met. */
import { AGE_KEY } from '../../functions/sweeper/age.ts';
import { readBreakers } from '../health/breakers.ts';
import { readDeadLetters } from '../health/dead-letters.ts';
import { readInFlight } from '../health/ledger.ts';
import { readVendorCalls, type VendorCalls } from '../health/vendor-calls.ts';
import { durationText } from '../table.ts';
import { count } from '../text.ts';
import type { LevelName } from './levels.ts';
import type { LiveLevers } from './levers.ts';

/** Platform §4.10: queue age below 60 s for 15 min, vendor errors below 1 %, DLQ flat. */
const MOST_UNSETTLED_S = 60;
const CALM_MS = 15 * 60_000;
const MOST_VENDOR_ERRORS = 0.01;

export type Readings = {
  readonly oldestUnsettledS: number;
  /** Epoch milliseconds at which the sweeper last found a message older than that; 0 for never. */
  readonly lastOverAt: number;
  readonly vendors: readonly VendorCalls[];
  readonly openBreakers: readonly string[];
  readonly deadLetters: number;
  readonly flagsReadable: boolean;
  /** How long none may have waited for that long; shorter where an instance's waits are. */
  readonly calmMs: number;
};

export async function readCriteria({ flags, tables, place }: LiveLevers, now: number): Promise<Readings> {
  const [{ oldestSeconds }, lastOverAt, vendors, breakers, queues, flagsReadable] = await Promise.all([
    readInFlight(tables, now),
    readLastOver(tables),
    readVendorCalls(tables, now, place.timeScale),
    readBreakers(tables),
    readDeadLetters(place),
    flags.all().then(
      () => true,
      () => false,
    ),
  ]);
  return {
    oldestUnsettledS: oldestSeconds,
    lastOverAt,
    vendors,
    openBreakers: Object.keys(breakers).filter((vendor) => breakers[vendor] === 'open'),
    deadLetters: Object.values(queues).reduce((sum, messages) => sum + messages, 0),
    flagsReadable,
    calmMs: CALM_MS * place.timeScale,
  };
}

/** Each criterion that is not met, in words; empty when the level may be resumed. Pure. */
export function unmet(level: LevelName, readings: Readings, now: number): string[] {
  const { oldestUnsettledS, lastOverAt, vendors, openBreakers, deadLetters, flagsReadable, calmMs } = readings;
  // What these hold back waits because of them: it cannot be what they wait for.
  const makesQueue = level === 'sever' || level === 'processing';
  const sinceOver = now - lastOverAt;
  return [
    ...(!makesQueue && oldestUnsettledS >= MOST_UNSETTLED_S
      ? [`the oldest unsettled message waits for ${oldestUnsettledS} s (below ${MOST_UNSETTLED_S} s wanted)`]
      : []),
    ...(!makesQueue && oldestUnsettledS < MOST_UNSETTLED_S && sinceOver < calmMs
      ? [
          `a message waited for ${MOST_UNSETTLED_S} s and more ${minutesText(sinceOver)} ago (${calmMs === CALM_MS ? minutesText(calmMs) : durationText(calmMs)} without one wanted)`,
        ]
      : []),
    ...vendors
      .filter(({ calls, failed }) => failed / calls >= MOST_VENDOR_ERRORS)
      .map(
        ({ name, calls, failed }) =>
          `${failed} of the last ${count(calls, 'call')} to ${name} failed (below ${MOST_VENDOR_ERRORS * 100} % wanted)`,
      ),
    ...openBreakers.map((vendor) => `the circuit breaker of ${vendor} is open`),
    ...(deadLetters > 0 ? [`${count(deadLetters, 'dead letter')} (none wanted)`] : []),
    ...(flagsReadable ? [] : ['the flags cannot be read']),
  ];
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
