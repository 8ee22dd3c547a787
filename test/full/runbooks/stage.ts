/** A running instance with customers who write: where a trouble is planted, and what its sandbox tells about it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findInstance, type Instance } from '../../../operate/instance/instance.ts';
import { type Outbox, readOutbox, writeAsCustomer } from '../../../operate/instance/sandbox.ts';
import { frontdeskJson, type RunningInstance, startedInstance } from '../../../operate/instance/testing.ts';

/** What every such message leads to while replies are on: the intake template for damaged items. */
const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
const POLL_MS = 1_000;
/** For what takes a moment on a machine with nothing else to do. */
export const PATIENCE_MS = 120_000;

/** Of somebody who writes, until it came in. */
const ATTEMPTS = 5;

export type Started = {
  readonly timeScale: number;
  readonly args?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
};

export type Customers = {
  /** Statuses of the webhooks of each message that was written, in its order. */
  readonly statuses: readonly number[];
  /** Resolves when nobody writes any more. */
  stop(): Promise<void>;
};

export type Stage = Awaited<ReturnType<typeof openStage>>;

export async function openStage({ timeScale, args = [], variables = {} }: Started) {
  const home = mkdtempSync(join(tmpdir(), 'frontdesk-runbook-'));
  const data = join(home, 'data');
  const more = { args, variables: { ...variables, FRONTDESK_TIME_SCALE: String(timeScale) } };
  let running: RunningInstance | null = null;
  const writers = new Set<Customers>();

  async function start(): Promise<void> {
    await stop();
    running = await startedInstance(data, more);
  }
  async function stop(): Promise<void> {
    await running?.stop();
    running?.remove();
    running = null;
  }
  /** Found anew each time: a start and a rotation change it. */
  function instance(): Instance {
    const found = findInstance({ dataDir: data, dataDirGiven: data });
    if (found === null) throw new Error('the instance does not run');
    return found;
  }
  const json = (...words: readonly string[]) => frontdeskJson(data, ...words);

  /** Calls the sandbox's control API. */
  async function control(method: string, call: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${instance().richpanelUrl}/__sandbox/${call}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!response.ok) throw new Error(`${call} was answered ${response.status}`);
    return response.json();
  }

  /** Somebody nobody has heard of yet writes. */
  const write = (conversationId: string, text: string = DAMAGED) =>
    writeAsCustomer(instance(), {
      conversationId,
      text,
      channel: 'email',
      customer: { email: `${conversationId}@customers.example` },
    });

  /** The same, until a webhook was taken: a busy machine may refuse one. @returns the ticket that came in */
  async function arrived(name: string, text?: string): Promise<string> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const id = attempt === 1 ? name : `${name}-${attempt}`;
      const { webhooks } = await write(id, text);
      if (webhooks.some(({ status }) => status === 200)) return id;
    }
    throw new Error(`no webhook of ${name} was taken`);
  }

  /** Another one every so often, until stopped; who meets a closed door comes again as somebody else. */
  function customers(name: string, everyMs: number): Customers {
    const over = new AbortController();
    const statuses: number[] = [];
    const writing = (async () => {
      for (let index = 0; !over.signal.aborted; index += 1) {
        const { webhooks } = await write(`${name}-${index}`).catch(() => ({ webhooks: [{ status: 0 }] }));
        statuses.push(...webhooks.map(({ status }) => status));
        await sleep(everyMs, undefined, { signal: over.signal }).catch(() => {});
      }
    })();
    const one: Customers = {
      statuses,
      async stop() {
        over.abort();
        await writing;
        writers.delete(one);
      },
    };
    writers.add(one);
    return one;
  }

  /** Everything that customers received, of our own seat or of anybody: nobody else writes here. */
  const received = (): Promise<Outbox> => readOutbox(instance());

  /** Tickets that hold two messages of ours although their customer wrote once. */
  async function answeredTwice(): Promise<string[]> {
    const tickets = (await received()).map(({ ticketId }) => ticketId);
    return [...new Set(tickets.filter((id, index) => tickets.indexOf(id) !== index))];
  }

  const lastOf = async (conversationId: string) =>
    (await json('ticket', conversationId)).value.messages?.at(-1) ?? null;
  const outcomeOf = async (conversationId: string): Promise<string | null> =>
    (await lastOf(conversationId))?.outcome ?? null;

  /** Until the newest message of a conversation has ended so; throws as soon as it has ended otherwise. */
  async function untilEnded(conversationId: string, outcome: string): Promise<void> {
    let found: string | null = null;
    await until(`${conversationId} is ${outcome}`, PATIENCE_MS, async () => {
      found = await outcomeOf(conversationId);
      return found !== null;
    });
    if (found !== outcome)
      throw new Error(
        `${conversationId} is ${found}, not ${outcome}: ${JSON.stringify(await lastOf(conversationId)).slice(0, 1_500)}`,
      );
  }

  /** Looks again and again; throws what was waited for when it does not come. */
  async function until(what: string, withinMs: number, look: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + withinMs;
    while (!(await look())) {
      if (performance.now() > end) throw new Error(`it did not come about: ${what}`);
      await sleep(POLL_MS);
    }
  }

  await start();
  return {
    data,
    timeScale,
    start,
    stop,
    instance,
    json,
    control,
    write,
    arrived,
    customers,
    received,
    answeredTwice,
    outcomeOf,
    untilEnded,
    until,
    status: async () => (await json('status')).value,
    async close() {
      await Promise.all([...writers].map((writer) => writer.stop()));
      await stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
