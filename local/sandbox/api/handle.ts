/** One call of the vendor API from raw request to answer: key, limit, faults, execution, logs. */
import { actAsAgent, receiveMessage } from '../control/people.ts';
import { afterwards, bendOf, instead } from '../faults/effects.ts';
import { type Fault, type FaultRule, hit, toFault } from '../faults/rules.ts';
import { json, parseObject, type SandboxRequest, type SandboxResponse, vendorError } from '../http-types.ts';
import type { JournalEntry } from '../model/types.ts';
import { iso, type World } from '../model/world.ts';
import { HUMAN_AGENT } from '../seed/directory.ts';
import type { ApiOutcome, SandboxEvent, WriteIntent } from './context.ts';
import { answer } from './context.ts';
import { errorForm } from './forms.ts';
import { type ParsedPath, parsePath } from './path.ts';
import type { RateLimiter } from './rate-limit.ts';
import { intentOf, run } from './routes.ts';

/** What the API keeps besides the world: nothing of it survives a restart. */
export type ApiState = {
  readonly limiter: RateLimiter;
  faults: FaultRule[];
  /** Every key answers 401 from now on (fault `auth_revoked`). */
  isRevoked: boolean;
  /** Things that people do later, while a client is between two calls. */
  later: { readonly dueAt: number; readonly act: () => readonly SandboxEvent[] }[];
};

const KEY_HEADER = 'x-richpanel-key';

/** Answers a request below `/v1`; the events it raised are for the caller to hand to the rules. */
export function handleApi(world: World, state: ApiState, request: SandboxRequest): ApiOutcome {
  const parsed = parsePath(request.path);
  const segments = parsed?.segments.slice(1) ?? [];
  const intent = intentOf(request.method, segments, request.body);
  const done =
    parsed === undefined ? refuse(vendorError(400, 'malformed path')) : execute(world, state, request, parsed, intent);
  const status = done.outcome.response.status;
  logWrites(world, request, intent, status, done);
  logRequest(world, request, parsed, status, done.fault);
  return done.outcome;
}

type Done = { readonly outcome: ApiOutcome; readonly isApplied: boolean; readonly fault: Fault | undefined };

function refuse(response: SandboxResponse, fault?: Fault): Done {
  return { outcome: answer(response), isApplied: false, fault };
}

function execute(
  world: World,
  state: ApiState,
  request: SandboxRequest,
  parsed: ParsedPath,
  intent: WriteIntent | undefined,
): Done {
  const headers = request.headers ?? {};
  const key = headers[KEY_HEADER] ?? '';
  const now = world.now();
  const refusal = (response: SandboxResponse, rateHeaders: Readonly<Record<string, string>>) =>
    withHeaders(errorForm(response, world.options.errorShape), rateHeaders);
  const isKnown = key !== '' && (key === world.options.apiKey || key === world.options.listDeniedKey);
  const segments = parsed.segments.slice(1);
  if (!isKnown || state.isRevoked) return refuse(refusal(unauthorized(world), fullWindow(world)));
  const rate = state.limiter.take(key, now, world.options);
  if (rate.retryAfterS !== undefined) {
    const when = world.options.rateHeaders ? { 'retry-after': String(rate.retryAfterS) } : {};
    const tooMany = json(429, { error: { message: 'Too many requests' } }, when);
    return refuse(refusal(tooMany, rate.headers));
  }
  const isList = request.method === 'GET' && segments.length === 1 && segments[0] === 'tickets';
  if (key === world.options.listDeniedKey && isList)
    return refuse(refusal(json(403, { message: 'Forbidden' }), rate.headers));

  const fault = chooseFault(world, state, request, parsed, segments);
  if (typeof fault === 'string') return refuse(withHeaders(vendorError(400, fault), rate.headers));
  if (fault?.name === 'auth_revoked') state.isRevoked = true;
  const replaced = fault === undefined ? undefined : instead(fault, intent !== undefined, now);
  if (replaced !== undefined) return refuse(withHeaders(replaced, rate.headers), fault);

  const isRead = intent === undefined;
  const between = interference(world, fault, ticketIdOf(segments));
  // A write is met by what happened since the read; a read is followed by it.
  const before = isRead ? [] : act(world, state, between, 'before');
  const outcome = run({
    world,
    method: request.method,
    segments,
    query: parsed.query,
    origin: headers.host === undefined ? world.origin : `http://${headers.host}`,
    body: request.body,
    contentType: headers['content-type'] ?? '',
    bend: bendOf(fault),
  });
  const after = isRead ? act(world, state, between, 'after') : [];
  const told = errorForm(outcome.response, world.options.errorShape);
  const response = fault === undefined ? told : afterwards(fault, told, world.random);
  return {
    outcome: { response: withHeaders(response, rate.headers), events: [...before, ...outcome.events, ...after] },
    isApplied: outcome.response.status === 200,
    fault,
  };
}

