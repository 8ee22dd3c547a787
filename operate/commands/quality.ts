/** `quality`, `quality queue|label|export`: how well we decide, by what agents and labellers say; from the audit trail, writes labels alone. */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { userInfo } from 'node:os';
import * as v from 'valibot';
import { feedbackOf } from '../../events/feedback.ts';
import { type Intent, TEAMS, type Team } from '../../events/words.ts';
import { liveClock } from '../../functions/shared/clock/live.ts';
import type { Answer, Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { requireInstance } from '../instance/instance.ts';
import { openTables } from '../instance/tables.ts';
import { localTime, parseInstant, type Zone } from '../instants.ts';
import { exportRow, type Left, redactedText } from '../quality/export.ts';
import { addLabel, Labeller, readLabels, type Standing, standingLabels } from '../quality/labels.ts';
import { conversationOf, type Message } from '../quality/message.ts';
import { type Observed, observe, type Window } from '../quality/observed.ts';
import { qualityOf, USUAL_DAYS, withBaseline } from '../quality/quality.ts';
import { messageValue, qualityText, qualityValue, queueText, queueValue } from '../quality/report.ts';
import { qaQueue } from '../quality/sample.ts';
import { businessZone } from '../shop.ts';
import { count } from '../text.ts';
import { findTicket } from '../trail/find.ts';
import { eventId } from '../trail/ids.ts';
import { ticketReader } from '../whatif/reread-parts.ts';
import { requireShop } from './config.ts';

const DAY_MS = 86_400_000;

export type QualityOptions = { readonly from?: string; readonly to?: string };

export async function quality(context: Context, options: QualityOptions): Promise<Answer> {
  const zone = businessZone(context.variables);
  const window = windowOf(options, zone);
  const observed = await observedIn(context, withBaseline(window));
  const found = qualityOf(observed, readLabels(context.dataDir), window);
  return { value: qualityValue(found), text: qualityText(found, zone) };
}

function windowOf({ from, to }: QualityOptions, zone: Zone): Window {
  const now = liveClock().now();
  const end = to === undefined ? now : parseInstant(to, zone, now);
  const window = { from: from === undefined ? end - USUAL_DAYS * DAY_MS : parseInstant(from, zone, now), to: end };
  if (window.from >= window.to)
    throw misuse('empty_window', '--from is not before --to', 'give an earlier --from or a later --to');
  return window;
}

async function observedIn(context: Context, window: Window): Promise<Observed> {
  const tables = await openTables(context);
  try {
    return await observe(tables, window);
  } finally {
    await tables.close();
  }
}

/** The last whole day of the business zone, so that the queue does not change while people work through it. */
export async function qualityQueue(context: Context, { day }: { readonly day?: string }): Promise<Answer> {
  const zone = businessZone(context.variables);
  const now = liveClock().now();
  const given = day === undefined ? null : dayOf(day, zone, now);
  const today = localTime(now, zone).slice(0, 10);
  const start = given ?? parseInstant(dateBefore(today), zone, now);
  const read = async (from: number): Promise<readonly Message[]> =>
    (await observedIn(context, { from, to: Math.min(now, endOfDay(from, zone)) })).messages;
  let date = localTime(start, zone).slice(0, 10);
  let messages = await read(start);
  if (messages.length === 0 && given === null) {
    // The first day of an installation has no day before it.
    date = today;
    messages = await read(parseInstant(today, zone, now));
  }
  const labelled = new Set(readLabels(context.dataDir).map(({ messageKey }) => messageKey));
  const value = queueValue(date, qaQueue(messages, date), labelled);
  return { value, text: queueText(value) };
}

function dayOf(day: string, zone: Zone, now: number): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw misuse('invalid_day', 'this is no day', 'write it as 2026-01-31');
  return parseInstant(day, zone, now);
}

const dateBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);

/** A day is 23 or 25 hours long where clocks are changed. */
function endOfDay(start: number, zone: Zone): number {
  const next = localTime(start + 1.5 * DAY_MS, zone).slice(0, 10);
  return parseInstant(next, zone, start);
}

export type LabelOptions = {
  readonly intent: Intent;
  readonly tier?: '0' | '1' | '2' | 'route-only';
  readonly team?: string;
  readonly by?: string;
  readonly adjudicate?: boolean;
  /** Where the message stands, for who knows it: then nothing has to be searched. */
  readonly conversationId?: string;
};

/** @param id  message id, or the ticket whose newest message is meant */
export async function labelMessage(context: Context, id: string, options: LabelOptions): Promise<Answer> {
  const by = labellerOf(options.by);
  const label = {
    intent: options.intent,
    ...(options.tier === undefined
      ? {}
      : { tier: options.tier === 'route-only' ? null : (Number(options.tier) as 0 | 1 | 2) }),
    ...(options.team === undefined ? {} : { team: teamOf(options.team) }),
  };
  const message = await decidedMessage(context, id.trim(), options.conversationId);
  const { messageKey, conversationId, intent, tier, team, confidence } = message;
  const row = {
    messageKey,
    conversationId,
    decided: { intent, tier, team, confidence },
    label,
    by,
    at: new Date(liveClock().now()).toISOString(),
    ...(options.adjudicate ? { adjudicates: true as const } : {}),
  };
  addLabel(context.dataDir, row);
  const [standing] = standingLabels(readLabels(context.dataDir).filter((one) => one.messageKey === messageKey));
  const judged = label.intent === intent ? `as decided` : `decided was ${intent}`;
  return {
    value: { ...row, state: standing?.state ?? 'once' },
    text: `Labelled ${messageValue(message).messageKey} as ${label.intent} (${judged}); ${STATE_WORDS[standing?.state ?? 'once']}.`,
  };
}

