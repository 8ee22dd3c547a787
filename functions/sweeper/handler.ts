/**
 * Looks after what hangs: republishes intake, states what is stalled or unclear, publishes what was stored and not told.
 * Decides nothing, calls no vendor (protocols §7).
 */
import { FLAG_KEYS } from '../../events/flags.ts';
import type { Container } from '../shared/container.ts';
import { derive, type Envelope } from '../shared/envelopes.ts';
import { codeOf, SafeError } from '../shared/errors.ts';
import { uuidV5 } from '../shared/ids.ts';
import { outcomeOf, publishOutcome } from '../shared/ledger/actions.ts';
import { openBranchesOf, publishSettled } from '../shared/ledger/messages.ts';
import { publish } from '../shared/publisher.ts';
import { all, eq, type Item, present } from '../shared/store/language.ts';
import { OPEN_BY_RECEIVED, OPEN_BY_SWEEP } from '../shared/store/tables.ts';
import { CAPS, nth } from '../shared/times.ts';
import { rememberAge } from './age.ts';
import { watchCircuits } from './circuits.ts';
import { type Intake, readIntake } from './intake.ts';

export const uses = ['intakeRule'] as const;
type SweeperContainer = Container<(typeof uses)[number]>;

/** One run: at most 100 records, then the circuits' timers and the gauge of the oldest unsettled message. */
export function sweeper(container: SweeperContainer): (payload: unknown) => Promise<{ swept: number }> {
  return async () => {
    try {
      const intake = await readIntake(container);
      let left: number = CAPS.sweepRun;
      let swept = 0;
      // Claims first: they are few, and a customer may be waiting behind one.
      for (const kind of ['act', 'evt'] as const) {
        const done = await sweepKind(container, intake, kind, left);
        left -= done.taken;
        swept += done.swept;
      }
      await watchCircuits(container);
      await gauge(container);
      await gaugeFlags(container);
      return { swept };
    } catch (error) {
      container.log('ERROR', 'consumer.event.failed', { error_code: codeOf(error) });
      throw new SafeError(codeOf(error));
    }
  };
}

/** What only waits for intake does not keep the others from their turn: while some do, it looks further. */
async function sweepKind(
  container: SweeperContainer,
  intake: Intake,
  kind: 'evt' | 'act',
  most: number,
): Promise<{ readonly taken: number; readonly swept: number }> {
  let [taken, swept, held] = [0, 0, 0];
  for (let isMore = true; isMore && taken < most && held < CAPS.sweepHeld; ) {
    const due = await container.store.query('idempotency', {
      index: OPEN_BY_SWEEP,
      partition: kind,
      upTo: container.clock.now(),
      limit: most - taken,
    });
    isMore = false;
    for (const record of due) {
      const done = await sweep(container, intake, kind, record);
      if (done === 'held') held += 1;
      else taken += 1;
      if (done === 'swept') swept += 1;
      isMore ||= done === 'held';
    }
  }
  return { taken, swept };
}

/** Moves `next_sweep_at` first: whoever loses that update leaves the record alone. */
async function sweep(
  container: SweeperContainer,
  intake: Intake,
  kind: 'evt' | 'act',
  record: Item,
): Promise<'swept' | 'held' | 'lost'> {
  const key = String(record.key);
  const sweeps = Number(record.sweeps ?? 0);
  const isHeld = intake.isHeld && record.status === 'RECEIVED';
  const moved = await container.store.update(
    'idempotency',
    { key },
    isHeld
      ? { set: { next_sweep_at: nextOfHeld(container) } }
      : { set: { next_sweep_at: nextSweep(container, intake, record) }, add: { sweeps: 1 } },
    all(
      present('open'),
      eq('next_sweep_at', Number(record.next_sweep_at)),
      eq('sweeps', sweeps),
      // What is taken up in between stalls on time.
      ...(isHeld ? [eq('status', 'RECEIVED')] : []),
    ),
  );
  if (!moved) return 'lost';
  if (isHeld) return 'held';
  if (kind === 'act') await sweepAction(container, key, moved);
  else await sweepMessage(container, intake, key, moved);
  return 'swept';
}

/** What is held uses up none of its back-off: it is stated again soon after the end, and long before the deadline that counts from there. */
function nextOfHeld({ clock, waits }: Container): number {
  return clock.now() + nth(waits.sweepMs, 1);
}

/** The back-off, but no later than the deadline: a message stalls on time (protocols §7). */
function nextSweep(container: Container, intake: Intake, record: Item): number {
  const now = container.clock.now();
  const backOff = now + nth(container.waits.sweepMs, Number(record.sweeps ?? 0));
  const isMessage = typeof record.root === 'string' && (record.status === 'RECEIVED' || record.status === 'CLASSIFIED');
  const deadline = deadlineOf(container, intake, record);
  return isMessage && now <= deadline ? Math.min(backOff, deadline + 1) : backOff;
}

/** Of a message that nobody could take up it counts from the end of that time; one that was taken up stalls on time. */
function deadlineOf({ waits }: Container, { endedAt }: Intake, record: Item): number {
  const parked = record.deadline_is_firm === true ? 0 : Number(record.parked_ms ?? 0);
  const receivedAt = Number(record.received_at);
  const since = record.status === 'RECEIVED' ? Math.max(receivedAt, endedAt) : receivedAt;
  return since + Number(record.deadline_ms ?? waits.deadlineMs) + parked;
}

