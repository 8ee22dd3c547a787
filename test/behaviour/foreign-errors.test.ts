/**
 * Whatever a port throws, and whatever the thrown says: only a code leaves a function, in what it throws itself, in its log, in
 * queues, tables and facts (architecture §8; T9).
 */
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../events/define-event.ts';
import type { FunctionName } from '../../events/words.ts';
import { auditor } from '../../functions/auditor/handler.ts';
import { classify } from '../../functions/classify/handler.ts';
import { flagWatcher } from '../../functions/flag-watcher/handler.ts';
import { orderLookup } from '../../functions/order-lookup/handler.ts';
import { responderReply } from '../../functions/responder/reply/handler.ts';
import { responderRoute } from '../../functions/responder/route/handler.ts';
import { responderSettle } from '../../functions/responder/settle/handler.ts';
import { SafeError } from '../../functions/shared/errors.ts';
import { delivered, exampleOf } from '../../functions/shared/testing.ts';
import { verify } from '../../functions/verify/handler.ts';
import { type Choreography, choreography } from '../choreography.ts';

const CANARY = 'nora.quill@canary.test';

/** As careless as errors of clients are. */
function foreign(): Error {
  const error = new Error(`could not read ${CANARY}`, { cause: { body: CANARY } });
  return Object.assign(error, { name: CANARY, code: CANARY, response: { text: CANARY }, $metadata: { id: CANARY } });
}

/** Ports of every function; beside them stand the capabilities that one asks for. */
const PORTS = ['store', 'bus', 'queues', 'flags'];

/** On a machine that has other work. */
const PATIENCE_MS = 120_000;

type Ports = Record<string, unknown>;

/** All that its ports can be asked, and a port itself where it is a function. */
function callsOf(container: Ports, uses: readonly string[]): [string, string][] {
  return [...PORTS, ...uses].flatMap((port) => {
    const found = container[port];
    if (typeof found === 'function') return [[port, ''] as [string, string]];
    return Object.entries(found ?? {})
      .filter(([, call]) => typeof call === 'function')
      .map(([call]): [string, string] => [port, call]);
  });
}

function broken(container: Ports, port: string, call: string): void {
  const fail = () => {
    throw foreign();
  };
  // A copy: the store is shared by all functions of the world.
  Object.assign(container, { [port]: call === '' ? fail : { ...(container[port] as object), [call]: fail } });
}

const CONSUMERS = [classify, orderLookup, verify, responderRoute, responderReply, responderSettle, auditor].map(
  ({ definition }) => definition,
);
const ORDER = {
  orderId: '1043',
  orderName: '#1043',
  appClientId: 'acme-store-1',
  status: 'processing',
  fulfillmentStatus: 'fulfilled',
  shippingMethod: 'Standard',
  createdAt: Date.parse('2026-01-12T12:00:00.000Z'),
  email: CANARY,
  items: [{ id: 'p-1', name: 'Mug', price: 12, quantity: 1 }],
  fulfillment: [{ id: 'f-1', status: 'in_transit', tracking: [{ trackingNumber: '1Z999AA10123456784' }] }],
};

/** A question about an order, as far as it comes without this function; and what is to be handed to it. */
async function before(name: FunctionName): Promise<{ c: Choreography; payload: unknown }> {
  const c = choreography(undefined, [name]);
  c.helpdesk.link('t-1', ORDER);
  const customer = { email: CANARY };
  c.helpdesk.customerWrites({ conversationId: 't-1', text: 'Where is my order?', subject: CANARY, customer });
  await c.webhook({ ticket_id: 't-1', trigger: 'customer_message' });
  const heard = c.facts().findLast((fact) => isHeard(c, name, fact));
  return { c, payload: delivered(heard ?? exampleOf('ReplyDenied', c.clock.now())) };
}

function isHeard(c: Choreography, name: FunctionName, fact: AnyEvent): boolean {
  const { eventName, producer } = fact.metadata;
  return c.heardBy({ source: `frontdesk.${producer}`, 'detail-type': eventName, detail: fact }).includes(name);
}

const seen = (value: unknown): string => inspect(value, { depth: null, showHidden: true, getters: true });

/** What a function leaves behind; the helpdesk keeps its own. */
function left(c: Choreography, name: FunctionName): string {
  const { lines, queues } = c.containerOf(name) as unknown as { lines: unknown; queues: Ports };
  const items = [...c.store.tables.values()].flatMap((table) => [...table.values()]);
  return JSON.stringify([lines, queues.failed, queues.waiting, c.bus.published, items]);
}

describe.each(CONSUMERS)('$name', ({ name, uses }) => {
  it('lets a code out and nothing else', { timeout: PATIENCE_MS }, async () => {
    let thrown = 0;
    for (const [port, call] of callsOf(choreography().containerOf(name) as unknown as Ports, uses)) {
      const { c, payload } = await before(name);
      broken(c.containerOf(name) as unknown as Ports, port, call);
      const error = await c.hand(name, payload).catch((reason: unknown) => reason);
      if (error !== undefined) {
        thrown += 1;
        expect(error, `${port}.${call}`).toBeInstanceOf(SafeError);
        expect(seen(error), `${port}.${call}`).not.toContain(CANARY);
        expect(String((error as Error).stack)).toBe(`SafeError: ${(error as SafeError).code}`);
      }
      expect(left(c, name), `${port}.${call}`).not.toContain(CANARY);
    }
    // A few of them at least: else nothing was broken.
    expect(thrown).toBeGreaterThan(2);
  });
});

describe.each([
  { name: 'ingest', uses: ['secrets', 'digests'] },
  { name: 'sweeper', uses: ['intakeRule'] },
  { name: 'reconciler', uses: ['helpdesk', 'directory', 'digests'] },
  { name: 'flag-watcher', uses: ['parameters'] },
] as const)('$name', ({ name, uses }) => {
  it('lets a code out and nothing else', { timeout: PATIENCE_MS }, async () => {
    let noticed = 0;
    for (const [port, call] of callsOf(choreography().containerOf(name) as unknown as Ports, uses)) {
      const c = choreography(
        undefined,
        CONSUMERS.map((one) => one.name),
      );
      c.helpdesk.customerWrites({ conversationId: 't-1', text: CANARY, customer: { email: CANARY } });
      c.clock.advance(10 * 60_000);
      broken(c.containerOf(name) as unknown as Ports, port, call);
      const answer = await asked(c, name).catch((reason: unknown) => reason);
      if (answer instanceof Error) expect(answer, `${port}.${call}`).toBeInstanceOf(SafeError);
      if (answer instanceof Error || seen(answer).includes('500')) noticed += 1;
      expect(seen(answer), `${port}.${call}`).not.toContain(CANARY);
      expect(left(c, name), `${port}.${call}`).not.toContain(CANARY);
    }
    expect(noticed).toBeGreaterThan(0);
  });
});

function asked(c: Choreography, name: 'ingest' | 'sweeper' | 'reconciler' | 'flag-watcher'): Promise<unknown> {
  switch (name) {
    case 'ingest':
      return c.webhook({ ticket_id: 't-1', trigger: 'customer_message', text: CANARY });
    case 'sweeper':
      return c.sweep();
    case 'reconciler':
      return c.reconcile();
    case 'flag-watcher':
      return flagWatcher(c.containerOf(name))({
        id: 'change-1',
        time: '2026-01-15T12:00:00Z',
        source: 'aws.ssm',
        'detail-type': 'Parameter Store Change',
        detail: { name: '/frontdesk/local/safe_mode', operation: 'Update' },
      });
    default:
      return name satisfies never;
  }
}
