/** The sandbox from outside: customers write, and what they and their tickets really got is read. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ReadyObject } from '../../local/platform/ready-file.ts';

export type Received = { readonly ticketId: string; readonly at: string; readonly body: string };
type Write = { readonly ticketId: string; readonly kind: string; readonly applied: boolean };

export type Shop = {
  /** A customer writes; resolves once the webhooks were taken. */
  customerWrites(conversationId: string, text: string): Promise<void>;
  /** What customers received on that ticket. */
  received(conversationId: string): Promise<readonly Received[]>;
  allReceived(): Promise<readonly Received[]>;
  /** Resolves once something was written to the ticket: it is routed. */
  untilRouted(conversationId: string): Promise<void>;
  untilReceived(conversationId: string): Promise<void>;
};

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 200;

export function shopOf({ richpanelUrl }: Pick<ReadyObject, 'richpanelUrl'>): Shop {
  const base = new URL('/__sandbox/', richpanelUrl);
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(new URL(path, base), {
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${path}`);
    return (await answer.json()) as T;
  };
  const allReceived = (): Promise<readonly Received[]> => ask('outbox');
  const received = async (id: string): Promise<readonly Received[]> =>
    (await allReceived()).filter(({ ticketId }) => ticketId === id);
  return {
    allReceived,
    received,
    async customerWrites(conversationId, text) {
      const email = `${conversationId}@customers.example`;
      await ask('messages', { conversationId, channel: 'email', text, customer: { email } });
    },
    untilRouted: (id) =>
      until(`${id} is routed`, async () =>
        (await ask<readonly Write[]>('writes?since=0')).some(
          ({ ticketId, kind, applied }) => ticketId === id && kind === 'tags' && applied,
        ),
      ),
    untilReceived: (id) => until(`${id} gets an answer`, async () => (await received(id)).length > 0),
  };
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; !(await isSo()); await delay(LOOK_EVERY_MS))
    if (performance.now() > end) throw new Error(`it did not come about that ${what}`);
}
