/** What goes wrong on the way: crashes, refusals, lost leases, unreadable payloads. With it, every grant is needed. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { AnyEvent } from '../../events/define-event.ts';
import { TEMPLATE_FLAG_NAMES } from '../../events/flags.ts';
import { VendorError } from '../../functions/shared/errors.ts';
import type { DeployedFunction } from '../../functions/shared/function-settings.ts';
import { consumerKey } from '../../functions/shared/ledger/keys.ts';
import type { Verifier } from '../../functions/shared/ports.ts';
import type { CustomerMessage } from '../../local/sandbox/control/requests.ts';
import { PLACE } from './accesses.ts';
import { deafTo, deafToDone, dying, losingAnswer } from './broken-ports.ts';
import { ASK, DAMAGED, DISPUTE, ESTIMATE, orderOf, shipped, TRACKING, UNTRACKED, write } from './conversations.ts';
import type { LiveWorld, Override } from './live-world.ts';

const MINUTE_MS = 60_000;
/** Past every deadline of a message (protocols §7). */
const PAST_DEADLINE_MS = 3 * 60 * MINUTE_MS;

/** A function that consumes events, with one that it hears. */
const HEARD: Readonly<Partial<Record<DeployedFunction, string>>> = {
  classify: 'MessageReceived',
  'order-lookup': 'MessageClassified',
  verify: 'OrderNotMatched',
  'responder-route': 'MessageClassified',
  'responder-reply': 'ReplyApproved',
  'responder-settle': 'ReplyDenied',
  auditor: 'MessageReceived',
};
const CONSUMERS = Object.keys(HEARD) as DeployedFunction[];

let serial = 0;
/** The same fact under another id: what the bus would hand over for the first time. */
function copyOf(fact: AnyEvent, metadata: Partial<AnyEvent['metadata']> = {}): AnyEvent {
  serial += 1;
  const eventId = `018f0000-0000-7000-8000-${String(serial).padStart(12, '0')}`;
  return { ...fact, metadata: { ...fact.metadata, eventId, ...metadata } };
}

function lastFact(world: LiveWorld, name: string, conversationId?: string): AnyEvent {
  const fact = world.facts(conversationId).findLast(({ metadata }) => metadata.eventName === name);
  if (fact === undefined) throw new Error(`${name} was not stated`);
  return fact;
}

/** The last fact that its rule let through to a consumer. */
function lastHeard(world: LiveWorld, consumer: DeployedFunction): AnyEvent {
  if (consumer !== 'order-lookup') return lastFact(world, HEARD[consumer] ?? '');
  const isOrderQuestion = ({ metadata, data }: AnyEvent) =>
    metadata.eventName === 'MessageClassified' && 'tierCandidate' in data && data.tierCandidate === 2;
  const fact = world.facts().findLast(isOrderQuestion);
  if (fact === undefined) throw new Error('no order question was classified');
  return fact;
}

/** Everything that was stated arrives once more. */
async function everythingTwice(world: LiveWorld): Promise<void> {
  for (const name of CONSUMERS) {
    const fact = lastHeard(world, name);
    const stated = world.facts().length;
    await world.deliver(name, fact);
    if (world.facts().length > stated) throw new Error(`${name} stated something twice`);
  }
}

async function unreadablePayloads(world: LiveWorld): Promise<void> {
  for (const name of CONSUMERS) await world.unreadable(name);
}

/** Another holds the lease: the event waits in the later queue, and its message's record is told. */
export async function foreignLeases(world: LiveWorld): Promise<void> {
  for (const name of CONSUMERS) {
    const fact = copyOf(lastHeard(world, name), { receivedAt: new Date(world.now()).toISOString() });
    const { eventId } = fact.metadata;
    const lease = {
      key: consumerKey(name, name, eventId),
      status: 'IN_PROGRESS',
      owner: 'another',
      lease_until: world.now() + 10 * MINUTE_MS,
      generation: 1,
      expires_at: Math.floor(world.now() / 1000) + 3_600,
    };
    await world.endpoint.dynamo.send(
      new PutItemCommand({ TableName: `frontdesk_${PLACE.env}_idempotency`, Item: marshall(lease) }),
    );
    await world.deliver(name, fact);
    world.discardQueues(name);
  }
}