function unauthorized(world: World): SandboxResponse {
  return world.options.unauthorizedStatus === 403
    ? json(403, { message: 'Forbidden' })
    : json(401, { error: { message: 'Unauthorized' } });
}

/** The limit headers are on every answer, those to strangers included. */
function fullWindow(world: World): Record<string, string> {
  const { rateLimit, rateHeaders } = world.options;
  const limit = rateLimit?.requests;
  return limit === undefined || !rateHeaders
    ? {}
    : { 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(limit) };
}

function withHeaders(response: SandboxResponse, headers: Readonly<Record<string, string>>): SandboxResponse {
  return { ...response, headers: { ...response.headers, ...headers } };
}

function ticketIdOf(segments: readonly string[]): string | null {
  const isTicket = segments[0] === 'tickets' || (segments[0] === 'order' && segments.length === 2);
  return isTicket ? (segments[1] ?? null) : null;
}

/** A header switches a fault for one request; otherwise the first rule that hits it. A string says what is wrong with the header. */
function chooseFault(
  world: World,
  state: ApiState,
  request: SandboxRequest,
  parsed: ParsedPath,
  segments: readonly string[],
): Fault | string | undefined {
  const asked = request.headers?.['x-sandbox-fault'];
  if (asked !== undefined) return toFault(asked);
  const target = { method: request.method, path: parsed.path, ticketId: ticketIdOf(segments) };
  return hit(state.faults, target, world.random);
}

type Interference = { readonly afterMs: number; readonly act: () => readonly SandboxEvent[] };

function interference(world: World, fault: Fault | undefined, ticketId: string | null): Interference | undefined {
  if (ticketId === null || !world.tickets.has(ticketId)) return undefined;
  const { afterMs, text } = fault?.parameters ?? {};
  const delay = typeof afterMs === 'number' ? afterMs : 0;
  const words = (otherwise: string): string => (typeof text === 'string' ? text : otherwise);
  if (fault?.name === 'concurrent_agent_reply') {
    const reply = { conversationId: ticketId, text: words('Hello, I am looking into this for you.') };
    return { afterMs: delay, act: () => agentActs(world, ticketId, reply) };
  }
  if (fault?.name === 'concurrent_customer_message') {
    const message = { conversationId: ticketId, text: words('One more thing about my last message…') };
    return { afterMs: delay, act: () => receiveMessage(world, message).events };
  }
  return undefined;
}

function agentActs(
  world: World,
  ticketId: string,
  reply: { conversationId: string; text: string },
): readonly SandboxEvent[] {
  const ticket = world.tickets.get(ticketId);
  return ticket === undefined ? [] : actAsAgent(world, ticket, reply, HUMAN_AGENT).events;
}

function act(
  world: World,
  state: ApiState,
  between: Interference | undefined,
  side: 'before' | 'after',
): readonly SandboxEvent[] {
  if (between === undefined) return [];
  if (between.afterMs === 0 || side === 'before') return between.act();
  state.later.push({ dueAt: world.now() + between.afterMs, act: between.act });
  return [];
}

/** Lets everything happen that is due; returns what it raised. */
export function happenLater(world: World, state: ApiState): SandboxEvent[] {
  const now = world.now();
  const due = state.later.filter((one) => one.dueAt <= now);
  if (due.length === 0) return [];
  state.later = state.later.filter((one) => one.dueAt > now);
  return due.sort((left, right) => left.dueAt - right.dueAt).flatMap((one) => one.act());
}

function logWrites(
  world: World,
  request: SandboxRequest,
  intent: WriteIntent | undefined,
  status: number,
  done: Done,
): void {
  const at = iso(world.now());
  const body = parseObject(request.body) ?? null;
  for (const kind of intent?.kinds ?? []) {
    const seq = world.nextNumber('writes');
    const { ticketId } = intent ?? { ticketId: null };
    const fault = done.fault?.name ?? null;
    world.writes.put(String(seq), { seq, at, ticketId, kind, body, applied: done.isApplied, status, fault });
  }
}

function logRequest(
  world: World,
  request: SandboxRequest,
  parsed: ParsedPath | undefined,
  status: number,
  fault: Fault | undefined,
): void {
  const at = iso(world.now());
  const headers = Object.entries(request.headers ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, name === KEY_HEADER ? mask(value) : value] as const],
  );
  world.journal.add(
    (seq): JournalEntry => ({
      seq,
      at,
      method: request.method,
      path: request.path,
      headers: Object.fromEntries(headers),
      body: request.body ?? '',
      status,
      fault: fault?.name ?? null,
      unencodedId: parsed !== undefined && (parsed.hasUnencoded || isTornId(world, parsed)),
    }),
  );
}

/** An id with a `/` in it, sent as several segments. */
function isTornId(world: World, parsed: ParsedPath): boolean {
  const [, collection, ...rest] = parsed.segments;
  return (
    collection === 'tickets' &&
    rest.some((_, index) => index > 0 && world.tickets.has(rest.slice(0, index + 1).join('/')))
  );
}

function mask(key: string): string {
  return `${key.slice(0, 2)}…`;
}
