/**
 * The functions share nothing but events, the vault, the templates and the first name read at the door: from these alone the
 * reply can be written again (issue 3, architecture §5 and §10 ruling 32). And nothing private is at rest on the way (§8).
 */
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONFIG } from '../../config/generated/config.ts';
import { allowedHostsOf, dayCountOf, linkPolicyOf, transitMapOf } from '../../config/policy-inputs.ts';
import type { Definition } from '../../events/catalogue.ts';
import type { AnyEvent, EventOf } from '../../events/define-event.ts';
import type { Container } from '../../functions/shared/container.ts';
import { asHtml } from '../../functions/shared/helpdesk/html.ts';
import { seededIds } from '../../functions/shared/ids/memory.ts';
import { cipherFrom } from '../../functions/shared/vault/cipher.ts';
import { OrderFacts } from '../../policy/orders/facts.ts';
import { estimateOrder } from '../../policy/orders/link.ts';
import { templateVariables } from '../../policy/orders/variables.ts';
import { LIBRARY } from '../../templates/generated/library.ts';
import { render } from '../../templates/render.ts';
import { CONVERSATIONS, CUSTOMER, ORDER_NUMBER, TRACKING_NUMBER, write } from './conversations.ts';
import { type LiveWorld, openLiveWorld, SECRETS } from './live-world.ts';
import { foreignLeases } from './mishaps.ts';

const ANSWERED = CONVERSATIONS.filter(({ outcome }) => outcome === 'replied');
let world: LiveWorld;
/** What the vault holds when a reply leaves, by its reference: afterwards the order's facts are gone. */
const kept = new Map<string, string>();

beforeAll(async () => {
  world = await openLiveWorld();
  await world.replace('responder-reply', (container) => ({
    sender: {
      async send(...call) {
        for (const { item } of await inVault()) kept.set(String(item.ref), String(item.sealed));
        return (container as Container<'sender'>).sender.send(...call);
      },
    },
  }));
  for (const { id, text, more } of CONVERSATIONS) await write(world, id, text, more);
  // Something is parked as well, so that bodies of the later queues are looked at.
  await foreignLeases(world);
}, 120_000);
afterAll(() => world.close());

describe('the reply, written again from events, vault, templates and the first name', () => {
  it.each(ANSWERED)('$id: byte for byte what the helpdesk received', async ({ id, more }) => {
    const [approval] = world.facts(id).filter(({ metadata }) => metadata.eventName === 'ReplyApproved');
    const [received, ...again] = world.sandbox.outbox().filter(({ ticketId }) => ticketId === id);
    expect(again).toEqual([]);
    const text = await rewritten(approval);
    expect(received?.body).toBe(more?.channel === 'livechat' ? text : asHtml(text));
  });

  it('another first name, or facts of another order, are another reply', async () => {
    const approvalOf = (id: string) => world.facts(id).find(({ metadata }) => metadata.eventName === 'ReplyApproved');
    const [received] = world.sandbox.outbox().filter(({ ticketId }) => ticketId === 'tracked');
    expect(received?.body).toContain(TRACKING_NUMBER);
    expect(received?.body).toContain(CUSTOMER.firstName);
    expect(asHtml(await rewritten(approvalOf('tracked'), 'Otto'))).not.toBe(received?.body);
    expect(asHtml(await rewritten(approvalOf('estimate')))).not.toBe(received?.body);
  });
});

