/**
 * Looks after what hangs: republishes intake, states what is stalled or unclear, publishes what was stored and not told.
 * Decides nothing, calls no vendor (protocols §7).
 */
import type { Container } from '../shared/container.ts';
import { derive, type Envelope } from '../shared/envelopes.ts';
import { codeOf, SafeError } from '../shared/errors.ts';
import { uuidV5 } from '../shared/ids.ts';
import { publishOutcome } from '../shared/ledger/actions.ts';
import { openBranchesOf, publishSettled } from '../shared/ledger/messages.ts';
import { publish } from '../shared/publisher.ts';
import { all, eq, type Item, present } from '../shared/store/language.ts';
import { OPEN_BY_RECEIVED, OPEN_BY_SWEEP } from '../shared/store/tables.ts';
import { CAPS, nth } from '../shared/times.ts';

export const uses = [] as const;

/** One run: at most 100 records, then the gauge of the oldest unsettled message. */
export function sweeper(container: Container): (payload: unknown) => Promise<{ swept: number }> {
  return async () => {
    try {
      let swept = 0;
      let left: number = CAPS.sweepRun;
      // Claims first: they are few, and a customer may be waiting behind one.
      for (const kind of ['act', 'evt'] as const) {
        if (left === 0) break;
        const due = await container.store.query('idempotency', {
          index: OPEN_BY_SWEEP,
          partition: kind,
          upTo: container.clock.now(),
          limit: left,
        });
        left -= due.length;
        for (const record of due) if (await sweep(container, kind, record)) swept += 1;
      }
      await gauge(container);
      return { swept };
    } catch (error) {
      container.log('ERROR', 'consumer.event.failed', { error_code: codeOf(error) });
      throw new SafeError(codeOf(error));
    }
  };
}

/** Moves `next_sweep_at` first: whoever loses that update leaves the record alone. */
async function sweep(container: Container, kind: 'evt' | 'act', record: Item): Promise<boolean> {
  const key = String(record.key);
  const sweeps = Number(record.sweeps ?? 0);
  const moved = await container.store.update(
    'idempotency',
    { key },
    { set: { next_sweep_at: nextSweep(container, record) }, add: { sweeps: 1 } },
    all(present('open'), eq('next_sweep_at', Number(record.next_sweep_at)), eq('sweeps', sweeps)),
  );
  if (!moved) return false;
  if (kind === 'act') await sweepAction(container, key, moved);
  else await sweepMessage(container, key, moved);
  return true;
}

/** The back-off, but no later than the deadline: a message stalls on time (protocols §7). */
function nextSweep(container: Container, record: Item): number {
  const now = container.clock.now();
  const backOff = now + nth(container.waits.sweepMs, Number(record.sweeps ?? 0));
  const isMessage = typeof record.root === 'string' && (record.status === 'RECEIVED' || record.status === 'CLASSIFIED');
  const deadline = deadlineOf(container, record);
  return isMessage && now <= deadline ? Math.min(backOff, deadline + 1) : backOff;
}

function deadlineOf({ waits }: Container, record: Item): number {
  const parked = record.deadline_is_firm === true ? 0 : Number(record.parked_ms ?? 0);
  return Number(record.received_at) + Number(record.deadline_ms ?? waits.deadlineMs) + parked;
}

async function sweepMessage(container: Container, key: string, record: Item): Promise<void> {
  if (record.status === 'SETTLED') return publishSettled(container, key, record);
  if (record.status === 'DEAD') return;
  const root = JSON.parse(String(record.root)) as Envelope;
  const age = container.clock.now() - Number(record.received_at);
  const parked = Number(record.parked_ms ?? 0);
  if (container.clock.now() > deadlineOf(container, record))
    return stateOnce(container, key, 'stalled', stalled(container, record, root, age, parked));
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
  if (record.status !== 'CLAIMED') await publishOutcome(container, key, record);
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

async function gauge(container: Container): Promise<void> {
  const [oldest] = await container.store.query('idempotency', { index: OPEN_BY_RECEIVED, partition: 'evt', limit: 1 });
  const age = oldest ? container.clock.now() - Number(oldest.received_at) : 0;
  container.metrics.observe('bus.oldest_unsettled_age_s', Math.max(0, Math.floor(age / 1000)));
}
