/**
 * A helpdesk of our own that answers as Richpanel's API does (reference/richpanel-api.md §12), with invented customers.
 * It runs in this process: `handle` takes a request as a value. `server.ts` puts it behind a socket.
 */

import type { ApiState } from './api/handle.ts';
import { handleApi, happenLater } from './api/handle.ts';
import { RateLimiter } from './api/rate-limit.ts';
import { handleControl } from './control/handle.ts';
import { actAsAgent, receiveMessage } from './control/people.ts';
import type { AgentAct, CustomerMessage } from './control/requests.ts';
import type { FaultRule } from './faults/rules.ts';
import { type SandboxRequest, type SandboxResponse, vendorError } from './http-types.ts';
import { liveSandboxPorts } from './live-ports.ts';
import type { Row, SandboxStore } from './model/collection.ts';
import type { DeliveryAttempt, JournalEntry, OutboxEntry, Ticket, WriteEntry } from './model/types.ts';
import { World } from './model/world.ts';
import { DEFAULT_OPTIONS, type OptionsPatch, type SandboxOptions, withOptions } from './options.ts';
import type { SandboxPorts } from './ports.ts';
import { furnish, HUMAN_AGENT } from './seed/directory.ts';
import { seedTickets } from './seed/tickets.ts';
import { Automation } from './webhooks/automation.ts';
import type { DeliveryReport } from './webhooks/dispatch.ts';
import type { HttpTarget } from './webhooks/rules.ts';

export type SandboxSettings = {
  readonly options?: OptionsPatch;
  readonly ports?: SandboxPorts;
  readonly store?: SandboxStore;
};

export type MessageReceipt = {
  readonly conversationId: string;
  readonly ticketNumber: number;
  readonly messageId: string;
  readonly webhooks: readonly DeliveryReport[];
};

export class Sandbox {
  world: World;
  automation: Automation;
  #startOptions: SandboxOptions;
  readonly #ports: SandboxPorts;
  readonly #store: SandboxStore | undefined;
  #state: ApiState = freshState();

  constructor(settings: SandboxSettings) {
    this.#startOptions = withOptions(DEFAULT_OPTIONS, settings.options ?? {});
    this.#ports = settings.ports ?? liveSandboxPorts;
    this.#store = settings.store;
    this.world = this.#newWorld(this.#startOptions);
    this.automation = new Automation(this.world);
    this.#furnish(this.world.collections().every(({ size }) => size === 0));
  }

  get options(): SandboxOptions {
    return this.world.options;
  }

  now(): number {
    return this.world.now();
  }

  /** Answers any request; resolves after every change it made is in the store. */
  async handle(request: SandboxRequest): Promise<SandboxResponse> {
    this.tick();
    if (request.path.startsWith('/v1/')) return this.#handleApi(request);
    if (request.path.startsWith('/__sandbox/')) return this.#handleControl(request);
    return vendorError(404, 'Not found');
  }

  /** A customer writes. Resolves when the webhook calls are over. */
  async customerWrites(message: CustomerMessage): Promise<MessageReceipt> {
    const { events, ...received } = receiveMessage(this.world, message);
    const calls = this.automation.raise(events);
    this.commit();
    return { ...received, webhooks: await Promise.all(calls) };
  }

  /** An agent acts on a ticket that exists; throws when it does not. Resolves when the webhook calls are over. */
  async agentActs(act: AgentAct): Promise<{ conversationId: string; messageId: string | null; status: string }> {
    const ticket = this.world.tickets.get(act.conversationId);
    if (ticket === undefined) throw new Error('agentActs: no such ticket');
    const { commentId, events } = actAsAgent(this.world, ticket, act, act.agentId ?? HUMAN_AGENT);
    const calls = this.automation.raise(events);
    this.commit();
    await Promise.all(calls);
    const { status } = this.world.tickets.get(ticket.id) ?? ticket;
    return { conversationId: ticket.id, messageId: commentId, status };
  }

  /** Points the default target at a webhook; rules stay, and a reset leaves it there. */
  setWebhook(
    url: string | null,
    token = this.options.webhookToken,
    header = this.options.webhookHeader,
    auth = this.options.webhookAuth,
  ): void {
    const webhook = { webhookUrl: url, webhookToken: token, webhookHeader: header, webhookAuth: auth };
    this.#startOptions = withOptions(this.#startOptions, webhook);
    this.setOptions(webhook);
  }

