/** Control calls of the Richpanel sandbox (interfaces §9): writing as a customer, and what customers really received. */
import * as v from 'valibot';
import { Failure } from '../failure.ts';
import type { Instance } from './instance.ts';

const Receipt = v.object({
  conversationId: v.string(),
  ticketNumber: v.number(),
  messageId: v.string(),
  webhooks: v.array(v.object({ status: v.number(), answer: v.optional(v.string()) })),
});
export type Receipt = v.InferOutput<typeof Receipt>;

const Outbox = v.array(
  v.object({
    ticketId: v.string(),
    at: v.string(),
    body: v.string(),
    authorId: v.nullable(v.string()),
    commentId: v.string(),
  }),
);
export type Outbox = v.InferOutput<typeof Outbox>;

const Options = v.object({ rateLimit: v.nullable(v.unknown()), botAgentId: v.string() });

const TIMEOUT_MS = 30_000;

/** A customer writes; answers once every webhook was called. */
export async function writeAsCustomer(
  instance: Instance,
  message: {
    readonly text: string;
    readonly channel?: string;
    readonly conversationId?: string;
    /** An order of the invented shop that the conversation is linked to. */
    readonly order?: Readonly<Record<string, unknown>>;
    readonly customer?: { readonly email: string };
  },
): Promise<Receipt> {
  return v.parse(Receipt, await control(instance, 'POST', 'messages', message));
}

/** An agent writes to the customer, in the helpdesk's own surface. */
export async function writeAsAgent(
  instance: Instance,
  message: { readonly conversationId: string; readonly text: string },
): Promise<void> {
  await control(instance, 'POST', 'agent', message);
}

/** A ticket with its comments as the API gives it, past the limit of requests; `null` when there is none of this id. */
export async function readSandboxTicket(instance: Instance, id: string): Promise<unknown> {
  const tickets = await control(instance, 'GET', `tickets?id=${encodeURIComponent(id)}`);
  return (Array.isArray(tickets) ? tickets[0] : null) ?? null;
}

/** Everything that customers received, oldest first. */
export async function readOutbox(instance: Instance): Promise<Outbox> {
  return v.parse(Outbox, await control(instance, 'GET', 'outbox'));
}

/** Whether the sandbox limits its callers, and which seat is ours. */
export async function readOptions(
  instance: Instance,
): Promise<{ readonly isLimited: boolean; readonly botAgentId: string }> {
  const { rateLimit, botAgentId } = v.parse(Options, await control(instance, 'GET', 'options'));
  return { isLimited: rateLimit !== null, botAgentId };
}

/** The token that the sandbox's webhooks carry from now on, a reset included. */
export async function setSenderToken(instance: Instance, webhookToken: string): Promise<void> {
  await control(instance, 'PUT', 'options', { webhookToken });
}

const Macros = v.object({ macros: v.array(v.object({ name: v.string(), text: v.string() })) });

/** The macros of the pretended workspace; `null` where the instance talks to a real one, which lists none. */
export async function readMacros(instance: Instance): Promise<v.InferOutput<typeof Macros>['macros'] | null> {
  const response = await fetch(`${instance.richpanelUrl}/__sandbox/macros`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  if (response?.ok !== true) return null;
  const read = v.safeParse(Macros, await response.json().catch(() => null));
  return read.success ? read.output.macros : null;
}

async function control(instance: Instance, method: string, call: string, body?: unknown): Promise<unknown> {
  // Control calls would be writes to somebody's helpdesk.
  if (!instance.sandbox) {
    throw new Failure(
      'real_workspace',
      'this instance works for a real workspace, where nobody is played',
      'write to it as a customer would, or start another instance with the sandbox',
    );
  }
  const response = await fetch(`${instance.richpanelUrl}/__sandbox/${call}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  if (response === null) {
    throw new Failure('sandbox_failed', 'the Richpanel sandbox did not answer', 'restart `npm start`');
  }
  if (response.status === 400) {
    throw new Failure('refused', 'the sandbox did not take the message', 'check --channel and --conversation', 2);
  }
  if (!response.ok) {
    throw new Failure('sandbox_failed', `the Richpanel sandbox answered ${response.status}`, 'restart `npm start`');
  }
  return response.json();
}

const Found = v.object({ ticket: v.object({ id: v.string() }) });

/** The conversation behind a ticket number, asked of the helpdesk's own API; `null` when there is none. */
export async function conversationOfNumber(instance: Instance, number: number): Promise<string | null> {
  // The key of a real workspace is not known here.
  if (!instance.sandbox) return null;
  const response = await fetch(`${instance.richpanelUrl}/v1/tickets/number/${number}`, {
    headers: { 'x-richpanel-key': instance.richpanelKey },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  if (response === null || !response.ok) return null;
  const found = v.safeParse(Found, await response.json().catch(() => null));
  return found.success ? found.output.ticket.id : null;
}
