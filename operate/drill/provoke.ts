/** What would lead to a second answer if anything did: both archives replayed to every twin, and old webhooks fired again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyEvent } from '../../events/define-event.ts';
import { decodeVendorId } from '../../functions/shared/vendor-ids.ts';
import { doorOf, provenCall } from '../../local/webhook-proof.ts';
import { ARCHIVES } from '../../stacks/topology-archives.ts';
import { startReplay } from '../commands/replay.ts';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { readInFlight } from '../health/ledger.ts';
import type { Instance } from '../instance/instance.ts';
import { endpointTables } from '../instance/tables.ts';
import type { Copy } from './scratch.ts';

const DAY_MS = 86_400_000;
const POLL_MS = 500;
const QUIET_MS = 3_000;
const CALM_WITHIN_MS = 120_000;
/** Of all that were answered, the newest: a webhook is a webhook. */
const MOST_FIRED = 100;

/** A replay over everything that the archive still holds. */
export async function replayAll(context: Context, purpose: 'recovery' | 'rebuild', rule?: string): Promise<void> {
  const archive = ARCHIVES.find(({ name }) => name === (purpose === 'rebuild' ? 'facts' : 'recovery'));
  const from = new Date(Date.now() - (archive?.retentionDays ?? 1) * DAY_MS + 60_000).toISOString();
  const to = new Date().toISOString();
  await startReplay(context, { purpose, from, to, yes: true, override: true, ...(rule !== undefined && { rule }) });
}

/** Messages that were answered: conversation and comment as the helpdesk knows them. */
export async function answeredIn(instance: Instance): Promise<{ conversationId: string; commentId: string }[]> {
  const tables = endpointTables(instance);
  const found: { at: string; conversationId: string; commentId: string }[] = [];
  const question = {
    FilterExpression: '#n = :sent',
    ExpressionAttributeNames: { '#n': 'event_name' },
    ExpressionAttributeValues: { ':sent': { S: 'ReplySent' } },
  };
  try {
    for await (const { envelope } of tables.scan('audit_trail', question)) {
      const { metadata, data } = JSON.parse(String(envelope)) as AnyEvent;
      const [conversationId, commentId] = [metadata.conversationId ?? '', String(data.answersCommentId)].map(
        decodeVendorId,
      );
      if (conversationId && commentId) found.push({ at: metadata.occurredAt, conversationId, commentId });
    }
  } finally {
    await tables.close();
  }
  return found.sort((one, other) => (one.at < other.at ? 1 : -1)).slice(0, MOST_FIRED);
}

/** Each one twice: with the id of its message, as a full payload has it, and without, as the minimal one. */
export async function fireAgain(
  instance: Instance,
  answered: readonly { readonly conversationId: string; readonly commentId: string }[],
): Promise<number> {
  let accepted = 0;
  for (const { conversationId, commentId } of answered)
    for (const more of [{ message_id: commentId }, {}]) {
      const payload = { ticket_id: conversationId, trigger: 'customer_message', ...more };
      const { url, ...call } = provenCall(doorOf(instance), payload, Date.now());
      const response = await fetch(url, {
        method: 'POST',
        ...call,
        signal: AbortSignal.timeout(30_000),
      });
      if (response.status !== 200)
        throw new Failure('webhook_refused', `a webhook was answered ${response.status}`, 'try again');
      accepted += 1;
    }
  return accepted;
}

/** Until nothing is under way, for a while; answers how many messages are when patience ends. */
export async function untilCalm(
  { instance }: Pick<Copy, 'instance'>,
  signal: AbortSignal,
  within = CALM_WITHIN_MS,
): Promise<number> {
  const tables = endpointTables(instance);
  const until = performance.now() + within;
  let quietSince = performance.now();
  try {
    for (;;) {
      const { messages } = await readInFlight(tables, Date.now());
      if (messages > 0) quietSince = performance.now();
      if (performance.now() - quietSince >= QUIET_MS || performance.now() > until) return messages;
      await sleep(POLL_MS, undefined, { signal });
    }
  } finally {
    await tables.close();
  }
}