/** Nobody classifies; the sweeper states the message again, then that it stalled. */
async function stalledBeforeDecision(world: LiveWorld): Promise<void> {
  const start = world.stop('classify');
  await write(world, 'stalled-early', ASK);
  world.pass(2 * MINUTE_MS);
  await world.sweep();
  world.pass(PAST_DEADLINE_MS);
  await world.sweep();
  start();
  await world.rest();
}

/** Approved, and the door is never reached: `responder-settle` shuts it. */
async function stalledAtTheDoor(world: LiveWorld): Promise<void> {
  const start = world.stop('responder-reply');
  await write(world, 'stalled-late', DAMAGED);
  world.pass(PAST_DEADLINE_MS);
  await world.sweep();
  start();
  await world.rest();
}

/** The process dies right after, or right before, the message was written. */
async function lostSenders(world: LiveWorld): Promise<void> {
  for (const [id, hasSent] of [
    ['lost-unsent', false],
    ['lost-sent', true],
  ] as const) {
    await crashing(world, 'responder-reply', dying('sender', 'send', hasSent), () => write(world, id, DAMAGED));
    await sweptOut(world);
  }
}

/** The process dies before the ticket is closed. */
async function lostCloser(world: LiveWorld): Promise<void> {
  await crashing(world, 'responder-reply', dying('closer', 'close', false), () =>
    write(world, 'lost-close', ESTIMATE, {
      at: '2025-12-03T14:00:00Z',
      order: orderOf('lost-close', '48216', '2025-12-01T14:00:00Z'),
    }),
  );
  await sweptOut(world);
}

/** The resolution is stored, and nobody says so: the second try reads what stands. */
async function unansweredResolution(world: LiveWorld): Promise<void> {
  const restore = await world.replace('responder-reply', ({ store }) => ({
    store: losingAnswer(store, 'act:rp_resolve:', 'DONE'),
  }));
  await write(world, 'unanswered', ESTIMATE, {
    at: '2025-12-03T14:00:00Z',
    order: orderOf('unanswered', '48219', '2025-12-01T14:00:00Z'),
  });
  restore();
  lastFact(world, 'TicketResolved', 'unanswered');
}

/** An end is stored and not told: whoever finds it states the same bytes. */
async function untoldEnds(world: LiveWorld): Promise<void> {
  for (const [id, name, fact, text] of [
    ['untold-route', 'responder-route', 'MessageSettled', DISPUTE],
    ['untold-reply', 'responder-reply', 'ReplySent', DAMAGED],
  ] as const) {
    await crashing(
      world,
      name,
      ({ bus }) => ({ bus: deafTo(bus, fact) }),
      () => write(world, id, text),
    );
    await sweptOut(world);
  }
}

/** An approval that a replay led to never reaches the sender. */
async function replayedApproval(world: LiveWorld): Promise<void> {
  const start = world.stop('responder-reply');
  await write(world, 'replayed', DAMAGED);
  start();
  const approval = lastFact(world, 'ReplyApproved', 'replayed');
  const replay = {
    name: 'recovery-01JQ8Z5M9H3V6T2K4N7P0R1S8W',
    purpose: 'recovery',
    originalEventId: approval.metadata.eventId,
  } as const;
  await world.deliver('responder-settle', copyOf(approval, { replay }));
}

/** The customer takes back the question with a dispute, seen only at the door. */
async function escalatedAtTheDoor(world: LiveWorld): Promise<void> {
  const start = world.stop('responder-reply');
  await write(world, 'escalated', DAMAGED);
  start();
  await world.says('escalated', DISPUTE, { customer: { email: 'escalated.wilhelmina.quist@canary.test' } });
  await world.deliver('responder-reply', lastFact(world, 'ReplyApproved', 'escalated'));
  await world.rest();
}

/** A verifier that finds Tier 0 sets the sticky flag and raises it (decisions I3). */
async function escalatedByVerifier(world: LiveWorld): Promise<void> {
  const verifier: Verifier = {
    kind: 'embedded',
    verify: async () => ({
      kind: 'embedded',
      failure: null,
      allow: false,
      confidence: 1,
      downgradeTo: 'TIER_0_ESCALATION',
      reasonCode: 'ESCALATION_PRESENT',
    }),
  };
  const restore = await world.replace('verify', () => ({ verifier }));
  await write(world, 'verifier-tier0', TRACKING, {
    at: '2026-05-08T15:00:00Z',
    order: orderOf('verifier-tier0', '48217', '2026-05-04T15:00:00Z', shipped('1Z999AA10123456785')),
  });
  restore();
}

