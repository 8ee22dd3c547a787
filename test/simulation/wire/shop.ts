/**
 * The helpdesk's people: customers and agents write in the sandbox, and the shop's HTTP target fires the webhooks. While the
 * product is down they wait, as people do; a webhook that meets a closed door is lost, as the vendor's is (reference §11).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import type { Accepted } from '../../processes/states.ts';
import type { Random } from '../kernel/random.ts';
import type { Act, Conversation } from '../scenario.ts';
import type { Fired } from './account.ts';
import { control } from './control.ts';

export type Shop = {
  /** Resolves when the last of its webhooks is answered. */
  play(conversation: Conversation): Promise<void>;
  readonly fired: readonly Fired[];
  /** Those whose webhook was answered 200. */
  accepted(): Accepted[];
  /** Comments that reads may not show at first: until when, epoch milliseconds. */
  readonly readableAt: ReadonlyMap<string, number>;
  readonly disputes: ReadonlySet<string>;
  /** Customers' comments that stand on a ticket. */
  readonly written: readonly Written[];
};

export type Written = { readonly conversationId: string; readonly commentId: string };
type Writes = Extract<Act, { kind: 'writes' }>;

/** As the vendor's sender (reference §11): one attempt, little patience. */
const WEBHOOK_TIMEOUT_MS = 5_000;
const AGAIN_MS = 100;

/**
 * @param up  the running instance, as soon as there is one
 * @param timeScale  of what people wait between two acts
 */
export function openShop(up: () => Promise<ReadyObject>, random: Random, timeScale: number): Shop {
  const fired: Fired[] = [];
  const readableAt = new Map<string, number>();
  const disputes = new Set<string>();
  const written: Written[] = [];
  let turn: Promise<unknown> = Promise.resolve();

  /** How long a comment stays unreadable is an option of the whole sandbox, so one is written at a time. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const mine = turn.then(run);
    turn = mine.catch(() => {});
    return mine;
  }

  /** Again and again, since who has lost the answer looks first whether it stands there. */
  async function untilDone(
    isDone: (ready: ReadyObject) => Promise<boolean>,
    act: (ready: ReadyObject) => Promise<void>,
  ) {
    for (let attempt = 0; ; attempt += 1) {
      // Where it cannot be started any more, the run is over.
      const ready = await up();
      try {
        if (attempt === 0 || !(await isDone(ready))) await act(ready);
        return;
      } catch {
        await sleep(AGAIN_MS);
      }
    }
  }

  async function customerWrites(conversation: Conversation, { text, lagMs }: Writes, commentId: string): Promise<void> {
    const { id: conversationId, channel, customer, order } = conversation;
    const { email, firstName } = customer;
    const lag = Math.round(lagMs * timeScale);
    const message = { conversationId, messageId: commentId, channel, text, customer: { email, firstName }, order };
    await untilDone(
      async (ready) => (await commentsOf(ready, conversationId)).some(({ id }) => id === commentId),
      async (ready) => {
        if (lag > 0) await control(ready, 'PUT', 'options', { beforeVisible: true, visibleAfterMs: lag });
        try {
          await control(ready, 'POST', 'messages', message);
        } finally {
          if (lag > 0) await control(ready, 'PUT', 'options', { beforeVisible: false });
        }
      },
    );
    if (lag > 0) readableAt.set(commentId, Date.now() + lag);
    written.push({ conversationId, commentId });
  }

  async function agentAnswers(conversationId: string, text: string): Promise<void> {
    await untilDone(
      async (ready) => (await commentsOf(ready, conversationId)).some(({ plain_body }) => plain_body === text),
      async (ready) => void (await control(ready, 'POST', 'agent', { conversationId, text })),
    );
  }

  async function fire(conversation: Conversation, commentId: string): Promise<void> {
    const body = {
      ticket_id: conversation.id,
      event_type: 'customer_message',
      ...(conversation.webhook === 'named' ? { message_id: commentId } : {}),
      channel: conversation.channel,
    };
    const answer = await knock(await up(), body);
    fired.push({ conversationId: conversation.id, commentId, at: Date.now(), ...answer });
  }

  async function play(conversation: Conversation): Promise<void> {
    const began = performance.now();
    const until = (atMs: number) => sleep(Math.max(0, began + atMs * timeScale - performance.now()));
    const calls: Promise<void>[] = [];
    for (const act of [...conversation.acts].sort((left, right) => left.atMs - right.atMs)) {
      await until(act.atMs);
      if (act.kind === 'answers') {
        await agentAnswers(conversation.id, act.text);
        continue;
      }
      const commentId = `c${random.hex(7)}`;
      if (act.isDispute) disputes.add(commentId);
      await inTurn(() => customerWrites(conversation, act, commentId));
      for (const afterMs of act.webhooksAfterMs)
        calls.push(sleep(afterMs * timeScale).then(() => fire(conversation, commentId)));
    }
    await Promise.all(calls);
  }

  const accepted = (): Accepted[] =>
    fired
      .filter(({ status }) => status === 200)
      .map(({ conversationId, commentId }) => ({ conversationId, messageId: commentId }));

  return { play, fired, accepted, readableAt, disputes, written };
}

type Shown = { readonly id: string; readonly plain_body?: string };

async function commentsOf(ready: ReadyObject, conversationId: string): Promise<readonly Shown[]> {
  const tickets = await control<{ comments: Shown[] }[]>(ready, 'GET', `tickets?id=${conversationId}`);
  return tickets.flatMap(({ comments }) => comments);
}

/** 502 where there was no answer. */
async function knock(ready: ReadyObject, body: unknown): Promise<Pick<Fired, 'status' | 'eventId'>> {
  try {
    const response = await fetch(ready.webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [ready.webhookHeader]: ready.webhookToken },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
    });
    const { event_id = null } = (await response.json()) as { event_id?: string };
    return { status: response.status, eventId: response.status === 200 ? event_id : null };
  } catch {
    return { status: 502, eventId: null };
  }
}