async function sweepMessage(container: Container, intake: Intake, key: string, record: Item): Promise<void> {
  if (record.status === 'SETTLED') return publishSettled(container, key, record);
  if (record.status === 'DEAD') return;
  const root = JSON.parse(String(record.root)) as Envelope;
  const age = container.clock.now() - Number(record.received_at);
  const parked = Number(record.parked_ms ?? 0);
  if (container.clock.now() > deadlineOf(container, intake, record)) {
    // Every sweep before may have died: no fact names a cause that nobody was told.
    if (record.status === 'RECEIVED' && typeof record.stalled !== 'string') await publish(container, [root]);
    return stateOnce(container, key, 'stalled', stalled(container, record, root, age, parked));
  }
  if (record.status === 'RECEIVED') {
    await publish(container, [root]);
    container.log('WARN', 'ingress.publish.republished', {
      event_id: root.metadata.eventId,
      ticket_id: root.metadata.conversationId,
    });
    container.metrics.count('ingress.republished_total');
  }
}

/**
 * A claim that is overdue, or an end whose owner died before telling it: `responder-settle` publishes what is stored, or
 * reads, and closes the branch.
 */
async function sweepAction(container: Container, key: string, record: Item): Promise<void> {
  const age = container.clock.now() - Number(record.claimed_at);
  if (record.status === 'CLAIMED' && age < container.waits.unclearAfterMs && record.overdue !== true) return;
  const approval = typeof record.approval === 'string' ? (JSON.parse(record.approval) as Envelope) : null;
  if (approval) await stateOnce(container, key, 'unclear', unclear(container, key, record, approval, age));
  // Of a reply that nobody has seen a person is told by a tag: it stays among the open ones until `responder-settle` has been there.
  const outcome = record.status === 'UNKNOWN' && approval ? outcomeOf(record) : null;
  if (outcome) await publish(container, [outcome]);
  else if (record.status !== 'CLAIMED') await publishOutcome(container, key, record);
}

function unclear(container: Container, key: string, record: Item, approval: Envelope, age: number): Envelope {
  const data = approval.data as { approvalId: string; templateId: never };
  return stated(
    container,
    'ReplyOutcomeUnclear',
    approval,
    uuidV5(key, 'ReplyOutcomeUnclear', Number(record.generation ?? 1)),
    {
      approvalId: data.approvalId,
      templateId: data.templateId,
      actionKey: key,
      claimedAt: new Date(Number(record.claimed_at)).toISOString(),
      claimAgeSeconds: Math.max(0, Math.floor(age / 1000)),
    },
  );
}

/** Every sweep that is due states the same bytes: the first ones are kept on the record. */
async function stateOnce(
  container: Container,
  key: string,
  name: 'stalled' | 'unclear',
  fact: Envelope,
): Promise<void> {
  const kept = await container.store.update(
    'idempotency',
    { key },
    { setIfAbsent: { [name]: JSON.stringify(fact) } },
    present('open'),
  );
  if (kept) await publish(container, [JSON.parse(String(kept[name])) as Envelope]);
}

/** The same id at every due sweep: its handler acts on the record's state. */
function stalled(container: Container, record: Item, root: Envelope, age: number, parked: number): Envelope {
  const commentId = typeof record.message_id === 'string' ? record.message_id : null;
  const fact = stated(
    container,
    'MessageStalled',
    root,
    uuidV5(root.metadata.eventId, 'MessageStalled', Number(record.generation ?? 1)),
    {
      state: record.status === 'CLASSIFIED' ? 'CLASSIFIED' : 'RECEIVED',
      openBranches: openBranchesOf(record),
      ageSeconds: Math.floor(age / 1000),
      parkedSeconds: Math.floor(parked / 1000),
      sweeps: Number(record.sweeps ?? 0),
    },
  );
  return {
    ...fact,
    metadata: {
      ...fact.metadata,
      messageId: commentId ?? fact.metadata.messageId,
      messageKey: commentId ?? fact.metadata.messageKey,
      conversationSeq: typeof record.conversation_seq === 'string' ? record.conversation_seq : null,
    },
  };
}

function stated<N extends 'MessageStalled' | 'ReplyOutcomeUnclear'>(
  container: Container,
  name: N,
  parent: Envelope,
  eventId: string,
  data: Parameters<typeof derive<N>>[1],
): Envelope {
  const { release, env } = container.settings;
  return derive(
    name,
    data,
    parent.metadata,
    { producer: 'sweeper', release, env, brandId: parent.metadata.brandId },
    {
      now: container.clock.now(),
      generation: 1,
      eventId,
    },
  );
}

/** Of chat by itself too, which is to be routed within seconds (platform §6.5, Q1 and Q2). */
async function gauge(container: Container): Promise<void> {
  const oldest = await container.store.query('idempotency', {
    index: OPEN_BY_RECEIVED,
    partition: 'evt',
    limit: CAPS.sweepRun,
  });
  const ageOf = (record: Item | undefined): number =>
    record ? Math.max(0, Math.floor((container.clock.now() - Number(record.received_at)) / 1000)) : 0;
  const isChat = ({ root }: Item): boolean =>
    typeof root === 'string' && (JSON.parse(root) as Envelope).metadata.channel === 'livechat';
  await rememberAge(container, ageOf(oldest[0]));
  container.metrics.observe('bus.inflight', oldest.length);
  container.metrics.observe('bus.oldest_unsettled_age_s', ageOf(oldest[0]));
  container.metrics.observe('bus.oldest_unsettled_age_s', ageOf(oldest.find(isChat)), 'livechat');
}

/** What every switch stands at, once a minute: a timeline beside those of replies and decisions. */
async function gaugeFlags({ flags, metrics }: Container): Promise<void> {
  const { values } = await flags.read();
  for (const flag of FLAG_KEYS) {
    const value: unknown = Object.hasOwn(values, flag) ? values[flag as keyof typeof values] : undefined;
    if (typeof value === 'boolean') metrics.observe('flags.state', value ? 1 : 0, flag);
  }
}