describe('at rest', () => {
  /** What customers wrote and who they are; every one of them is in the helpdesk. */
  const CANARIES = [
    ...CONVERSATIONS.map(({ text }) => text),
    CUSTOMER.firstName,
    CUSTOMER.lastName,
    CUSTOMER.email,
    ORDER_NUMBER,
    TRACKING_NUMBER,
  ];
  const found = (text: string) => CANARIES.filter((canary) => text.toLowerCase().includes(canary.toLowerCase()));

  it('all of it is in the helpdesk, so the search can find it', () => {
    expect(found(JSON.stringify(world.sandbox.snapshot()))).toEqual(CANARIES);
  });

  it('none of it is in an event', () => {
    expect(world.facts().length).toBeGreaterThan(CONVERSATIONS.length * 4);
    for (const fact of world.facts()) expect(found(JSON.stringify(fact)), fact.metadata.eventName).toEqual([]);
  });

  it('none of it is in a queue', () => {
    expect(world.queued.filter((body) => body.includes('"envelope"')).length).toBeGreaterThan(0);
    for (const body of world.queued) expect(found(body)).toEqual([]);
  });

  it('the facts of an order are gone once its reply has ended', async () => {
    const refs = ANSWERED.flatMap(({ id }) => [...kept.keys()].filter((ref) => ref.startsWith(`ord:${id}:`)));
    expect(refs.length).toBeGreaterThan(1);
    const held = (await inVault()).map(({ item }) => item.ref);
    expect(held.filter((ref) => refs.includes(String(ref)))).toEqual([]);
  });

  it('none of it is in a table; the vault holds what it holds sealed', async () => {
    const items = await world.items();
    for (const { table, item } of items) expect(found(JSON.stringify(item)), table).toEqual([]);
    const tables = new Set(items.map(({ table }) => table));
    for (const table of ['idempotency', 'conversation_state', 'audit_trail', 'read_models', 'vault'])
      expect(tables).toContain(table);
    const opened = async (prefix: string) => {
      const sealed = [...kept].filter(([ref]) => ref.startsWith(prefix)).map(([, content]) => content);
      return found((await Promise.all(sealed.map(unsealed))).join('\n'));
    };
    expect(await opened('ord:')).toEqual([ORDER_NUMBER, TRACKING_NUMBER]);
    // Whole messages, since these hold nothing to redact; nothing of the customer or the order beside them.
    const texts = await opened('txt:');
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((canary) => !CONVERSATIONS.some(({ text }) => text === canary))).toEqual([]);
  });
});

/** Reads the approval, the vault item it points at, and the shop's configuration; the ticket is not asked for anything. */
async function rewritten(fact: AnyEvent | undefined, firstName: string = CUSTOMER.firstName): Promise<string> {
  const approval = fact as EventOf<Definition<'ReplyApproved'>> | undefined;
  if (approval === undefined) throw new Error('nothing was approved');
  const { templateId, templateHash, contextRef, input } = approval.data;
  const facts =
    contextRef === null ? null : v.parse(OrderFacts, JSON.parse(await unsealed(kept.get(contextRef) ?? '')));
  const transit = transitMapOf(CONFIG);
  const days = dayCountOf(CONFIG);
  const links = linkPolicyOf(CONFIG);
  const asOf = approval.metadata.commentCreatedAt ?? input.now;
  const estimate = facts && estimateOrder(facts, { transit, days, asOf });
  const window = estimate?.kind === 'window' ? estimate : null;
  const vars = facts ? templateVariables(facts, window, { links, zone: days.zone }) : {};
  const rendered = render({
    library: LIBRARY,
    templateId,
    channel: approval.metadata.channel,
    locale: 'en',
    vars: { ...vars, first_name: firstName },
    facts: facts ? { order_id: facts.orderName, tracking_number: vars.tracking_number } : {},
    brand: {
      ...CONFIG.brand,
      hosts: [...allowedHostsOf(CONFIG)],
      carriers: links.carriers.map(({ label }) => label),
      shippingBuckets: [...new Set(transit.map(({ label }) => label))],
    },
    expectedHash: templateHash,
  });
  if (!rendered.ok) throw new Error(rendered.reasonCode);
  return rendered.text;
}

async function inVault() {
  return (await world.items()).filter(({ table }) => table === 'vault');
}

function unsealed(sealed: string): Promise<string> {
  const secrets = { read: async (name: string) => SECRETS[name] ?? '' };
  return cipherFrom(secrets, seededIds('rebuild')).open(sealed);
}
