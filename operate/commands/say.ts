/** `say TEXT`: writes as a customer into the sandbox and tells what becomes of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { normaliseChannel } from '../../functions/shared/helpdesk/channels.ts';
import { encodeVendorId } from '../../functions/shared/vendor-ids.ts';
import type { Answer, Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { type Instance, requireInstance } from '../instance/instance.ts';
import { type Receipt, readOutbox, writeAsCustomer } from '../instance/sandbox.ts';
import { endpointTables, type Tables } from '../instance/tables.ts';
import { readable } from '../readable.ts';
import { durationText } from '../table.ts';
import { tell } from '../trail/progress.ts';
import { type MessageReport, messageOfRoot } from '../trail/report.ts';
import { type Fact, readTrail } from '../trail/trail.ts';
import { outcomeWords, plain, reasonWords, tierWords } from '../trail/words.ts';

export type SayOptions = { readonly channel?: string; readonly conversation?: string; readonly wait: string };

const POLL_MS = 150;
/** Longer than a message takes that meets no limit. */
const LONG_MS = 10_000;
/** How long facts may be recorded after the one that settles the message. */
const STRAGGLERS_MS = 3_000;
const Answered = v.object({ event_id: v.string() });

export async function say(context: Context, text: string, options: SayOptions): Promise<Answer> {
  const waitMs = secondsOf(options.wait) * 1000;
  const instance = requireInstance(context);
  const tables = endpointTables(instance);
  try {
    const receipt = await writeAsCustomer(instance, {
      text,
      ...(options.channel !== undefined && { channel: options.channel }),
      ...(options.conversation !== undefined && { conversationId: options.conversation }),
    });
    context.tell(`Ticket ${receipt.ticketNumber}, conversation ${receipt.conversationId}`);
    if (isUnknown(options.channel))
      context.tell(`  "${options.channel}" is no channel Frontdesk knows, so nothing is answered there by itself`);
    const root = rootOf(receipt);
    const report = await follow(context, tables, receipt, root, waitMs);
    if (report?.outcome === undefined || report.outcome === null) {
      if (waitMs === 0) return sayAnswer(receipt, report, null);
      throw new Failure(
        'not_settled',
        `the message has not settled within ${options.wait} s`,
        `it is not lost: look again with \`npx frontdesk ticket ${receipt.ticketNumber}\``,
      );
    }
    const reply = report.outcome === 'replied' ? await replyText(instance, receipt, report) : null;
    return sayAnswer(receipt, report, reply);
  } finally {
    await tables.close();
  }
}

function isUnknown(channel: string | undefined): boolean {
  return channel !== undefined && channel !== 'unknown' && normaliseChannel(channel) === 'unknown';
}

/** Under which event the webhook entered; a webhook that merged into an earlier one names that one. `null` where none was taken in. */
export function rootIn({ webhooks }: Receipt): string | null {
  for (const { status, answer } of webhooks) {
    if (status !== 200 || answer === undefined) continue;
    const parsed = v.safeParse(Answered, parseJson(answer));
    if (parsed.success) return parsed.output.event_id;
  }
  return null;
}

function rootOf(receipt: Receipt): string {
  const root = rootIn(receipt);
  if (root !== null) return root;
  const { webhooks } = receipt;
  const status = webhooks[0]?.status ?? 0;
  throw new Failure(
    'webhook_refused',
    status === 0
      ? 'the message was written, and its webhook was not delivered'
      : `the message was written, and its webhook was answered ${status}`,
    'write again; `npx frontdesk doctor` names what is wrong',
  );
}

/** Tells each fact as it is recorded, until the message is settled or the wait is over. */
async function follow(
  context: Context,
  tables: Tables,
  receipt: Receipt,
  root: string,
  waitMs: number,
): Promise<MessageReport | null> {
  const conversationId = encodeVendorId(receipt.conversationId) ?? receipt.conversationId;
  const known = new Set<string>();
  let settledAt: number | null = null;
  const began = performance.now();
  let isLong = false;
  for (;;) {
    const facts = await readTrail(tables, conversationId);
    for (const fact of facts) {
      const { eventId, rootEventId } = fact.metadata;
      if (known.has(eventId) || (rootEventId ?? eventId) !== root) continue;
      known.add(eventId);
      context.tell(`  ${fact.metadata.eventName}: ${tell(fact)}`);
    }
    const report = messageOfRoot(facts, root);
    if (report !== null && report.outcome !== null) {
      settledAt ??= performance.now();
      if (isComplete(facts, root) || performance.now() - settledAt > STRAGGLERS_MS) return report;
    }
    const waited = performance.now() - began;
    if (waited >= waitMs) return report;
    if (!isLong && waited > LONG_MS) {
      isLong = true;
      context.tell("  still under way: some steps wait on purpose, for the helpdesk's limits or for a second look");
    }
    await sleep(POLL_MS);
  }
}

