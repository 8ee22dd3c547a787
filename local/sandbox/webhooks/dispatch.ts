/** Calls HTTP Targets: one attempt each, never a retry, every attempt written down (§12.3 no. 4–6). */

import { signatureOf } from '../../webhook-proof.ts';
import type { SandboxEvent } from '../api/context.ts';
import type { DeliveryAttempt, Ticket } from '../model/types.ts';
import { iso, type World } from '../model/world.ts';
import type { OutgoingCall } from '../ports.ts';
import type { HttpTarget } from './rules.ts';
import { render } from './template.ts';

const LOOP_WINDOW_MS = 60_000;
const REORDER_WAIT_MS = 1_000;

export type DeliveryReport = {
  readonly status: number;
  readonly ms: number;
  readonly error?: string;
  /** What the webhook said, for people; the rules never look at it. */
  readonly answer?: string;
};

export class Dispatcher {
  readonly #world: World;
  readonly #caused = new Map<string, number[]>();
  readonly #pending = new Set<Promise<DeliveryReport>>();
  #held: (() => void) | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** Renders the call as the ticket stands, then makes it and its duplicates. Never rejects. */
  call(target: HttpTarget, ticket: Ticket, event: SandboxEvent): Promise<DeliveryReport>[] {
    const { options, random } = this.#world;
    const call = this.#render(target, ticket);
    if (!isLoopback(call.url)) return [this.#refuse(call, ticket, event, 'not_loopback')];
    if (this.#isLoop(ticket.id, event)) return [this.#refuse(call, ticket, event, 'loop_detected')];
    if (options.drop > 0 && random() < options.drop) return [this.#refuse(call, ticket, event, 'dropped')];
    return Array.from({ length: 1 + options.duplicate }, () =>
      this.#track(this.#attempt(call, target.sign, ticket, event)),
    );
  }

  /** Resolves when every call made so far is over. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  #render(target: HttpTarget, ticket: Ticket): OutgoingCall {
    const fill = (text: string): string => render(this.#world, text, ticket);
    const headers = Object.fromEntries(Object.entries(target.headers).map(([name, value]) => [name, fill(value)]));
    return {
      method: target.method,
      url: fill(target.url),
      headers: { 'content-type': target.contentType, ...headers },
      body: fill(target.body),
      timeoutMs: this.#world.options.webhookTimeoutMs,
    };
  }

  /** People cannot loop; API writes and rules can. */
  #isLoop(ticketId: string, event: SandboxEvent): boolean {
    if (event.cause === 'outside') return false;
    const now = this.#world.now();
    const recent = (this.#caused.get(ticketId) ?? []).filter((at) => at > now - LOOP_WINDOW_MS);
    const isLoop = recent.length >= this.#world.options.loopLimit;
    this.#caused.set(ticketId, isLoop ? recent : [...recent, now]);
    return isLoop;
  }

  async #attempt(
    unsigned: OutgoingCall,
    sign: HttpTarget['sign'],
    ticket: Ticket,
    event: SandboxEvent,
  ): Promise<DeliveryReport> {
    const { ports, options } = this.#world;
    if (options.delayMs > 0) await ports.sleep(options.delayMs);
    const release = options.reorder ? await this.#swapWithNext() : undefined;
    const startedAt = ports.now();
    // Signed as it leaves, by the real clock: whoever checks it does not know the sandbox's.
    const secret = { auth: sign ?? options.webhookAuth, token: options.webhookToken };
    const signature = sign === undefined ? {} : signatureOf(secret, unsigned.body, startedAt);
    const call = { ...unsigned, headers: { ...unsigned.headers, ...signature } };
    const result = await ports.send(call).catch(() => ({ error: 'network' }));
    const ms = ports.now() - startedAt;
    release?.();
    const report = 'status' in result ? { ...result, ms } : { status: 0, ms, error: result.error };
    this.#record(call, ticket, event, report);
    return report;
  }

  /** The first call waits for the next one, which gets the means to let it go. */
  async #swapWithNext(): Promise<(() => void) | undefined> {
    const release = this.#held;
    if (release !== undefined) {
      this.#held = undefined;
      return release;
    }
    const next = new Promise<void>((resolve) => {
      this.#held = resolve;
    });
    const own = this.#held;
    await Promise.race([next, this.#world.ports.sleep(REORDER_WAIT_MS)]);
    if (this.#held === own) this.#held = undefined;
    return undefined;
  }

  async #refuse(call: OutgoingCall, ticket: Ticket, event: SandboxEvent, error: string): Promise<DeliveryReport> {
    const report = { status: 0, ms: 0, error };
    this.#record(call, ticket, event, report);
    return report;
  }

  #record(call: OutgoingCall, ticket: Ticket, event: SandboxEvent, report: DeliveryReport): void {
    const { deliveries } = this.#world;
    const at = iso(this.#world.now());
    const { method, url, headers, body } = call;
    const { status, ms, error = null } = report;
    deliveries.add(
      (seq): DeliveryAttempt => ({
        seq,
        at,
        ticketId: ticket.id,
        event: event.type,
        method,
        url,
        headers,
        body,
        status,
        ms,
        error,
      }),
    );
  }

  #track(attempt: Promise<DeliveryReport>): Promise<DeliveryReport> {
    this.#pending.add(attempt);
    void attempt.finally(() => this.#pending.delete(attempt));
    return attempt;
  }
}

/** The allow-list of §12: nothing off this machine. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
