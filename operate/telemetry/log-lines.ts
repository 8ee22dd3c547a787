/** Log lines as an operator asks for them. Pure. */
import * as v from 'valibot';
import { localTime, type Zone } from '../instants.ts';

export const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
type Level = (typeof LEVELS)[number];

const Line = v.looseObject({
  ts: v.string(),
  level: v.picklist(LEVELS),
  event: v.string(),
  function: v.string(),
});
export type LogLine = v.InferOutput<typeof Line>;

export type Asked = {
  /** An event, or the beginning of several up to a dot. */
  readonly event: string | null;
  /** As events write it. */
  readonly ticketId: string | null;
  readonly level: Level;
  /** Epoch milliseconds. */
  readonly since: number;
};

/** `null` for what is no log line, such as a metric. */
export function readLine(line: unknown): LogLine | null {
  const read = v.safeParse(Line, line);
  return read.success ? read.output : null;
}

export function isAskedFor(line: LogLine, { event, ticketId, level, since }: Asked): boolean {
  return (
    LEVELS.indexOf(line.level) >= LEVELS.indexOf(level) &&
    (event === null || line.event === event || line.event.startsWith(`${event}.`)) &&
    (ticketId === null || line.ticket_id === ticketId) &&
    Date.parse(line.ts) >= since
  );
}

/** What every line has, or says twice. */
const LEFT_OUT = ['ts', 'level', 'event', 'function', 'step', 'release', 'env', 'aws_request_id', 'schema_version'];

/** Day and time, since a log holds days; level, function, event, then what it says. */
export function lineText(line: LogLine, zone: Zone): string {
  const said = Object.entries(line)
    .filter(([key]) => !LEFT_OUT.includes(key))
    .map(([key, value]) => `${key}=${Array.isArray(value) ? value.join(',') : String(value)}`);
  return [localTime(line.ts, zone, true), line.level.padEnd(5), line.function.padEnd(16), line.event, ...said].join(
    ' ',
  );
}