/** The auditor hears facts in any order: everything that another fact was caused by is there. */
function isComplete(facts: readonly Fact[], root: string): boolean {
  const ids = new Set(facts.map(({ metadata }) => metadata.eventId));
  return facts
    .filter(({ metadata }) => (metadata.rootEventId ?? metadata.eventId) === root)
    .every(({ metadata }) => ids.has(metadata.causationId));
}

/** What the customer really received: the writer plays the customer, so it is theirs to read. */
async function replyText(
  instance: Instance,
  { conversationId }: Receipt,
  report: MessageReport,
): Promise<string | null> {
  const sent = report.facts.find(({ metadata }) => metadata.eventName === 'ReplySent');
  const received = (await readOutbox(instance)).filter(({ ticketId }) => ticketId === conversationId);
  const exact = received.find(({ commentId }) => encodeVendorId(commentId) === sent?.data.vendorMessageRef);
  return (exact ?? received.at(-1))?.body ?? null;
}

function sayAnswer(receipt: Receipt, report: MessageReport | null, replyText: string | null): Answer {
  const { conversationId, ticketNumber, messageId } = receipt;
  const decision = report?.decision ?? null;
  const sent = report?.writes.find(({ kind }) => kind === 'reply') ?? null;
  const routed = report?.writes.findLast(({ kind }) => kind === 'route') ?? null;
  const value = {
    conversationId,
    ticketNumber,
    messageId,
    messageKey: report?.messageKey ?? encodeVendorId(messageId),
    outcome: report?.outcome ?? null,
    intent: decision?.intent ?? null,
    tier: decision?.tier ?? null,
    department: decision?.team ?? routed?.team ?? null,
    confidence: decision?.confidence ?? null,
    templateId: sent?.templateId ?? null,
    replyText,
    reasonCodes: reasonsOf(report),
    tagsAdded: [...new Set(report?.writes.flatMap(({ tags }) => tags) ?? [])].toSorted(),
    events: report?.events ?? [],
    endToEndMs: report?.endToEndMs ?? null,
  };
  return { value, text: sayText(value) };
}

function reasonsOf(report: MessageReport | null): readonly string[] {
  const outcome = report?.facts.findLast(({ data }) => Array.isArray(data.reasonCodes));
  return (
    report?.decision?.reasonCodes ??
    (Array.isArray(outcome?.data.reasonCodes) ? outcome.data.reasonCodes.map(String) : [])
  );
}

type Told = {
  readonly ticketNumber: number;
  readonly outcome: MessageReport['outcome'];
  readonly intent: string | null;
  readonly tier: number | null;
  readonly department: string | null;
  readonly templateId: string | null;
  readonly replyText: string | null;
  readonly reasonCodes: readonly string[];
  readonly endToEndMs: number | null;
};

function sayText(told: Told): string {
  if (told.outcome === null) return `Written. What becomes of it: \`npx frontdesk ticket ${told.ticketNumber}\``;
  const after = told.endToEndMs === null ? '' : ` after ${durationText(told.endToEndMs)}`;
  const why =
    told.outcome === 'replied'
      ? ''
      : told.reasonCodes
          .slice(0, 1)
          .map((code) => ` Why: ${reasonWords(code)}.`)
          .join('');
  const read = told.intent === null ? '' : ` Read as ${plain(told.intent)} (${tierWords(told.tier)}).`;
  const team = told.department === null ? '' : ` Team: ${told.department}.`;
  const received =
    told.replyText === null
      ? []
      : ['', `The customer received (${told.templateId ?? 'unknown template'}):`, indented(readable(told.replyText))];
  return [
    `Settled${after}: ${outcomeWords(told.outcome)}.${read}${team}${why}`,
    ...received,
    '',
    `The whole story: npx frontdesk ticket ${told.ticketNumber}`,
  ].join('\n');
}

function indented(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');
}

function secondsOf(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw misuse('invalid_wait', '--wait takes whole seconds', 'write --wait 120');
  return Number(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