  /**
   * Changes options while running. Targets are made anew when address, header or body of the webhook is among them; those that
   * send the token get a changed one. A reset keeps it: the one before may be refused by now.
   */
  setOptions(patch: OptionsPatch): void {
    const { webhookToken: former } = this.options;
    this.world.options = withOptions(this.options, patch);
    const isWebhook = ['webhookUrl', 'webhookHeader', 'webhookAuth', 'webhookBody'].some((name) => name in patch);
    if (isWebhook) this.automation = withRules(new Automation(this.world), this.automation);
    const { webhookToken } = patch;
    if (webhookToken === undefined) return;
    // A token in the URL is part of it.
    const urlIn = ({ webhookUrl }: SandboxOptions) => webhookUrl && exchanged(webhookUrl, former, webhookToken);
    this.world.options = withOptions(this.options, { webhookUrl: urlIn(this.options) });
    this.#startOptions = withOptions(this.#startOptions, { webhookToken, webhookUrl: urlIn(this.#startOptions) });
    this.automation.targets = this.automation.targets.map((target) => withToken(target, former, webhookToken));
  }

  /** Back to the start, with options laid over those of the start; same seed and clock, same ids. */
  reset(patch: OptionsPatch = {}, clock?: number): void {
    this.world = this.#emptyWorld(withOptions(this.#startOptions, patch));
    if (clock !== undefined) this.world.moveClock(clock - this.#ports.now());
    this.automation = new Automation(this.world);
    this.#state = freshState();
    this.#furnish(true);
  }

  advance(ms: number): void {
    this.world.moveClock(ms);
    this.tick();
  }

  /** Lets things happen that were due between two calls. */
  tick(): void {
    const events = happenLater(this.world, this.#state);
    if (events.length === 0) return;
    void Promise.all(this.automation.raise(events));
    this.commit();
  }

  addFaults(rules: readonly FaultRule[]): void {
    this.#state.faults = [...this.#state.faults, ...rules];
  }

  clearFaults(): void {
    this.#state.faults = [];
    this.#state.isRevoked = false;
  }

  faults(): readonly FaultRule[] {
    return this.#state.faults;
  }

  ticket(id: string): Ticket | undefined {
    return this.world.tickets.get(id);
  }

  writes(since = 0): WriteEntry[] {
    return this.world.writes.values().filter((entry) => entry.seq > since);
  }

  outbox(): OutboxEntry[] {
    return this.world.outbox.values();
  }

  journal(since = 0): JournalEntry[] {
    return this.world.journal.since(since);
  }

  deliveries(since = 0): DeliveryAttempt[] {
    return this.world.deliveries.since(since);
  }

  /** Every row there is; `restore` takes them back. */
  snapshot(): Row[] {
    return structuredClone(this.world.rows());
  }

  restore(rows: readonly Row[]): void {
    this.world = this.#emptyWorld(this.options);
    this.automation = withRules(new Automation(this.world), this.automation);
    this.world.put(structuredClone(rows));
    furnish(this.world);
    this.commit();
  }

  /** Resolves when every webhook call made so far is over. */
  settled(): Promise<void> {
    return this.automation.settled();
  }

  async #handleApi(request: SandboxRequest): Promise<SandboxResponse> {
    const { response, events } = handleApi(this.world, this.#state, request);
    // The vendor does not make an API caller wait for its webhooks.
    void Promise.all(this.automation.raise(events));
    this.commit();
    return response;
  }

  async #handleControl(request: SandboxRequest): Promise<SandboxResponse> {
    const response = await handleControl(this, request);
    this.commit();
    return response;
  }

  #newWorld(options: SandboxOptions): World {
    return new World(options, this.#ports, this.#store);
  }

  #furnish(isNew: boolean): void {
    furnish(this.world);
    if (isNew && this.options.seedData) seedTickets(this.world);
    this.commit();
  }

  /** Its rows go with the same commit that brings the next ones. */
  #emptyWorld(options: SandboxOptions): World {
    const world = this.#newWorld(options);
    for (const collection of world.collections()) collection.clear();
    return world;
  }

  /** Keeps what changed; to be called by who changed the world directly. */
  commit(): void {
    this.world.forgetOldest();
    if (this.#store === undefined) return;
    const collections = this.world.collections();
    const changes = collections.flatMap((collection) => collection.changes());
    if (changes.length === 0) return;
    this.#store.commit(changes);
    for (const collection of collections) collection.committed();
  }
}

/** A sandbox in this process. Without ports it uses real time and calls webhooks over HTTP. */
export function createSandbox(settings: SandboxSettings = {}): Sandbox {
  return new Sandbox(settings);
}

function freshState(): ApiState {
  return { limiter: new RateLimiter(), faults: [], isRevoked: false, later: [] };
}

function withToken(target: HttpTarget, former: string, token: string): HttpTarget {
  const next = (text: string): string => exchanged(text, former, token);
  const headers = Object.entries(target.headers).map(([name, value]) => [name, next(value)]);
  return { ...target, url: next(target.url), body: next(target.body), headers: Object.fromEntries(headers) };
}

const exchanged = (text: string, former: string, token: string): string =>
  former === '' ? text : text.replaceAll(former, () => token);

function withRules(next: Automation, former: Automation): Automation {
  next.rules = former.rules;
  next.macros = former.macros;
  return next;
}
