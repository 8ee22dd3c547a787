/** `logs`: what the functions wrote, from the data folder; works without a running instance. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOG_EVENTS } from '../../functions/shared/telemetry/log-events.ts';
import type { Answer, Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { findInstance, requireInstance } from '../instance/instance.ts';
import { conversationOfNumber } from '../instance/sandbox.ts';
import { parseInstant } from '../instants.ts';
import { businessZone } from '../shop.ts';
import { jsonOf, lineReader } from '../telemetry/lines.ts';
import { type Asked, isAskedFor, type LEVELS, type LogLine, lineText, readLine } from '../telemetry/log-lines.ts';
import { eventId } from '../trail/ids.ts';

type Options = {
  readonly follow?: boolean;
  readonly event?: string;
  readonly ticket?: string;
  readonly level?: (typeof LEVELS)[number];
  readonly since?: string;
};

/** Where nobody says since when. */
const LAST_LINES = 200;
const LOOK_EVERY_MS = 250;

export async function logs(context: Context, options: Options): Promise<Answer> {
  const { follow = false, since } = options;
  if (follow && context.isJson)
    throw misuse('follow_is_for_people', '--follow has no end, and --json is one value', 'leave one of them out');
  if (follow) requireInstance(context);
  const zone = businessZone(context.variables);
  const asked: Asked = {
    event: options.event === undefined ? null : knownEvent(options.event),
    ticketId: options.ticket === undefined ? null : await conversationOf(context, options.ticket.trim()),
    level: options.level ?? 'DEBUG',
    since: since === undefined ? Number.NEGATIVE_INFINITY : parseInstant(since, zone, Date.now()),
  };
  const read = lineReader(join(context.dataDir, 'functions.log'));
  const next = (): LogLine[] =>
    read().flatMap((text) => {
      const line = readLine(jsonOf(text));
      return line !== null && isAskedFor(line, asked) ? [line] : [];
    });
  const found = next();
  const shown = since === undefined ? found.slice(-LAST_LINES) : found;
  if (!context.isJson) context.note(`Times in ${zone.name}.`);
  if (follow) await goOn(context, shown, next, zone);
  return {
    value: shown,
    text: follow ? '' : shown.map((line) => lineText(line, zone)).join('\n') || 'no such line',
  };
}

/** Until somebody ends it. */
async function goOn(
  context: Context,
  shown: readonly LogLine[],
  next: () => LogLine[],
  zone: Parameters<typeof lineText>[1],
): Promise<void> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  let lines: readonly LogLine[] = shown;
  while (!ended.signal.aborted) {
    for (const line of lines) context.tell(lineText(line, zone));
    await sleep(LOOK_EVERY_MS, undefined, { signal: ended.signal }).catch(() => {});
    lines = next();
  }
}

/** A name that no line can have is a mistake, not an empty answer. */
function knownEvent(name: string): string {
  const isKnown = Object.keys(LOG_EVENTS).some((event) => event === name || event.startsWith(`${name}.`));
  if (!isKnown) throw misuse('unknown_event', `no event is called ${name}`, 'docs/telemetry.md lists them');
  return name;
}

/** Lines have the conversation's id; a number is asked of the helpdesk. */
async function conversationOf(context: Context, id: string): Promise<string> {
  const number = /^#?(\d{1,15})$/.exec(id)?.[1];
  const instance = number === undefined ? null : findInstance(context);
  const conversation =
    number !== undefined && instance !== null ? await conversationOfNumber(instance, Number(number)) : null;
  const known = eventId(conversation ?? id);
  if (known === null) throw new Failure('unknown_ticket', 'no ticket can have this id', 'give a conversation id');
  return known;
}
