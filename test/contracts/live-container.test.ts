/** The live container: real SDK clients, real HTTP, exactly what was asked for (style §3, architecture §7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classify } from '../../functions/classify/handler.ts';
import { ingest } from '../../functions/ingest/handler.ts';
import type { Capability } from '../../functions/shared/container.ts';
import { EMBEDDED } from '../../functions/shared/embedded/testing.ts';
import { liveContainer, liveHandler } from '../../functions/shared/live-container.ts';
import { openAiPorts } from '../../functions/shared/openai/live-openai.ts';
import { createSandbox, type Sandbox } from '../../local/sandbox/sandbox.ts';
import { type SandboxServer, startSandboxServer } from '../../local/sandbox/server.ts';
import { LIBRARY } from '../../templates/generated/library.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';

const TOKEN = 'webhook-token-of-a-test-with-at-least-43-characters';
let endpoint: Endpoint;
let sandbox: Sandbox;
let server: SandboxServer;

beforeAll(async () => {
  endpoint = await openEndpoint();
  sandbox = createSandbox({ options: { apiKey: 'test-key', seedData: false } });
  server = await startSandboxServer({ sandbox, port: 0 });
  for (const [name, value] of [
    ['richpanel/api_key', 'test-key'],
    ['richpanel/webhook_token', JSON.stringify({ active_tokens: [TOKEN] })],
    ['richpanel/bot_agent_id', 'usr_bot_01'],
    ['hash_salt', JSON.stringify({ current: 1, versions: { 1: 'x'.repeat(32) } })],
    ['vault_key', 'y'.repeat(32)],
  ] as const)
    endpoint.putSecret(`frontdesk/local/${name}`, value);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_REGION: 'us-east-2',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    FRONTDESK_ENV: 'local',
    FRONTDESK_LIMITS: 'on',
    RICHPANEL_BASE_URL: server.url,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  });
});
afterAll(async () => {
  await server.close();
  await endpoint.close();
});

const BASE = [
  'log',
  'metrics',
  'trace',
  'settings',
  'clock',
  'policy',
  'waits',
  'ids',
  'store',
  'bus',
  'queues',
  'flags',
  'config',
];

describe('liveContainer', () => {
  it.each<[Capability[]]>([[[]], [['orders', 'digests', 'cipher']], [['helpdesk', 'tagger']]])(
    'holds the base and %j, nothing else',
    async (uses) => {
      const { container } = await liveContainer('order-lookup', uses);
      expect(Object.keys(container).sort()).toEqual([...BASE, ...uses].sort());
    },
  );

  it('knows the function it is for', async () => {
    const { container } = await liveContainer('responder-reply', []);
    // Platform §1.3: 90 s.
    expect(container.settings).toMatchObject({
      functionName: 'responder-reply',
      env: 'local',
      timeoutMs: 90_000,
      brandId: 'main',
    });
  });

  it('reads all flags as safe where none is set', async () => {
    const { container } = await liveContainer('verify', []);
    const { values, readable } = await container.flags.read(true);
    expect(readable).toBe(true);
    expect(values).toMatchObject({
      safe_mode: true,
      automation_enabled: false,
      outbound_enabled: false,
      richpanel_read_only: true,
    });
  });

  it('writes to the helpdesk only when the flag allows it', async () => {
    await sandbox.customerWrites({ conversationId: 'guarded', text: 'hello' });
    const { container } = await liveContainer('responder-route', ['helpdesk', 'tagger']);
    await expect(container.tagger.addTags('guarded', ['mw-processed'])).rejects.toMatchObject({ kind: 'read_only' });
    endpoint.putParameter('/frontdesk/local/richpanel_read_only', 'false');
    const { container: next } = await liveContainer('responder-route', ['helpdesk', 'tagger']);
    await next.tagger.addTags('guarded', ['mw-processed']);
    expect((await next.helpdesk.ticket('guarded'))?.tags).toEqual(['mw-processed']);
    // Every call took a place in the shared budget, the responder's reads among its writes (docs/decisions.md).
    expect((await next.store.get('vendor_limits', { bucket: 'richpanel#writes' }))?.taken).toHaveLength(2);
    expect(await next.store.get('vendor_limits', { bucket: 'richpanel#reads' })).toBeNull();
  });
});

it('carries a webhook through ingest and classify on real clients', async () => {
  await sandbox.customerWrites({
    conversationId: 'conv-live',
    text: 'Where is my order #1043?',
    channel: 'email',
    customer: { name: 'Nora Field', email: 'nora@customer.test' },
  });
  const receive = await liveHandler('ingest', ['secrets', 'digests'], ingest);
  const answer = await receive({
    rawPath: '/webhook',
    headers: { 'content-type': 'application/json', 'x-richpanel-webhook-token': TOKEN },
    body: JSON.stringify({ schema_version: 1, ticket_id: 'conv-live', trigger: 'customer_message' }),
    requestContext: { http: { method: 'POST' } },
  });
  expect(answer.statusCode).toBe(200);
  const named = (name: string) => endpoint.heard().find(({ detailType }) => detailType === name);
  await expect.poll(() => named('MessageReceived')).toBeDefined();

  endpoint.emptyQueues('classify');
  const run = await liveHandler('classify', classify.definition.uses, classify, {
    embedded: EMBEDDED,
    openAi: openAiPorts,
    templates: LIBRARY,
  });
  await run({ 'detail-type': 'MessageReceived', detail: named('MessageReceived')?.detail }, { awsRequestId: 'req-1' });
  await expect.poll(() => named('MessageClassified')).toBeDefined();
  expect(named('MessageClassified')?.detail).toMatchObject({
    metadata: { conversationId: 'conv-live', channel: 'email' },
    data: { primaryIntent: 'order_status_tracking' },
  });
});
