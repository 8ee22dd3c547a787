/** The control calls below `/__sandbox` (interfaces §9, reference §12.2). No key: the transport lets this machine in only. */
import * as v from 'valibot';
import { parsePath } from '../api/path.ts';
import { readTicket, ticketView } from '../api/view.ts';
import { parseFaultRule } from '../faults/rules.ts';
import { json, type SandboxRequest, type SandboxResponse } from '../http-types.ts';
import { Macro } from '../model/macros.ts';
import type { Ticket } from '../model/types.ts';
import { iso } from '../model/world.ts';
import { OptionsPatch } from '../options.ts';
import type { Sandbox } from '../sandbox.ts';
import { HttpTarget, Rule } from '../webhooks/rules.ts';
import { AgentAct, AgentMessage, ClockMove, CustomerMessage, FollowUp, NewTicket, Reset } from './requests.ts';

type Call = {
  readonly sandbox: Sandbox;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string | undefined;
};
type Handler = (call: Call) => SandboxResponse | Promise<SandboxResponse>;

class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/** Parses a body; the complaint names path and cure of the first issue, never the value. */
function parse<S extends v.GenericSchema>(schema: S, body: string | undefined): v.InferOutput<S> {
  const result = v.safeParse(schema, parseJson(body));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new BadRequest(`${v.getDotPath(issue) ?? 'body'}: ${cureOf(issue)}`);
}

const WORDS: Readonly<Record<string, string>> = { integer: 'give a whole number' };

/** Our own words where the schema has some; valibot's own messages hold the value. */
function cureOf({ type, message, expected, received }: v.BaseIssue<unknown>): string {
  if (!message.startsWith('Invalid ')) return message;
  if (expected === 'never') return 'there is no such key, leave it out';
  if (received === 'undefined') return 'is missing, give it';
  const kinds = expected?.replaceAll('Array', 'list').replaceAll('Object', 'object');
  return WORDS[type] ?? (kinds === undefined ? `breaks the rule ${type}` : `give ${kinds}`);
}

function parseJson(body: string | undefined): unknown {
  try {
    return JSON.parse(body === undefined || body === '' ? '{}' : body);
  } catch {
    throw new BadRequest('body: no JSON');
  }
}

function findTicket(call: Call, id: string): Ticket {
  const ticket = call.sandbox.ticket(id);
  if (ticket === undefined) throw new BadRequest('conversationId: unknown');
  return ticket;
}

function since(call: Call): number {
  const text = call.query.get('since') ?? '0';
  if (!/^\d{1,15}$/.test(text)) throw new BadRequest('since: no number');
  return Number(text);
}

