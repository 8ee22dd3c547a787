/** The sender's half and ours, over a real socket: the sandbox calls the front, the front hands to ingest, by every method. */
import { afterEach, describe, expect, it } from 'vitest';
import { AUTH_METHODS, type AuthMethod } from '../../events/auth-methods.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import { ingest } from '../../functions/ingest/handler.ts';
import { memoryClock } from '../../functions/shared/clock/memory.ts';
import { testWorld } from '../../functions/shared/testing.ts';
import { startWebhookServer, type WebhookServer } from '../../local/host/http-front.ts';
import { openShop, TEST_CLOCK, type TestShop } from '../../local/sandbox/testing.ts';
import { doorUrl, newWebhookSecret } from '../../local/webhook-proof.ts';

let front: WebhookServer | undefined;
let shop: TestShop | undefined;
afterEach(async () => {
  await shop?.close();
  await front?.close();
});

/** A stage that takes one method, and a sandbox that calls it by another. */
async function open(takes: AuthMethod, sends: AuthMethod, secret = newWebhookSecret(takes)) {
  const world = testWorld(memoryClock(TEST_CLOCK));
  world.secrets.values.set('richpanel/webhook_token', JSON.stringify({ active_tokens: [secret] }));
  const made = world.container('ingest');
  const auth = { ...made.config.webhook.auth, local: takes };
  const handle = ingest({ ...made, config: { ...made.config, webhook: { auth } } });
  const invoke = async ({ payload }: { readonly payload: object }) =>
    ({ ok: true, value: await handle(JSON.parse(JSON.stringify(payload))) }) as const;
  front = await startWebhookServer({ port: 0, invoke, throttle: null, maxBytes: 1_000_000, auth: takes });
  shop = await openShop({ rateLimit: null });
  shop.sandbox.setWebhook(doorUrl(front.url, sends, secret), secret, 'x-richpanel-webhook-token', sends);
  const said = await shop.control('POST', '/messages', { conversationId: 'c-1', text: 'where is my order?' });
  const [webhook] = (said.body as { webhooks: { status: number }[] }).webhooks;
  const facts = world.bus.published.map(({ detail }) => JSON.parse(detail) as AnyEvent);
  return { status: webhook?.status, facts, lines: made.telemetry.lines, secret };
}

describe.each(AUTH_METHODS)('%s', (method) => {
  it('of the sandbox is taken by a stage that takes it, and stands in no log', async () => {
    const { status, facts, lines, secret } = await open(method, method);
    expect(status).toBe(200);
    expect(facts[0]?.data).toMatchObject({ authMethod: method, trigger: 'customer_message' });
    expect(JSON.stringify([facts, lines])).not.toContain(secret);
  });

  it.each(AUTH_METHODS.filter((other) => other !== method))('is refused by a stage that takes %s', async (takes) => {
    const { status, facts } = await open(takes, method);
    // Below /webhook/ there is nothing where the URL carries no token.
    expect(status).toBe(method === 'url_token' ? 404 : 401);
    expect(facts).toEqual([]);
  });
});