/** The helpdesk refuses for good: a failure is a fact. */
async function refusedByTheHelpdesk(world: LiveWorld): Promise<void> {
  const refused = async () => {
    throw new VendorError('richpanel', 'invalid', { status: 400, applied: 'no' });
  };
  const tagger = { addTags: refused, removeTags: refused, reopen: refused };
  const untracked = {
    at: '2026-05-08T15:00:00Z',
    order: orderOf('refused-denied', '48218', '2026-05-04T15:00:00Z', UNTRACKED),
  };
  const cases: readonly [DeployedFunction, Override, string, string, Partial<CustomerMessage>?][] = [
    ['order-lookup', () => ({ orders: { linked: refused, byId: refused } }), 'refused-order', ASK],
    ['responder-reply', () => ({ sender: { send: refused } }), 'refused-reply', DAMAGED],
    ['responder-route', () => ({ tagger }), 'refused-route', DISPUTE],
    ['responder-reply', () => ({ tagger }), 'refused-waiting', ASK],
    ['responder-settle', () => ({ tagger }), 'refused-denied', ASK, untracked],
  ];
  for (const [name, override, id, text, more] of cases) {
    const restore = await world.replace(name, override);
    await write(world, id, text, more);
    restore();
  }
}

/** No such ticket: four reads, then manual triage. */
async function unknownTicket(world: LiveWorld): Promise<void> {
  await world.webhook({ ticket_id: 'nowhere' });
  await world.rest();
  await world.rest();
}

/** A second comment without a webhook of its own, found by the look; and a webhook with nothing new behind it. */
async function missedAndRepeated(world: LiveWorld): Promise<void> {
  await world.says('missed', DISPUTE);
  await world.webhook({ ticket_id: 'missed' });
  await world.run();
  await world.says('missed', 'And I want to add something.');
  world.pass(MINUTE_MS);
  await world.rest();
  await world.webhook({ ticket_id: 'missed' });
  await world.rest();
  world.pass(MINUTE_MS);
  await world.rest();
}

/** The same webhook twice, before and long after its message was taken up. */
async function repeatedWebhook(world: LiveWorld): Promise<void> {
  const start = world.stop('classify');
  const message_id = await world.says('repeated', DISPUTE);
  await world.webhook({ ticket_id: 'repeated', message_id });
  world.pass(MINUTE_MS);
  await world.webhook({ ticket_id: 'repeated', message_id });
  start();
  await world.rest();
}

/** A decision of an older turn comes late: the route that stands in the register stays. */
async function overtakenRoutes(world: LiveWorld): Promise<void> {
  for (const [name, heard, id] of [
    ['responder-route', 'MessageClassified', 'damaged'],
    ['responder-settle', 'ReplyDenied', 'denied'],
  ] as const) {
    world.pass(2 * MINUTE_MS);
    const fact = lastFact(world, heard, id);
    const older = { ...fact, data: { ...fact.data, decisionId: 'dec_01JQ8Z5M9H3V6T2K4N7P0R1S8W' } };
    await world.deliver(name, copyOf(older, { conversationSeq: '0'.repeat(26) }));
  }
}

/** An approval comes late, behind a dispute that was routed meanwhile: nothing is sent, and its route stays out. */
async function overtakenAtTheDoor(world: LiveWorld): Promise<void> {
  const start = world.stop('responder-reply');
  await write(world, 'overtaken', ASK);
  world.pass(MINUTE_MS);
  await write(world, 'overtaken', DISPUTE);
  start();
  await world.deliver('responder-reply', lastFact(world, 'ReplyApproved', 'overtaken'));
}

/** The process dies when all is published, before it says so: the stored facts are published again, and nothing else. */
async function diedBeforeDone(world: LiveWorld): Promise<void> {
  for (const name of CONSUMERS) {
    // A route that was just written is not written again before a late write can no longer land (protocols §8).
    world.pass(2 * MINUTE_MS);
    const repeated = copyOf(lastFact(world, HEARD[name] ?? ''));
    await crashing(
      world,
      name,
      ({ store }) => ({ store: deafToDone(store) }),
      () => world.deliver(name, repeated),
    );
    await world.deliver(name, repeated);
  }
}

