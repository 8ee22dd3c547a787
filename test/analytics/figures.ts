/** What happened, told twice: by SQL over the rows of `analytics`, and by hand over the auditor's timelines. Neither knows the other. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordFiles } from '../../local/aws/firehose/record-files.ts';
import { RECORDS_HOME } from '../../local/platform/platform.ts';
import { compact } from '../../operate/analytics/compact.ts';
import { openAnalytics } from '../../operate/analytics/database.ts';
import { analyticsReport } from '../../operate/analytics/report.ts';
import type { Cell } from '../../operate/analytics/rows.ts';
import type { Traffic } from './traffic.ts';

export type Figures = {
  /** Facts by name. */
  readonly facts: Readonly<Record<string, number>>;
  readonly funnel: Readonly<Record<string, number>>;
  /** By channel and outcome: messages, and the slowest and the middle one in seconds. */
  readonly times: Readonly<Record<string, readonly [number, number, number]>>;
  /** Replies confirmed, by channel. */
  readonly replied: Readonly<Record<string, number>>;
  /** By team: tickets routed to it, and those that did not belong to it. */
  readonly misroutes: Readonly<Record<string, readonly [number, number]>>;
};

const HOUR_MS = 3_600_000;

/** Rows into files of three hours, of which two are compacted; then the shipped reports. */
export async function figuresBySql({ records, endedAt }: Traffic): Promise<Figures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-agreement-'));
  try {
    const sink = recordFiles(join(dataDir, RECORDS_HOME), 'local');
    for (const [at, row] of records.rows.entries())
      sink.append([Buffer.from(JSON.stringify(row))], endedAt - (2 - (at % 3)) * HOUR_MS);
    await compact(dataDir, endedAt);
    const database = await openAnalytics(dataDir);
    const facts = await database.ask('SELECT event_name, count(*) FROM events GROUP BY ALL');
    database.close();
    const funnel = await analyticsReport({ dataDir }, 'funnel');
    const times = await analyticsReport({ dataDir }, 'response-times');
    const replied = await analyticsReport({ dataDir }, 'deflection', undefined, endedAt);
    const misroutes = await analyticsReport({ dataDir }, 'misroutes');
    return {
      facts: record(facts.rows, ([name, count]) => [name, count]),
      funnel: record(funnel.rows, ([step, messages]) => [step, messages]),
      times: record(times.rows, ([channel, outcome, messages, p50, , , slowest]) => [
        `${channel} ${outcome}`,
        [messages, slowest, p50],
      ]),
      replied: record(replied.rows, ([channel, , messages]) => [channel, messages]),
      misroutes: record(misroutes.rows, ([team, tickets, misrouted]) => [team, [tickets, misrouted]]),
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function record<T>(rows: readonly (readonly Cell[])[], of: (row: readonly Cell[]) => readonly [unknown, unknown]) {
  return Object.fromEntries(rows.map((row) => of(row))) as Readonly<Record<string, T>>;
}

type Told = {
  readonly outcome?: string;
  readonly endToEndMs?: number;
  readonly department?: string;
};
type Entry = {
  readonly name: string;
  readonly at: string;
  readonly conversation: string;
  readonly root: string | null;
  readonly channel: string;
  readonly told: Told;
};

/** @param misrouted  conversations that agents tagged so: timelines keep no tags */
export async function figuresByReadModels(
  { store, conversations }: Traffic,
  misrouted: ReadonlySet<string>,
): Promise<Figures> {
  const entries: Entry[] = [];
  for (const conversation of conversations)
    for (const item of await store.query('read_models', { partition: `timeline#${conversation}`, limit: 10_000 }))
      entries.push({
        name: String(item.event_name),
        at: String(item.key).slice(0, 24),
        conversation,
        root: typeof item.root_event_id === 'string' ? item.root_event_id : null,
        channel: String(item.channel),
        told: item.told as Told,
      });
  const messages = Map.groupBy(
    entries.filter(({ name, root }) => root !== null && name !== 'AgentFeedbackReceived' && HEARD.has(name)),
    ({ root }) => root,
  );
  return {
    facts: tally(entries.filter(({ name }) => HEARD.has(name)).map(({ name }) => name)),
    ...ofMessages([...messages.values()]),
    misroutes: ofTeams(entries, misrouted),
  };
}

/** Platform §11.3: what its column of consumers names analytics for, of the facts that belong to a conversation. */
const HEARD: ReadonlySet<string> = new Set([
  ...['MessageClassified', 'ClassificationFailed', 'OrderMatched', 'OrderNotMatched', 'ReplyApproved', 'ReplyDenied'],
  ...['EscalationRaised', 'TicketRouted', 'RoutingSkipped', 'ReplySent', 'ReplySuppressed', 'ReplyFailed'],
  ...['ReplyOutcomeUnclear', 'TicketResolved', 'MessageStalled', 'MessageSettled', 'AgentFeedbackReceived'],
]);

function ofMessages(messages: readonly (readonly Entry[])[]): Pick<Figures, 'funnel' | 'times' | 'replied'> {
  const has = (message: readonly Entry[], ...names: readonly string[]) =>
    message.some(({ name }) => names.includes(name));
  const classified = messages.filter((message) => has(message, 'MessageClassified', 'ClassificationFailed'));
  const approved = classified.filter((message) => has(message, 'ReplyApproved'));
  const settled = messages.flatMap((message) =>
    message.filter(({ name }) => name === 'MessageSettled').map(({ told }) => ({ channel: channelOf(message), told })),
  );
  const byEnd = Map.groupBy(settled, ({ channel, told }) => `${channel} ${told.outcome}`);
  return {
    funnel: {
      known: messages.length,
      classified: classified.length,
      routed: classified.filter((message) => has(message, 'TicketRouted')).length,
      approved: approved.length,
      replied: approved.filter((message) => has(message, 'ReplySent')).length,
      settled: settled.length,
    },
    times: Object.fromEntries(
      [...byEnd].map(([end, facts]) => {
        const took = facts.map(({ told }) => told.endToEndMs ?? Number.NaN).sort((one, other) => one - other);
        return [end, [took.length, seconds(took.at(-1) ?? Number.NaN), seconds(middle(took))]];
      }),
    ),
    replied: {
      ...Object.fromEntries(settled.map(({ channel }) => [channel, 0])),
      ...tally(messages.filter((message) => has(message, 'ReplySent')).map((message) => channelOf(message))),
    },
  };
}

function ofTeams(entries: readonly Entry[], misrouted: ReadonlySet<string>): Figures['misroutes'] {
  const routes = entries.filter(({ name, told }) => name === 'TicketRouted' && told.department !== undefined);
  const tickets = Map.groupBy(routes, ({ told }) => told.department ?? '');
  const wrong = entries
    .filter(({ name, conversation }) => name === 'AgentFeedbackReceived' && misrouted.has(conversation))
    .flatMap(({ conversation, at }) => {
      const standing = routes
        .filter((route) => route.conversation === conversation && route.at <= at)
        .sort((one, other) => (one.at < other.at ? -1 : 1))
        .at(-1)?.told.department;
      return standing === undefined ? [] : [[conversation, standing] as const];
    });
  // Two tags for one thing are one misroute.
  const counted = tally([...new Map(wrong.map((one) => [one.join(' '), one[1]])).values()]);
  return Object.fromEntries(
    [...tickets].map(([team, all]) => [
      team,
      [new Set(all.map(({ conversation }) => conversation)).size, counted[team] ?? 0],
    ]),
  );
}

/** Of the first fact that knows it. */
const channelOf = (message: readonly Entry[]): string =>
  message.find(({ channel }) => channel !== 'unknown')?.channel ?? 'unknown';

function tally(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}

/** As between the two in the middle. */
function middle(sorted: readonly number[]): number {
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? Number.NaN) + (sorted[Math.ceil(half)] ?? Number.NaN)) / 2;
}

const seconds = (ms: number): number => Math.round(ms) / 1000;
