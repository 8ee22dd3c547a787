/** The stage under way: what is written into it, when it has come to rest, and what became of everything. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import { frontdeskJson } from '../../../operate/instance/testing.ts';
import { tablesOf } from '../../processes/folder.ts';
import { isMessage } from '../../processes/states.ts';
import { followUpOf, messageOf, type Written } from './conversations.ts';
import { BESIDE } from './kinds.ts';

const WRITERS = 12;
const POLL_MS = 1_000;
/** Nobody writes while more than so many are under way: what waits for long is not answered, and the run is to see replies. */
const MOST_UNDER_WAY = 60;
const LOOK_EVERY = 20;
/** As long as the longest wait of a message that is let be. */
const SETTLED_WITHIN_MS = 6 * 60_000;

/** The conversations from one number up to another; answers how many messages those were. */
export async function converse(data: string, ready: ReadyObject, from: number, to: number): Promise<number> {
  let next = from;
  let written = 0;
  async function write(message: Written): Promise<void> {
    await control(ready, 'messages', message);
    written += 1;
  }
  async function writer(): Promise<void> {
    while (next < to) {
      const n = next;
      next += 1;
      if (n % LOOK_EVERY === 0) await calm(data, MOST_UNDER_WAY);
      await write(messageOf(n, Date.now()));
      if (n % 7 === 2) await tagged(ready, n);
      if (n % 11 === 4) await control(ready, 'agent', { conversationId: `canary-${n}`, text: BESIDE.agentWrote(n) });
      const followUp = followUpOf(n);
      if (followUp) await write(followUp);
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return written;
}

/** By somebody else: our own write would be one of the product's. */
async function tagged({ richpanelUrl, richpanelKey }: ReadyObject, n: number): Promise<void> {
  await fetch(`${richpanelUrl}/v1/tickets/canary-${n}/add-tags`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-richpanel-key': richpanelKey, connection: 'close' },
    body: JSON.stringify({ tags: [BESIDE.tag(n)] }),
  });
}

async function control({ richpanelUrl }: ReadyObject, call: string, body: object): Promise<void> {
  // The server closes what was idle for a while, perhaps as this is on its way.
  const headers = { 'content-type': 'application/json', connection: 'close' };
  const answer = await fetch(`${richpanelUrl}/__sandbox/${call}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  if (answer.status !== 200) throw new Error(`the sandbox answered ${answer.status}: ${await answer.text()}`);
}

/** Until no more than so many are under way, or for as long as anything may be. Answers how many are left. */
export async function calm(data: string, most: number): Promise<number> {
  const until = performance.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const { value } = await frontdeskJson(data, 'status');
    if (value.inFlight <= most || performance.now() > until) return value.inFlight;
    await sleep(POLL_MS);
  }
}

export type Became = {
  readonly replies: number;
  readonly deadLetters: number;
  /** Messages by how they ended; `open` for those that have not. */
  readonly outcomes: Readonly<Record<string, number>>;
};

export async function whatBecame(data: string, { richpanelUrl }: ReadyObject): Promise<Became> {
  const tables = await tablesOf(data);
  const outcomes: Record<string, number> = {};
  for await (const record of tables.scan('idempotency', {})) {
    if (!isMessage(String(record.key), record)) continue;
    const outcome = String(record.outcome_message ?? record.outcome_reply ?? record.outcome_route ?? 'open');
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  await tables.close();
  const outbox = (await (await fetch(`${richpanelUrl}/__sandbox/outbox`)).json()) as unknown[];
  const { value } = await frontdeskJson(data, 'status');
  return { replies: outbox.length, deadLetters: value.deadLetters, outcomes };
}
