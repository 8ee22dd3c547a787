/** What goes wrong in the run: a helpdesk and a model that fail, webhooks that are none, an event nobody can read. */
import { randomUUID } from 'node:crypto';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import type { FaultName } from '../../../local/sandbox/faults/rules.ts';
import { busClient } from '../../../operate/instance/clients.ts';
import { fact } from '../../../operate/testing.ts';
import { BESIDE } from './kinds.ts';

/** Rare enough that the breaker stays closed: an open one stops all else. */
const STEADY: readonly FaultName[] = [
  'rate429',
  'status',
  'malformed_json',
  'wrong_type',
  'empty_200',
  'missing_fields',
  'noop_200',
  'write_then_5xx',
  'write_then_reset',
  'sent_not_visible',
  'concurrent_agent_reply',
];
const PROBABILITY = 0.005;
/** Tickets that the helpdesk lets nobody read until it is mended, and such as it refuses for good. */
export const UNREADABLE = [12, 23, 34] as const;
export const REFUSED = [45, 56, 67] as const;

export async function breakHelpdesk(ready: ReadyObject): Promise<void> {
  const rules = [
    ...UNREADABLE.map((n) => ({ match: { ticketId: `canary-${n}` }, fault: { name: 'status', status: 503 } })),
    ...REFUSED.map((n) => ({ match: { ticketId: `canary-${n}` }, fault: { name: 'status', status: 403 } })),
    ...STEADY.map((name) => ({
      probability: PROBABILITY,
      fault: { name, ...(name === 'status' && { status: 500 }) },
    })),
  ];
  for (const rule of rules) await addFault(ready, rule);
}

export async function mendHelpdesk(ready: ReadyObject): Promise<void> {
  const { status } = await fetch(`${ready.richpanelUrl}/__sandbox/faults`, { method: 'DELETE' });
  if (status !== 200) throw new Error(`faults stay: ${status}`);
}

/** Bodies with more than ids in them, and such as no door takes: what they hold may lie nowhere afterwards. */
export async function oddWebhooks({ webhookUrl, webhookHeader, webhookToken }: ReadyObject): Promise<number> {
  const json = { [webhookHeader]: webhookToken, 'content-type': 'application/json' };
  const text = BESIDE.webhookField(9_000);
  const email = BESIDE.profileEmail(9_000);
  const body = { ticket_id: 'canary-0', trigger: 'customer_message' };
  const odd: readonly (readonly [Record<string, string>, string, string?])[] = [
    [json, JSON.stringify({ ...body, text, customer: { email }, subject: text })],
    [json, JSON.stringify({ ...body, trigger: text })],
    [json, `{"ticket_id": "${text}`],
    [json, JSON.stringify({ [text]: text, [email]: 1 })],
    [json, JSON.stringify({ ...body, filler: text.repeat(2_000) })],
    [{ ...json, [webhookHeader]: email }, JSON.stringify(body)],
    [{ ...json, 'content-type': 'text/csv' }, `${email},${text}`],
    [{ ...json, 'user-agent': email, referer: `https://canary.test/${email}` }, JSON.stringify(body)],
    [json, JSON.stringify(body), `?email=${email}`],
  ];
  for (const [headers, sent, query = ''] of odd)
    await fetch(`${webhookUrl}${query}`, { method: 'POST', headers, body: sent }).then((answer) =>
      answer.arrayBuffer(),
    );
  return odd.length;
}

/** An event of a version that nobody knows goes to a failure queue. */
export async function unreadableEvent(ready: ReadyObject): Promise<void> {
  const detail = fact('MessageReceived', 0, {}, { schemaVersion: '9.0', eventId: randomUUID() });
  const client = busClient(ready);
  const { FailedEntryCount } = await client.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: ready.busName,
          Source: 'frontdesk.ingest',
          DetailType: 'MessageReceived',
          Detail: JSON.stringify(detail),
        },
      ],
    }),
  );
  client.destroy();
  if (FailedEntryCount !== 0) throw new Error('the bus did not take the event');
}

async function addFault({ richpanelUrl }: ReadyObject, rule: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${richpanelUrl}/__sandbox/faults`, {
    method: 'POST',
    headers,
    body: JSON.stringify(rule),
  });
  if (answer.status !== 200) throw new Error(`no fault: ${await answer.text()}`);
}
