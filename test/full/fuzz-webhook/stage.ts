/** A stage under fire: one method, four secrets, and a fresh world on memory ports whenever one is asked for. */

import type { AuthMethod } from '../../../events/auth-methods.ts';
import type { AnyEvent } from '../../../events/define-event.ts';
import { ingest } from '../../../functions/ingest/handler.ts';
import { testWorld } from '../../../functions/shared/testing.ts';

const HEX = {
  newest: '1f3a'.repeat(16),
  previous: '2e4b'.repeat(16),
  gone: '3d5c'.repeat(16),
  weak: '4c6d'.repeat(12),
};
const whsec = (byte: number, length = 32): string => `whsec_${Buffer.alloc(length, byte).toString('base64')}`;
const WHSEC = { newest: whsec(11), previous: whsec(22), gone: whsec(33), weak: whsec(44, 24) };

export type Secrets = typeof HEX;
/** `weak` stands among the live ones and must open nothing; `gone` does not stand there. */
export const secretsOf = (method: AuthMethod): Secrets => (method === 'standard_webhooks' ? WHSEC : HEX);
/** Values that no fact, log line or answer may hold. */
export const ALL_SECRETS: readonly string[] = [...Object.values(HEX), ...Object.values(WHSEC)];

/** Where the clock of every stage stands: a Thursday noon. */
export const NOW = Date.parse('2026-01-15T12:00:00.000Z');

export type Answer = { readonly statusCode: number; readonly body: string };
export type Stage = {
  readonly method: AuthMethod;
  readonly handle: (payload: unknown) => Promise<Answer>;
  readonly facts: () => readonly string[];
  readonly lines: () => readonly unknown[];
};

export function stageOf(method: AuthMethod): Stage {
  const world = testWorld();
  if (world.clock.now() !== NOW) throw new Error('the test clock starts elsewhere');
  const { newest, previous, weak } = secretsOf(method);
  world.secrets.values.set('richpanel/webhook_token', JSON.stringify({ active_tokens: [newest, previous, weak] }));
  const made = world.container('ingest');
  const auth = { ...made.config.webhook.auth, local: method };
  return {
    method,
    handle: ingest({ ...made, config: { ...made.config, webhook: { auth } } }),
    facts: () => world.bus.published.map(({ detail }) => detail),
    lines: () => made.telemetry.lines,
  };
}

export const readFact = (text: string): AnyEvent => JSON.parse(text) as AnyEvent;