const STATE_WORDS: Readonly<Record<Standing['state'], string>> = {
  once: 'one person has labelled it, a second one should',
  agreed: 'two people agree',
  adjudicated: 'that settles it',
  disputed: 'another person says something else: settle it with --adjudicate',
};

async function decidedMessage(context: Context, id: string, conversationId: string | undefined): Promise<Message> {
  const tables = await openTables(context);
  try {
    const key = eventId(id);
    const found = await findTicket(context, tables, conversationId ?? id);
    const { messages } = conversationOf(found?.facts ?? []);
    const named = messages.find(({ messageKey }) => messageKey === key);
    const message = named ?? (conversationId === undefined ? messages.at(-1) : undefined);
    if (message !== undefined) return message;
    throw new Failure(
      'unknown_message',
      'the audit trail holds no decision under this id',
      'take the message from `npx frontdesk quality queue`, or give a ticket: its newest message is meant',
    );
  } finally {
    await tables.close();
  }
}

/** Whose word it is: two people label without knowing of each other (decisions §8.4). */
function labellerOf(given: string | undefined): string {
  const name = given ?? userInfo().username.toLowerCase();
  if (v.is(Labeller, name)) return name;
  throw misuse('invalid_labeller', 'this is no name for a labeller', 'give --by with letters, digits, - and _ alone');
}

/** The team's name, or its word in the route tag. */
function teamOf(given: string): Team {
  const team = TEAMS.find((name) => name === given) ?? feedbackOf(`mw_feedback_correct_dept_${given}`)?.team;
  if (team == null)
    throw misuse(
      'unknown_team',
      'there is no such team',
      `name one of: ${TEAMS.map((name) => `"${name}"`).join(', ')}`,
    );
  return team;
}

export type ExportOptions = { readonly out: string; readonly agreed?: boolean };

const LEFT_WORDS: Readonly<Record<Left, string>> = {
  gone: 'no longer in the helpdesk',
  not_redacted: 'could not be redacted',
  no_text: 'without a text of its own',
};

/** Disputed messages stay out: a golden set holds what is settled (decisions §8.4). */
export async function exportLabels(context: Context, { out, agreed }: ExportOptions): Promise<Answer> {
  const instance = requireInstance(context);
  const { config } = requireShop(context.variables);
  const all = standingLabels(readLabels(context.dataDir));
  const settled = all.filter(({ state }) => state !== 'disputed' && !(agreed && state === 'once'));
  const orders = await ordersOf(context, settled);
  const parts = { tickets: ticketReader(instance), clock: liveClock(), config };
  const left: Record<Left, number> = { gone: 0, not_redacted: 0, no_text: 0 };
  const file = openForOthersEyes(out);
  let rows = 0;
  try {
    for (const standing of settled) {
      const exported = await exportRow(parts, standing, orders.get(standing.messageKey) ?? null);
      if ('left' in exported) left[exported.left] += 1;
      else writeSync(file, `${JSON.stringify(exported.row)}\n`);
      if ('row' in exported) rows += 1;
    }
  } catch (error) {
    // Half a golden set would be taken for a whole one.
    rmSync(out, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  const disputed = all.filter(({ state }) => state === 'disputed').length;
  const value = { out, rows, left, disputed, single: settled.filter(({ state }) => state === 'once').length };
  const missing = Object.entries(LEFT_WORDS).flatMap(([kind, words]) =>
    left[kind as Left] === 0 ? [] : [`${left[kind as Left]} ${words}`],
  );
  return {
    value,
    text: [
      `${count(rows, 'row')} in ${out}${missing.length === 0 ? '' : `; left out: ${missing.join(', ')}`}${disputed === 0 ? '' : `; ${disputed} disputed`}.`,
      'Texts are redacted; read the file once before it goes anywhere, and keep it outside the repository.',
      `Then: \`npm run eval -- --data ${out} --gate\`.`,
    ].join('\n'),
  };
}

/** Of a message that is to be labelled: read from the helpdesk, shown, and kept nowhere. `text` is null where there is none to show. */
export async function messageText(
  context: Context,
  { conversationId, messageKey }: { readonly conversationId: string; readonly messageKey: string },
): Promise<{ readonly text: string | null; readonly why: string | null }> {
  const instance = requireInstance(context);
  const { config } = requireShop(context.variables);
  const parts = { tickets: ticketReader(instance), clock: liveClock(), config };
  const read = await redactedText(parts, {
    conversationId: eventId(conversationId) ?? '',
    messageKey: eventId(messageKey) ?? '',
  });
  return 'left' in read ? { text: null, why: LEFT_WORDS[read.left] } : { text: read.text, why: null };
}

function openForOthersEyes(out: string): number {
  try {
    return openSync(out, 'wx', 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'EEXIST')
      throw new Failure(
        'file_exists',
        `${out} exists`,
        'name another file: a version of a golden set is never changed',
      );
    throw new Failure('not_written', `${out} cannot be written (${code})`, 'name a file in a folder that exists');
  }
}

/** Whether one order was found on the day of the decision. */
async function ordersOf(context: Context, settled: readonly Standing[]): Promise<ReadonlyMap<string, boolean>> {
  const found = new Map<string, boolean>();
  const tables = await openTables(context);
  try {
    for (const conversationId of new Set(settled.map((one) => one.conversationId))) {
      const ticket = await findTicket(context, tables, conversationId).catch(() => null);
      for (const { messageKey, hasOneOrder } of conversationOf(ticket?.facts ?? []).messages)
        if (hasOneOrder !== null) found.set(messageKey, hasOneOrder);
    }
    return found;
  } finally {
    await tables.close();
  }
}