const ROUTES: Readonly<Record<string, Handler>> = {
  'POST messages': async ({ sandbox, body }) => json(200, await sandbox.customerWrites(parse(CustomerMessage, body))),
  'POST agent': async (call) => {
    const act = parse(AgentAct, call.body);
    findTicket(call, act.conversationId);
    return json(200, await call.sandbox.agentActs(act));
  },
  'GET writes': (call) => json(200, call.sandbox.writes(since(call))),
  'GET outbox': ({ sandbox }) => json(200, sandbox.outbox()),
  'GET tickets': (call) => json(200, ticketsOf(call)),
  'POST tickets/*/customer-message': async (call) => {
    const ticket = findTicket(call, call.segments[1] ?? '');
    const { body, attachments, at } = parse(FollowUp, call.body);
    const extra = { ...(attachments === undefined ? {} : { attachments }), ...(at === undefined ? {} : { at }) };
    return json(200, await call.sandbox.customerWrites({ conversationId: ticket.id, text: body, ...extra }));
  },
  'POST tickets/*/agent-message': async (call) => {
    const ticket = findTicket(call, call.segments[1] ?? '');
    const { body, agentId } = parse(AgentMessage, call.body);
    return json(
      200,
      await call.sandbox.agentActs({ conversationId: ticket.id, text: body, ...(agentId ? { agentId } : {}) }),
    );
  },
  'POST customers/*/new-ticket': async (call) => {
    const { channel, subject, body } = parse(NewTicket, call.body);
    const email = call.segments[1] ?? '';
    const extra = { ...(channel === undefined ? {} : { channel }), ...(subject === undefined ? {} : { subject }) };
    return json(200, await call.sandbox.customerWrites({ text: body, customer: { email }, ...extra }));
  },
  'PUT rules': ({ sandbox, body }) => {
    sandbox.automation.rules = parse(v.array(Rule), body);
    return json(200, { rules: sandbox.automation.rules });
  },
  'PUT http-targets': ({ sandbox, body }) => {
    sandbox.automation.targets = parse(v.array(HttpTarget), body);
    return json(200, { httpTargets: sandbox.automation.targets });
  },
  // Macros stand in the helpdesk's own surface only, no API lists them (§8): this is its export.
  'GET macros': ({ sandbox }) => json(200, { macros: sandbox.automation.macros }),
  'PUT macros': ({ sandbox, body }) => {
    sandbox.automation.macros = parse(v.array(Macro), body);
    return json(200, { macros: sandbox.automation.macros });
  },
  'GET options': ({ sandbox }) => json(200, publicOptions(sandbox)),
  'PUT options': ({ sandbox, body }) => {
    sandbox.setOptions(parse(OptionsPatch, body));
    return json(200, publicOptions(sandbox));
  },
  'POST clock': ({ sandbox, body }) => {
    sandbox.advance(parse(ClockMove, body).advanceMs);
    return json(200, { clock: iso(sandbox.now()) });
  },
  'POST faults': ({ sandbox, body }) => {
    const given = parseJson(body);
    const rules = (Array.isArray(given) ? given : [given]).map(parseFaultRule);
    const wrong = rules.find((rule) => typeof rule === 'string');
    if (wrong !== undefined) throw new BadRequest(wrong);
    sandbox.addFaults(rules.filter((rule) => typeof rule !== 'string'));
    return json(200, { faults: faultsOf(sandbox) });
  },
  'GET faults': ({ sandbox }) => json(200, { faults: faultsOf(sandbox) }),
  'DELETE faults': ({ sandbox }) => {
    sandbox.clearFaults();
    return json(200, { faults: [] });
  },
  'POST reset': ({ sandbox, body }) => {
    const { seed, clock, options } = parse(Reset, body);
    const instant = typeof clock === 'string' ? Date.parse(clock) : clock;
    sandbox.reset({ ...options, ...(seed === undefined ? {} : { seed }) }, instant);
    return json(200, { seed: sandbox.options.seed, clock: iso(sandbox.now()) });
  },
  'GET journal': (call) => json(200, call.sandbox.journal(since(call))),
  'GET webhook-deliveries': (call) => json(200, call.sandbox.deliveries(since(call))),
};

const NO_SUCH_CALL = `no such control call below /__sandbox; there are: ${Object.keys(ROUTES).join(', ')}`;

/** Answers one control call; a bad body is 400 and changes nothing. */
export async function handleControl(sandbox: Sandbox, request: SandboxRequest): Promise<SandboxResponse> {
  const parsed = parsePath(request.path);
  const segments = parsed?.segments.slice(1) ?? [];
  const handler = ROUTES[`${request.method} ${routeName(segments)}`];
  if (parsed === undefined || handler === undefined) return json(404, { error: { message: NO_SUCH_CALL } });
  try {
    return await handler({ sandbox, segments, query: parsed.query, body: request.body });
  } catch (error) {
    if (error instanceof BadRequest) return json(400, { error: { message: error.message } });
    throw error;
  }
}

/** `tickets/<id>/agent-message` → `tickets/*` + `/agent-message`: the middle of three segments is a parameter. */
function routeName(segments: readonly string[]): string {
  return segments.map((segment, index) => (index === 1 && segments.length === 3 ? '*' : segment)).join('/');
}

/** All, the one with an id, or as many as `newest` says of those changed last. */
function ticketsOf({ sandbox: { world }, query }: Call): unknown[] {
  const id = query.get('id');
  const newest = query.get('newest');
  if (newest !== null && !/^[1-9]\d{0,4}$/.test(newest)) throw new BadRequest('newest: no number');
  const tickets =
    id === null ? world.tickets.values() : [world.tickets.get(id)].filter((ticket) => ticket !== undefined);
  const shown =
    newest === null
      ? tickets
      : tickets.toSorted((left, right) => right.updatedAt - left.updatedAt).slice(0, Number(newest));
  return shown.map((ticket) => ticketView(world, readTicket(world, ticket, 0)));
}

function faultsOf(sandbox: Sandbox): unknown[] {
  return sandbox.faults().map((rule) => ({ ...rule.given, seen: rule.seen, hits: rule.hits }));
}

function publicOptions(sandbox: Sandbox): Record<string, unknown> {
  const { apiKey: _key, listDeniedKey: _other, webhookToken: _token, ...rest } = sandbox.options;
  return rest;
}
