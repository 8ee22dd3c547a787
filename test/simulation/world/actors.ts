/** Who moves a world besides the functions: customers, agents, the shop's webhooks, switches, an outage, clocks. */
import { WAITS } from '../../../functions/shared/times.ts';
import type { Fact } from '../facts.ts';
import type { Conversation } from '../scenario.ts';
import { replayNowAndThen } from './replays.ts';
import { WEBHOOK_TOKEN } from './setup.ts';
import { loseTablesNowAndThen } from './table-loss.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const RECONCILED_MS = 15 * MINUTE_MS;

/** Fires the shop's webhook for a comment, once: the helpdesk does not try again (reference §11). */
export async function fireWebhook(world: World, conversation: Conversation, commentId: string): Promise<void> {
  const body = {
    ticket_id: conversation.id,
    event_type: 'customer_message',
    ...(conversation.webhook === 'named' ? { message_id: commentId } : {}),
    channel: conversation.channel,
  };
  const ended = await world.functions.invoke('ingest', {
    rawPath: '/webhook',
    headers: { 'x-richpanel-webhook-token': WEBHOOK_TOKEN, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    requestContext: { http: { method: 'POST' } },
  });
  const answer = ended !== 'expired' && ended.ok ? (ended.value as { statusCode: number; body: string }) : null;
  const status = answer?.statusCode ?? 502;
  const told = answer && status === 200 ? (JSON.parse(answer.body) as { event_id?: string }) : {};
  world.record({
    kind: 'webhook',
    at: world.scheduler.clock.now(),
    conversationId: conversation.id,
    commentId,
    status,
    eventId: told.event_id ?? null,
  });
}

/** Plays one conversation; resolves when its last webhook is answered. */
export async function play(world: World, conversation: Conversation): Promise<void> {
  const people = world.scheduler.process('people');
  const began = people.clock.monotonic();
  const until = (atMs: number) => people.clock.sleep(began + atMs - people.clock.monotonic());
  const fired: Promise<void>[] = [];
  const later = async (afterMs: number, run: () => Promise<void>): Promise<void> => {
    await world.scheduler.process('webhook').clock.sleep(afterMs);
    await run();
  };
  world.helpdesk.open({
    conversationId: conversation.id,
    channel: conversation.channel,
    customer: conversation.customer,
    order: conversation.order,
  });
  let latestDue = 0;
  let written = 0;
  for (const act of [...conversation.acts].sort((left, right) => left.atMs - right.atMs)) {
    await until(act.atMs);
    if (act.kind === 'answers') {
      world.count('agent-acts');
      world.helpdesk.agentWrites(conversation.id, act.text);
      if (act.closes) world.helpdesk.agentCloses(conversation.id);
      continue;
    }
    const commentId = world.helpdesk.customerWrites(conversation.id, act.text, {
      isDispute: act.isDispute,
      lagMs: act.lagMs,
      ...(act.agedMs !== undefined && { agedMs: act.agedMs }),
    });
    written += 1;
    if (written > 1) world.count(act.atMs < 60_000 ? 'burst' : 'customer-acts');
    if (act.lagMs > 0) world.count('stale-read');
    for (const afterMs of act.webhooksAfterMs) {
      const due = act.atMs + afterMs;
      if (due < latestDue) world.count('swap-webhooks');
      latestDue = Math.max(latestDue, due);
      fired.push(later(afterMs, () => fireWebhook(world, conversation, commentId)));
    }
    if (act.webhooksAfterMs.length > 1) world.count('duplicate');
    // Two runs of the reconciler, and the time that it leaves to a webhook.
    if (act.webhooksAfterMs.length === 0) fired.push(later(2 * RECONCILED_MS + 2 * MINUTE_MS, async () => {}));
  }
  await Promise.all(fired);
}

/** Runs a function at its rate until it is told to stop; a turn at which it could find nothing is left out. */
export async function runBySchedule(
  world: World,
  name: 'sweeper' | 'reconciler',
  everyMs: number,
  isOver: () => boolean,
  isIdle: () => boolean = () => false,
): Promise<void> {
  const schedule = world.scheduler.process('schedule');
  while (!isOver()) {
    await schedule.clock.sleep(everyMs);
    if (!isIdle()) world.functions.invokeLater(name, { 'detail-type': 'Scheduled Event', detail: {} });
  }
}

/**
 * Whether the reconciler went through everything, and nothing has happened to a ticket or a table since: of the hours between
 * two days of a customer nothing is to be found.
 */
export function everythingReconciled(world: World): () => boolean {
  let read = 0;
  let changedAt = Number.NEGATIVE_INFINITY;
  return () => {
    const { facts } = world.history;
    for (; read < facts.length; read += 1) {
      const fact = facts[read];
      if (fact?.kind === 'loss') changedAt = fact.until;
      // Old mail is older than its appearance.
      else if (fact?.kind === 'comment') changedAt = Math.max(changedAt, fact.readableAt);
      else if (fact && CHANGES.includes(fact.kind)) changedAt = Math.max(changedAt, fact.at);
    }
    return world.readThroughAt > changedAt + RECONCILED_AFTER_MS;
  };
}
const CHANGES: readonly Fact['kind'][] = ['comment', 'webhook', 'status', 'failure', 'epoch'];
/** What is younger is left to its webhook; clocks are wrong by a minute. */
const RECONCILED_AFTER_MS = WAITS.reconcileGraceMs + 2 * MINUTE_MS;

/** Everything that happens to the whole shop at once, now and then, until the last conversation has begun. */
export async function troubleTheShop(world: World, forMs: number): Promise<void> {
  const { names } = world.mix;
  await Promise.all([
    ...(names.has('flag-flip') ? [flipSwitches(world, forMs)] : []),
    ...(names.has('vendor-down') ? [takeVendorDown(world, forMs)] : []),
    ...(names.has('clock-skew') ? [jumpClocks(world, forMs)] : []),
    ...(names.has('table-loss') ? [loseTablesNowAndThen(world, forMs)] : []),
    ...(names.has('replay') ? [replayNowAndThen(world, forMs)] : []),
    ...(names.has('deploy') ? [deployNowAndThen(world, forMs)] : []),
  ]);
}

/** `stop --level automation` and back again (interfaces §3). */
async function flipSwitches(world: World, forMs: number): Promise<void> {
  const operator = world.scheduler.process('operator');
  const random = world.random.fork('switches');
  const end = operator.clock.monotonic() + forMs;
  for (;;) {
    await operator.clock.sleep(random.integer(8 * MINUTE_MS, 30 * MINUTE_MS));
    if (operator.clock.monotonic() > end) return;
    // Most often between an approval and its door, where it matters.
    if (random.chance(0.7)) {
      await Promise.race([world.published('ReplyApproved'), operator.clock.sleep(8 * MINUTE_MS)]);
      await operator.clock.sleep(random.integer(0, 1_500));
    }
    if (operator.clock.monotonic() > end) return;
    const flag = random.pick(['automation_enabled', 'outbound_enabled', 'safe_mode']);
    await world.hands.alone(async () => {
      setStopped(world, flag, true);
      world.count('flag-flip');
      await operator.clock.sleep(random.integer(MINUTE_MS, 4 * MINUTE_MS));
      setStopped(world, flag, false);
      world.count('flag-flip');
    });
  }
}

export function setStopped(world: World, flag: string, stopped: boolean): void {
  const isOn = flag === 'safe_mode' ? stopped : !stopped;
  world.parameters.set(flag, String(isOn));
  world.record({ kind: 'switch', at: world.scheduler.clock.now(), stopped });
}

async function takeVendorDown(world: World, forMs: number): Promise<void> {
  const outage = world.scheduler.process('outage');
  const random = world.random.fork('outages');
  const end = outage.clock.monotonic() + forMs;
  for (;;) {
    await outage.clock.sleep(random.integer(10 * MINUTE_MS, 30 * MINUTE_MS));
    if (outage.clock.monotonic() > end) return;
    world.count('vendor-down');
    world.helpdesk.isDown = true;
    await outage.clock.sleep(random.integer(10_000, 3 * MINUTE_MS));
    world.helpdesk.isDown = false;
  }
}

/** The wall clock of one living container jumps while the monotonic one stands (protocols §10). */
async function jumpClocks(world: World, forMs: number): Promise<void> {
  const drift = world.scheduler.process('drift');
  const random = world.random.fork('jumps');
  const end = drift.clock.monotonic() + forMs;
  for (;;) {
    await drift.clock.sleep(random.integer(20_000, 2 * MINUTE_MS));
    if (drift.clock.monotonic() > end) return;
    const living = world.functions.living();
    const chosen = living[random.integer(0, Math.max(0, living.length - 1))];
    if (!chosen) continue;
    world.count('clock-skew');
    chosen.skew(random.integer(-60_000, 60_000));
  }
}

async function deployNowAndThen(world: World, forMs: number): Promise<void> {
  const pipeline = world.scheduler.process('pipeline');
  const random = world.random.fork('deploys');
  const end = pipeline.clock.monotonic() + forMs;
  for (;;) {
    await pipeline.clock.sleep(random.integer(4 * MINUTE_MS, 12 * MINUTE_MS));
    // Most come between an approval and its door, which is short.
    if (random.chance(0.7)) await Promise.race([world.published('ReplyApproved'), pipeline.clock.sleep(8 * MINUTE_MS)]);
    if (pipeline.clock.monotonic() > end) return;
    world.deploy();
  }
}
