/**
 * The drill of the kill switch (platform §4.10, T19), on a copy: at every level hundreds of approved replies stand between
 * `ReplyApproved` and the send, and are going out, when `stop` is given. What customers of the copy received tells the rest.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyEvent } from '../../events/define-event.ts';
import { eventBridgeBus } from '../../functions/shared/bus/live-eventbridge.ts';
import { publish } from '../../functions/shared/publisher.ts';
import { resume } from '../commands/resume.ts';
import { stop } from '../commands/stop.ts';
import { Failure } from '../failure.ts';
import { busClient } from '../instance/clients.ts';
import { type Outbox, readOutbox, writeAsCustomer } from '../instance/sandbox.ts';
import { LEVEL_NAMES, type LevelName } from '../switches/levels.ts';
import { type LiveLevers, withLevers } from '../switches/levers.ts';
import { readStops } from '../switches/standing.ts';
import { untilCalm } from './provoke.ts';
import type { Copy } from './scratch.ts';

export type Switched = {
  readonly level: LevelName;
  readonly only: string | null;
  /** Approved and not sent when `stop` was given. */
  readonly approvals: number;
  /** Replies before `stop` was given, while it ran, and after it had returned: none. */
  readonly before: number;
  readonly during: number;
  readonly after: number;
  readonly ms: number;
};

/** What one kind of message leads to; each level stops it. */
const TEXT = 'My lamp arrived broken, the glass is shattered.';
const ONLY: Partial<Record<LevelName, string>> = {
  template: 't_damaged_item_intake',
  channel: 'email',
  intent: 'damaged_item',
};
const REASON = 'drill of the kill switch';
/** Some go out before the switch: that it is thrown under way is the point. */
const SPARE = 40;
const WRITERS = 8;
const POLL_MS = 20;
const LOOK_MS = 500;
const APPROVED_WITHIN_MS = 240_000;

export async function drillSwitch(
  copy: Copy,
  approvals: number,
  signal: AbortSignal,
  told: (one: Switched) => void,
): Promise<readonly Switched[]> {
  const switched: Switched[] = [];
  await resumeAll(copy);
  for (const level of LEVEL_NAMES) {
    signal.throwIfAborted();
    const one = await throwSwitch(copy, level, approvals, signal);
    told(one);
    switched.push(one);
    await resumeAll(copy);
  }
  return switched;
}

async function throwSwitch(copy: Copy, level: LevelName, approvals: number, signal: AbortSignal): Promise<Switched> {
  const { context, instance } = copy;
  const only = ONLY[level];
  const approved = await withLevers(context, (levers) => heldApprovals(copy, levers, level, approvals + SPARE, signal));
  const tickets = new Set(approved.map(({ metadata }) => metadata.conversationId));
  const received = async (): Promise<Outbox> =>
    (await readOutbox(instance)).filter(({ ticketId }) => tickets.has(ticketId));
  await publishAgain(copy, approved);
  let before = await received();
  for (; before.length === 0; before = await received()) await sleep(POLL_MS, undefined, { signal });
  const { value } = await stop(context, { level, reason: REASON, ...(only !== undefined && { only }) });
  const { verifiedAt, ms } = value as { verifiedAt: string; ms: number };
  await untilCalm(copy, signal);
  const all = await received();
  const late = all.filter(({ at }) => Date.parse(at) > Date.parse(verifiedAt)).length;
  return {
    level,
    only: only ?? null,
    approvals: approved.length - before.length,
    before: before.length,
    during: all.length - late - before.length,
    after: late,
    ms,
  };
}

/**
 * Approvals that nobody has acted on: while they are made, the rule that hands them to the sender is off. Put on the bus
 * again with the rule on they are what at-least-once delivery brings at any time: the same event, once more.
 */
async function heldApprovals(
  { instance }: Copy,
  { rules, tables }: LiveLevers,
  level: LevelName,
  wanted: number,
  signal: AbortSignal,
): Promise<readonly AnyEvent[]> {
  await rules.set('responder-reply', false);
  try {
    // A drill before it on the same folder has had its own.
    const run = Date.now().toString(36);
    const waiting = new Set(Array.from({ length: wanted }, (_, index) => `drill-${run}-${level}-${index}`));
    const ids = [...waiting].values();
    await Promise.all(Array.from({ length: WRITERS }, () => writeThem(ids)));
    const found: AnyEvent[] = [];
    for (const until = performance.now() + APPROVED_WITHIN_MS; waiting.size > 0; ) {
      if (performance.now() > until)
        throw new Failure(
          'too_few_approvals',
          `of ${wanted} messages of the copy ${found.length} were approved`,
          'look at `npx frontdesk status`, and whether the policy answers a broken lamp',
        );
      for (const id of waiting) {
        const approval = await approvalOf(tables, id);
        if (approval === null) break;
        waiting.delete(id);
        found.push(approval);
      }
      await sleep(LOOK_MS, undefined, { signal });
    }
    return found;
  } finally {
    await rules.set('responder-reply', true);
  }

  async function writeThem(ids: Iterable<string>): Promise<void> {
    for (const id of ids)
      await writeAsCustomer(instance, {
        conversationId: id,
        channel: 'email',
        text: TEXT,
        customer: { email: `${id}@customers.example` },
      });
  }
}

async function approvalOf(tables: LiveLevers['tables'], conversationId: string): Promise<AnyEvent | null> {
  const question = {
    KeyConditionExpression: '#c = :c',
    FilterExpression: '#n = :approved',
    ExpressionAttributeNames: { '#c': 'conversation_id', '#n': 'event_name' },
    ExpressionAttributeValues: { ':c': { S: conversationId }, ':approved': { S: 'ReplyApproved' } },
  };
  for await (const { envelope } of tables.query('audit_trail', question))
    return JSON.parse(String(envelope)) as AnyEvent;
  return null;
}

async function publishAgain({ context, instance }: Copy, approved: readonly AnyEvent[]): Promise<void> {
  const client = busClient(instance);
  const clock = { now: Date.now, monotonic: () => performance.now(), sleep: async () => {} };
  try {
    await withLevers(context, ({ place }) => publish({ bus: eventBridgeBus(client, place.env), clock }, approved));
  } finally {
    client.destroy();
  }
}

/** Whatever stands, the copy's own mode aside: strongest first, and nothing is waited for. */
async function resumeAll({ context }: Copy): Promise<void> {
  const stops = await withLevers(context, ({ flags, rules }) => readStops(flags, rules));
  for (const { level, only } of stops)
    await resume(context, { level, override: true, reason: REASON, ...(only !== null && { only }) });
}
