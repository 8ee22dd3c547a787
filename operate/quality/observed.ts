/** What the audit trail holds of a time, read page by page; of every fact only codes and numbers are kept. */
import type { AnyEvent } from '../../events/define-event.ts';
import { TEMPLATE_IDS, type TemplateId } from '../../events/words.ts';
import type { Tables } from '../instance/tables.ts';
import { conversationOf, type Message, NAMES, type Said } from './message.ts';

/** Epoch milliseconds; from is in, to is out. */
export type Window = { readonly from: number; readonly to: number };

export type Observed = {
  readonly messages: readonly Message[];
  readonly said: readonly Said[];
  /** Templates whose switch was set: a known change. */
  readonly toggled: readonly { readonly templateId: TemplateId; readonly at: number }[];
};

/** A decision's facts come within hours, and an agent's word within days: both belong to messages that are older. */
export async function observe(tables: Pick<Tables, 'scan'>, { from, to }: Window): Promise<Observed> {
  const question = {
    // The key begins with the fact's time, so that nothing outside the window is even read here.
    FilterExpression: `event_name IN (${NAMES.map((_, at) => `:n${at}`).join(', ')}) AND ts_action_id >= :from AND ts_action_id < :to`,
    ProjectionExpression: 'conversation_id, envelope',
    ExpressionAttributeValues: {
      ...Object.fromEntries(NAMES.map((name, at) => [`:n${at}`, { S: name }])),
      ':from': { S: new Date(from).toISOString() },
      ':to': { S: new Date(to).toISOString() },
    },
  };
  const messages: Message[] = [];
  const said: Said[] = [];
  const toggled: Observed['toggled'][number][] = [];
  let conversation: unknown;
  let facts: AnyEvent[] = [];
  const close = (): void => {
    const read = conversationOf(facts);
    messages.push(...read.messages);
    said.push(...read.said);
    facts = [];
  };
  // A table gives the items of a partition together, so a conversation is whole once the next one begins.
  for await (const item of tables.scan('audit_trail', question)) {
    if (item.conversation_id !== conversation) close();
    conversation = item.conversation_id;
    const fact = JSON.parse(String(item.envelope)) as AnyEvent;
    if (fact.metadata.eventName === 'TemplateToggled') toggled.push(...toggledIn(fact));
    else facts.push(fact);
  }
  close();
  return { messages: messages.toSorted((a, b) => a.at - b.at), said: said.toSorted((a, b) => a.at - b.at), toggled };
}

export function toggledIn({ metadata, data }: AnyEvent): Observed['toggled'][number][] {
  const templateId = TEMPLATE_IDS.find((id) => String(data.flag).endsWith(`/${id}`));
  return templateId === undefined ? [] : [{ templateId, at: Date.parse(metadata.occurredAt) }];
}
