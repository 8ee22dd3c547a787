/**
 * Someone who reads only the ticket understands what Frontdesk did: intent, template, reason and the next human step are read
 * from tags and note of ten shipped demo messages, and are those of the audit record.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../events/decision.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import type { ReasonCode, TemplateId } from '../../events/words.ts';
import { normaliseChannel } from '../../functions/shared/helpdesk/channels.ts';
import { reveal } from '../../functions/shared/restricted.ts';
import { SHIPPED_SET } from '../../local/demo/options.ts';
import { conversationOf, type MessageRow, parseRows } from '../../local/demo/rows.ts';
import { readIntentTag } from '../../policy/intents.ts';
import { nextStepOf } from '../../policy/next-step.ts';
import { type Choreography, choreography } from '../choreography.ts';

const ROWS = parseRows(readFileSync(SHIPPED_SET, 'utf8')).rows;

/** The step as people should read it, written down here by hand. */
const NEXT_STEP = {
  'ask-where': 'Wait for the order number and the contact; then find the order and answer.',
  damaged: 'Wait for the details that were asked for. Review the photos and follow up with the next steps.',
  'cancel-chat':
    'Wait for the details that were asked for. Check whether the order can still be cancelled, act in the shop, and tell the customer.',
  's01-tracked': 'Nothing, unless the customer writes again.',
  'e17-dst-sunday': 'Nothing, unless the customer writes again: that reopens the ticket.',
  'e18-dst-monday': 'Review the order and write to the customer.',
  's01-spanish': 'Read the message and answer the customer.',
  's05-courier': 'Look the order up in the shop and answer the customer.',
  't0-chargeback': 'Handle the matter by hand, with the steps of your team: automation keeps out of this conversation.',
  'privacy-erase': 'Handle the request by hand: automation does not answer it.',
} as const;

function rowOf(id: string): MessageRow {
  const row = ROWS.find((one) => one.id === id);
  if (!row) throw new Error(`no shipped row ${id}`);
  return row;
}

async function written(row: MessageRow): Promise<Choreography> {
  const c = choreography();
  c.parameters.values.set('agent_note_enabled', 'true');
  c.clock.advance(row.at ? Date.parse(row.at) - c.clock.now() : 0);
  const conversationId = conversationOf(row);
  const email = row.customer?.email;
  c.helpdesk.customerWrites({
    conversationId,
    text: row.text,
    channel: normaliseChannel(row.channel ?? 'email'),
    customer: { firstName: row.customer?.firstName ?? null, ...(email && { email }) },
  });
  if (row.order) c.helpdesk.link(conversationId, row.order);
  await c.webhook({ ticket_id: conversationId, trigger: 'customer_message' });
  await c.pass(60_000, 10_000);
  return c;
}

type Understood = {
  readonly intent: string | null;
  readonly templateId: string | null;
  readonly reason: string | null;
  readonly nextStep: string | null;
};

/** Nothing but the ticket. */
async function readTicket(c: Choreography, conversationId: string): Promise<Understood> {
  const ticket = await c.helpdesk.ticket(conversationId);
  const notes = (ticket?.comments ?? []).filter(({ isPublic, author }) => !isPublic && author === 'bot');
  expect(notes).toHaveLength(1);
  const line = (name: string) =>
    new RegExp(`^${name}: (.*)$`, 'm').exec(notes[0] ? reveal(notes[0].text) : '')?.[1] ?? null;
  const tags = ticket?.tags ?? [];
  const intents = tags.filter((tag) => tag.startsWith('mw-intent-')).map(readIntentTag);
  const templates = tags.filter((tag) => tag.startsWith('mw-template-')).map((tag) => tag.slice('mw-template-'.length));
  expect([intents.length, templates.length]).toEqual([1, line('Template') === null ? 0 : 1]);
  // Tags and note say the same.
  expect(line('Intent')?.split(',')[0]).toBe(intents[0]);
  expect(line('Template')).toBe(templates[0] ?? null);
  return {
    intent: intents[0] ?? null,
    templateId: templates[0] ?? null,
    reason: line('Reason'),
    nextStep: line('Next step'),
  };
}

/** The facts as the auditor keeps them. */
async function readAudit(c: Choreography, conversationId: string): Promise<Understood> {
  const rows = await c.store.query('audit_trail', { partition: conversationId, limit: 100 });
  const facts = rows.map(({ envelope }) => JSON.parse(String(envelope)) as AnyEvent);
  const named = (name: string) => facts.find(({ metadata }) => metadata.eventName === name)?.data;
  const decision = decisionInForce(facts);
  const withheld = named('ReplySuppressed') ?? named('ReplyDenied');
  const sent = named('ReplySent');
  const templateId = (sent?.templateId ?? null) as TemplateId | null;
  const reason = ((withheld?.reasonCodes as string[] | undefined)?.[0] ??
    decision.reasonCodes[0] ??
    null) as ReasonCode | null;
  return {
    intent: decision.primaryIntent,
    templateId,
    reason,
    nextStep: nextStepOf({
      intent: decision.primaryIntent,
      tier: decision.tier,
      reply: named('TicketResolved') ? 'resolved' : sent ? 'sent' : 'none',
      templateId,
      reasonCode: reason,
    }),
  };
}

/** The last stage's. */
function decisionInForce(facts: readonly AnyEvent[]): Decision {
  const decided = facts.filter(({ data }) => typeof data.decision === 'object' && data.decision !== null);
  const last = decided.toSorted((a, b) => a.metadata.hops - b.metadata.hops).at(-1);
  if (!last) throw new Error('nothing was decided');
  return last.data.decision as Decision;
}

describe('a person who has only the ticket', () => {
  it.each(Object.entries(NEXT_STEP))('knows what became of %s, and what to do', async (id, nextStep) => {
    const row = rowOf(id);
    const c = await written(row);
    const understood = await readTicket(c, conversationOf(row));
    expect(understood).toEqual(await readAudit(c, conversationOf(row)));
    expect(understood.nextStep).toBe(nextStep);
    // The shipped set knows what should have come of it.
    if (row.expected?.intent) expect(understood.intent).toBe(row.expected.intent);
    expect(understood.templateId).toBe(row.expected?.templateId ?? null);
  });
});
