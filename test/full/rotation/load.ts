/** Load on the webhook door of an instance: customers in the sandbox, and a program that follows the ready file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EACH_ITS_OWN, post } from '../isolation/open-loop.ts';

export type Ready = {
  readonly webhookUrl: string;
  readonly webhookHeader: string;
  readonly webhookToken: string;
  readonly richpanelUrl: string;
};

export const readReady = (data: string): Ready => JSON.parse(readFileSync(join(data, 'instance.json'), 'utf8'));

export type Load = {
  readonly sent: () => number;
  /** Answers that were not 200, by status. */
  readonly refused: Map<number, number>;
  stop(): Promise<void>;
};

const CUSTOMER_EVERY = 50;
const CONVERSATIONS = 50;

/**
 * One request in fifty is a customer who writes in the sandbox; the others ring again for the message before, so that the door
 * does all of its work and the rest of the machine little. `perSecond` of both, until it is stopped.
 */
export function startLoad(data: string, perSecond: number): Load {
  const refused = new Map<number, number>();
  const calls: Promise<void>[] = [];
  let [isOver, sent] = [false, 0];
  let last: { ticket_id: string; message_id: string } | null = null;
  const count = (status: number): void => {
    sent += 1;
    if (status !== 200) refused.set(status, (refused.get(status) ?? 0) + 1);
  };

  async function customer({ richpanelUrl }: Ready, index: number): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const conversation = Math.floor(index / CUSTOMER_EVERY) % CONVERSATIONS;
    const body = JSON.stringify({ text: 'thanks, that is all', conversationId: `rotation-${conversation}` });
    const answer = JSON.parse((await post(`${richpanelUrl}/__sandbox/messages`, headers, body, EACH_ITS_OWN)).body);
    for (const { status } of answer.webhooks) count(status);
    last = { ticket_id: answer.conversationId, message_id: answer.messageId };
  }
  async function program({ webhookUrl, webhookHeader, webhookToken }: Ready): Promise<void> {
    const headers = { 'content-type': 'application/json', [webhookHeader]: webhookToken };
    count(
      (await post(webhookUrl, headers, JSON.stringify({ ...last, trigger: 'customer_message' }), EACH_ITS_OWN)).status,
    );
  }
  async function run(): Promise<void> {
    const began = performance.now();
    let ready = readReady(data);
    for (let index = 0; !isOver; index += 1) {
      const wait = began + (index * 1_000) / perSecond - performance.now();
      if (wait > 0) await delay(wait);
      if (index % perSecond === 0) ready = readReady(data);
      const call = last === null || index % CUSTOMER_EVERY === 0 ? customer(ready, index) : program(ready);
      calls.push(call.catch(() => count(0)));
    }
  }

  const running = run();
  return {
    sent: () => sent,
    refused,
    async stop() {
      isOver = true;
      await running;
      await Promise.all(calls);
    },
  };
}

/** How many of `requests` with a token the door takes. */
export async function acceptedWith(token: string, data: string, requests: number, perSecond: number): Promise<number> {
  const { webhookUrl, webhookHeader } = readReady(data);
  const headers = { 'content-type': 'application/json', [webhookHeader]: token };
  const calls: Promise<number>[] = [];
  for (let index = 0; index < requests; index += 1) {
    const body = { ticket_id: 'rotation-old', trigger: 'customer_message', message_id: `old-${index}` };
    const answered = post(webhookUrl, headers, JSON.stringify(body), EACH_ITS_OWN).then(({ status }) => status);
    calls.push(answered.catch(() => 0));
    await delay(1_000 / perSecond);
  }
  return (await Promise.all(calls)).filter((status) => status === 200).length;
}
