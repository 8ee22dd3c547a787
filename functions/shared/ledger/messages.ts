/** The message record `evt:`: from a durable webhook to settled exactly once (protocols §2, §7). */
import type { Metadata } from '../../../events/envelope.ts';
import { BRANCHES, type Branch, type FunctionName, type Outcome } from '../../../events/words.ts';
import type { Base } from '../container.ts';
import { derive, type Envelope } from '../envelopes.ts';
import { uuidV5 } from '../ids.ts';
import { asProducer } from '../producer.ts';
import { publish } from '../publisher.ts';
import { absent, all, any, type Condition, eq, firstWriter, type Item, ne } from '../store/language.ts';
import { nth, TIMES } from '../times.ts';
import { expiresAt, messageRecordKey, nowSeconds } from './keys.ts';

export type BranchOutcome = Outcome;

const branchName = (branch: Branch) => `branch_${branch}`;
const outcomeName = (branch: Branch) => `outcome_${branch}`;
const isNotOpen = (branch: Branch): Condition => any(absent(branchName(branch)), ne(branchName(branch), 'open'));

/** Puts the record of a root if nobody has; `false` when one is there. */
export function putMessage(container: Recording, key: string, root: Envelope, extra: Item = {}): Promise<boolean> {
  const now = container.clock.now();
  const record = messageOf(container, root, now);
  return container.store.put(
    'idempotency',
    { key, ...record, ...extra },
    // A repeat of this very write; another statement of the same computed id would be a second content under it.
    any(firstWriter('key', nowSeconds(now)), all(eq('root', String(record.root)), eq('status', 'RECEIVED'))),
  );
}

type Recording = Pick<Base, 'store' | 'clock' | 'waits'>;

function messageOf({ waits }: Recording, root: Envelope, now: number): Item {
  const { eventId, conversationId, intakeKey, channel, occurredAt } = root.metadata;
  const receivedAt = Date.parse(root.metadata.receivedAt ?? occurredAt);
  return {
    status: 'RECEIVED',
    event_id: eventId,
    root: JSON.stringify(root),
    conversation_id: conversationId,
    intake_key: intakeKey,
    created_at: new Date(now).toISOString(),
    received_at: receivedAt,
    open: 'evt',
    next_sweep_at: receivedAt + nth(waits.sweepMs, 0),
    sweeps: 0,
    parked_ms: 0,
    deadline_ms: channel === 'livechat' ? waits.deadlineLivechatMs : waits.deadlineMs,
    expires_at: expiresAt(now, TIMES.ttl.evt),
  };
}

/** `null` where nobody holds the comment or the intake key. */
export function readMessage(container: Pick<Base, 'store'>, key: string): Promise<Item | null> {
  return container.store.get('idempotency', { key });
}

/** Key of the record under which the envelope's message entered. */
export function recordKeyOf(metadata: Metadata): string {
  return messageRecordKey(metadata.conversationId ?? '', metadata.intakeKey ?? '');
}

/** SETTLED or DEAD: nothing more has an effect. */
export function isOver(record: Item | null): boolean {
  return record?.status === 'SETTLED' || record?.status === 'DEAD';
}

/** A lost record whose key is by now the claim of another root on its comment: that one routes and ends it. */
export function isTakenOver(record: Item | null): boolean {
  return record !== null && record.status === undefined && record.root_event_id !== undefined;
}

/**
 * Opens the branches of a decided message, once in its life: RECEIVED → CLASSIFIED. Where the record was lost and its key is by now
 * another root's claim on the comment, it is made anew beside the claim: what this root has decided is followed to its end.
 *
 * @returns `false` when the record is SETTLED or DEAD: then nothing may be published.
 */
export async function openBranches(
  container: Base,
  key: string,
  branches: readonly Branch[],
  about: Item,
  root: Envelope,
): Promise<boolean> {
  const opened: Record<string, string> = Object.fromEntries(branches.map((branch) => [branchName(branch), 'open']));
  const set = { ...about, ...opened, status: 'CLASSIFIED' };
  if (await container.store.change('idempotency', { key }, { set }, eq('status', 'RECEIVED'))) return true;
  const record = await readMessage(container, key);
  if (!record || !isTakenOver(record)) return !isOver(record);
  const anew = { ...messageOf(container, root, container.clock.now()), key_kind: 'message', ...set };
  await container.store.change(
    'idempotency',
    { key },
    { set: anew },
    all(absent('status'), eq('root_event_id', String(record.root_event_id))),
  );
  return true;
}

/** Adds the branch `escalate`, once; on a settled record the fact is stated without a branch. */
export async function openEscalation(container: Base, key: string): Promise<void> {
  const name = branchName('escalate');
  await container.store.change(
    'idempotency',
    { key },
    { set: { [name]: 'open' } },
    all(absent(name), eq('status', 'CLASSIFIED')),
  );
}

/** Branches that still have to close. */
export function openBranchesOf(record: Item): Branch[] {
  return BRANCHES.filter((branch) => record[branchName(branch)] === 'open');
}

/**
 * Closes one branch; whoever closes the last one settles the message and states it. Runs after the facts are published.
 *
 * @param decisionId  of what ends the branch: after a loss the record may have been opened anew by another decision, whose own
 *                    chain closes it. Not given by who acts on the record itself.
 */