/** Flags change on the default bus. */
async function changedFlags(world: LiveWorld): Promise<void> {
  for (const flag of ['safe_mode', 'automation_enabled', TEMPLATE_FLAG_NAMES[0]])
    await world.invoke('flag-watcher', {
      id: `change-${flag}`,
      time: new Date(world.now()).toISOString(),
      source: 'aws.ssm',
      'detail-type': 'Parameter Store Change',
      detail: { name: `/frontdesk/${PLACE.env}/${flag}`, operation: 'Update' },
    });
  await world.run();
}

/** Runs with one function changed so that it dies; its failures are the ones planned, so they are taken from the record. */
async function crashing(
  world: LiveWorld,
  name: DeployedFunction,
  override: Override,
  run: () => Promise<unknown>,
): Promise<void> {
  const revive = await world.replace(name, override);
  const before = world.failures.length;
  await run();
  revive();
  const planned = world.failures.splice(before);
  if (planned.length === 0 || planned.some(({ by }) => by !== name))
    throw new Error(`${name} was to die, and alone: ${planned.map(({ by, code }) => `${by} ${code}`).join(', ')}`);
}

async function sweptOut(world: LiveWorld): Promise<void> {
  world.pass(3 * MINUTE_MS);
  await world.sweep();
  await world.rest();
}

/** Nothing of ours was told of the message; the reconciler finds it, alone in its window: reading more would use up its budget. */
async function lostWebhook(world: LiveWorld): Promise<void> {
  world.pass(25 * 60 * MINUTE_MS);
  await world.says('lost-webhook', DAMAGED);
  world.pass(10 * MINUTE_MS);
  await world.reconcile();
  await world.rest();
  if (world.outcomes('lost-webhook').length !== 1) throw new Error('the reconciler found nothing');
}

/** An agent says it by tag: by webhook, twice, and where no webhook told, for the reconciler. */
async function agentsFeedback(world: LiveWorld): Promise<void> {
  const told = { ticket_id: 'damaged', trigger: 'agent_feedback', tags: 'mw-processed,mw_feedback_misroute' };
  await world.webhook(told);
  await world.webhook(told);
  world.pass(25 * 60 * MINUTE_MS);
  await world.says('tagged', DAMAGED);
  await world.sandbox.agentActs({ conversationId: 'tagged', tags: ['mw:feedback:pii_risk'] });
  world.pass(10 * MINUTE_MS);
  await world.reconcile();
  world.pass(15 * MINUTE_MS);
  await world.sandbox.agentActs({ conversationId: 'tagged', tags: ['mw-vip'] });
  await world.reconcile();
  await world.rest();
  const stated = (id: string) =>
    world.facts(id).filter(({ metadata }) => metadata.eventName === 'AgentFeedbackReceived').length;
  if (stated('damaged') !== 1 || stated('tagged') !== 1) throw new Error('what an agent says is stated once');
}

/** The sweeper remembers that intake was held back, and since when it is not. */
async function heldIntake(world: LiveWorld): Promise<void> {
  world.endpoint.putParameter(`/frontdesk/${PLACE.env}/catch_up_mode`, 'true');
  world.pass(MINUTE_MS);
  await world.sweep();
  world.endpoint.putParameter(`/frontdesk/${PLACE.env}/catch_up_mode`, 'false');
  world.pass(MINUTE_MS);
  await world.sweep();
}

/** Nobody has tried again since: the sweeper closes them. */
async function lapsedCircuits(world: LiveWorld): Promise<void> {
  for (const bucket of ['richpanel#orders#breaker', 'openai#breaker'])
    await world.endpoint.dynamo.send(
      new PutItemCommand({
        TableName: `frontdesk_${PLACE.env}_vendor_limits`,
        Item: marshall({ bucket, slots: [], open_until: world.now(), probe_until: null, version: 1 }),
      }),
    );
  world.pass(10 * MINUTE_MS);
  await world.sweep();
}

export const MISHAPS: readonly ((world: LiveWorld) => Promise<void>)[] = [
  everythingTwice,
  unreadablePayloads,
  foreignLeases,
  diedBeforeDone,
  overtakenRoutes,
  overtakenAtTheDoor,
  repeatedWebhook,
  missedAndRepeated,
  unknownTicket,
  refusedByTheHelpdesk,
  escalatedAtTheDoor,
  escalatedByVerifier,
  replayedApproval,
  untoldEnds,
  lostSenders,
  lostCloser,
  unansweredResolution,
  stalledBeforeDecision,
  stalledAtTheDoor,
  changedFlags,
  lostWebhook,
  agentsFeedback,
  heldIntake,
  lapsedCircuits,
];