export async function closeBranch(
  container: Base,
  key: string,
  branch: Branch,
  by: FunctionName,
  outcome: BranchOutcome,
  decisionId?: string,
): Promise<void> {
  const isOpenedByIt = decisionId === undefined ? [] : [any(absent('decision_id'), eq('decision_id', decisionId))];
  const mine = all(eq(branchName(branch), 'open'), eq('status', 'CLASSIFIED'), ...isOpenedByIt);
  const others = BRANCHES.filter((other) => other !== branch);
  const set = { [branchName(branch)]: 'closed', [outcomeName(branch)]: outcome };
  for (let round = 0; round < 3; round += 1) {
    const settledAt = new Date(container.clock.now()).toISOString();
    const last = await container.store.update(
      'idempotency',
      { key },
      { set: { ...set, status: 'SETTLED', settled_by: by, settled_at: settledAt } },
      all(mine, ...others.map(isNotOpen)),
    );
    if (last) return publishSettled(container, key, last);
    const isClosed = await container.store.change(
      'idempotency',
      { key },
      { set },
      all(mine, any(...others.map((other) => eq(branchName(other), 'open')))),
    );
    if (isClosed) return;
    const record = await readMessage(container, key);
    if (!record || record.status === 'DEAD') return;
    if (record.status === 'SETTLED') return publishSettled(container, key, record);
    if (record[branchName(branch)] !== 'open' || isOfAnother(record, decisionId)) return;
  }
}

function isOfAnother({ decision_id: opened }: Item, decisionId: string | undefined): boolean {
  return decisionId !== undefined && opened !== undefined && opened !== decisionId;
}

/**
 * Settles a message that has nothing to route or to answer: duplicates and superseded ones close all branches.
 *
 * @param root  whose verdict it is. After a loss the message may have entered anew under another, which is to be decided by itself.
 */
export async function settleWithout(
  container: Base,
  key: string,
  by: FunctionName,
  outcome: BranchOutcome,
  { root, about = {} }: { readonly root?: string | null; readonly about?: Item } = {},
): Promise<void> {
  const settledAt = new Date(container.clock.now()).toISOString();
  const settled = await container.store.update(
    'idempotency',
    { key },
    { set: { ...about, status: 'SETTLED', settled_by: by, settled_at: settledAt, outcome_message: outcome } },
    typeof root === 'string' ? all(eq('status', 'RECEIVED'), eq('event_id', root)) : eq('status', 'RECEIVED'),
  );
  const record = settled ?? (await readMessage(container, key));
  if (record?.status === 'SETTLED') await publishSettled(container, key, record);
}

/** Closes every open branch with one outcome; used when a message is given up. */
export async function closeAllBranches(
  container: Base,
  key: string,
  by: FunctionName,
  outcome: BranchOutcome,
): Promise<void> {
  const record = await readMessage(container, key);
  if (!record) return;
  if (record.status === 'RECEIVED') return settleWithout(container, key, by, outcome);
  const open = openBranchesOf(record);
  for (const branch of open) await closeBranch(container, key, branch, by, outcome);
  if (open.length === 0 && record.status === 'SETTLED') await publishSettled(container, key, record);
}

/**
 * States `MessageSettled` from the record alone, so that anybody who finds it unpublished states the same bytes; `open`
 * goes away only then.
 */
export async function publishSettled(container: Base, key: string, record: Item): Promise<void> {
  if (record.open === undefined) return;
  await publish(container, [settledFact(record)]);
  await container.store.change('idempotency', { key }, { remove: ['open', 'next_sweep_at'] }, eq('status', 'SETTLED'));
}

function settledFact(record: Item): Envelope {
  const root = JSON.parse(String(record.root)) as Envelope;
  const by = asProducer(String(record.settled_by) as FunctionName);
  const at = Date.parse(String(record.settled_at));
  const generation = Number(record.generation ?? 1);
  return derive(
    'MessageSettled',
    {
      outcome: overallOutcome(record),
      settledBy: by,
      endToEndMs: Math.max(0, at - Number(record.received_at)),
      hops: root.metadata.hops + 1,
    },
    root.metadata,
    { producer: by, release: root.metadata.release, env: root.metadata.env, brandId: root.metadata.brandId },
    {
      now: at,
      generation,
      eventId: uuidV5(root.metadata.eventId, 'MessageSettled', generation),
      about: {
        messageId: typeof record.message_id === 'string' ? record.message_id : root.metadata.messageId,
        messageKey: typeof record.message_id === 'string' ? record.message_id : root.metadata.messageKey,
        conversationSeq:
          typeof record.conversation_seq === 'string' ? record.conversation_seq : root.metadata.conversationSeq,
      },
    },
  );
}

/** The first that fits of: failed, replied, suppressed, routed (interfaces §2). */
export function overallOutcome(record: Item): Outcome {
  const told = ['outcome_message', ...BRANCHES.map(outcomeName)].map((name) => record[name]);
  for (const outcome of ['failed', 'replied', 'suppressed'] as const) if (told.includes(outcome)) return outcome;
  return 'routed';
}

/** Time parked moves a message's deadline; repeated with the same marker it counts once. */
export async function addParkedTime(
  container: Pick<Base, 'store'>,
  key: string,
  marker: string,
  ms: number,
): Promise<void> {
  await container.store.change(
    'idempotency',
    { key },
    { add: { parked_ms: ms }, set: { parked_marker: marker } },
    all(
      any(eq('status', 'RECEIVED'), eq('status', 'CLASSIFIED')),
      any(absent('parked_marker'), ne('parked_marker', marker)),
    ),
  );
}
