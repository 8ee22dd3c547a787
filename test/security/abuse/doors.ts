/** Every loopback port of ours with its real part behind it, and how much anybody has done to it. */

import { ingest } from '../../../functions/ingest/handler.ts';
import { TEST_TOKEN, testWorld } from '../../../functions/shared/testing.ts';
import { openDatabase } from '../../../local/aws/database.ts';
import { startAwsServer } from '../../../local/aws/server.ts';
import { createSqs } from '../../../local/aws/sqs/sqs.ts';
import { startWebhookServer } from '../../../local/host/http-front.ts';
import { DOOR_LIMITS, type DoorLimits } from '../../../local/host/loopback-server.ts';
import type { ThrottleLimits } from '../../../local/host/throttle.ts';
import { liveSandboxPorts } from '../../../local/sandbox/live-ports.ts';
import { createSandbox } from '../../../local/sandbox/sandbox.ts';
import { startSandboxServer } from '../../../local/sandbox/server.ts';
import { consoleForTests } from '../../../operate/console/testing.ts';
import { startReceiver } from '../../../operate/tenant/receiver.ts';
import { consolePosts } from './console-posts.ts';

export const DOOR_NAMES = ['webhooks', 'aws', 'console', 'sandbox', 'probe receiver'] as const;
export type DoorName = (typeof DOOR_NAMES)[number];

export type Door = {
  readonly port: number;
  /** A request that is right, and does something wherever anything can be done. */
  readonly good: {
    readonly method: 'POST' | 'GET';
    readonly path: string;
    readonly headers: Headers;
    readonly body: string;
  };
  readonly goodStatus: number;
  /** Whatever else does something, with the same headers. */
  readonly alsoGood?: readonly { readonly path: string; readonly body: string }[];
  /** Where a browser comes to be known here, as its owner's is. */
  readonly signIn?: string;
  /** What has been done so far: 0 before anything. */
  readonly effects: () => number;
  /** Text that an answer must not hold for a stranger. */
  readonly secret: string;
  readonly close: () => Promise<unknown>;
};
type Headers = Readonly<Record<string, string>>;

const CONSOLE_TOKEN = 'console-token-of-this-test';
const JSON_TYPE = { 'content-type': 'application/json' };

/** The real ingest on memory ports. */
export async function webhookDoor(limits: DoorLimits = DOOR_LIMITS, throttle: ThrottleLimits | null = null) {
  const world = testWorld();
  const container = world.container('ingest');
  const handle = ingest(container);
  const { port, close } = await startWebhookServer({
    port: 0,
    invoke: async ({ payload }) => ({ ok: true, value: await handle(payload) }),
    throttle,
    maxBytes: 64 * 1024,
    limits,
  });
  return {
    port,
    good: {
      method: 'POST',
      path: '/webhook',
      headers: { ...JSON_TYPE, 'x-richpanel-webhook-token': TEST_TOKEN },
      body: JSON.stringify({ ticket_id: 't-1', event_type: 'customer_message', message_id: 'm-1' }),
    },
    goodStatus: 200,
    effects: () => world.bus.published.length,
    secret: TEST_TOKEN,
    telemetry: container.telemetry,
    close,
  } satisfies Door & Record<string, unknown>;
}

async function awsDoor(limits: DoorLimits): Promise<Door> {
  const database = openDatabase(null);
  let url = '';
  const sqs = createSqs({ database, accountId: '000000000000', region: 'us-east-2', baseUrl: () => url });
  sqs.createQueue({ name: 'q' });
  sqs.send('q', 'what stands in the queue');
  const server = await startAwsServer({ port: 0, services: [sqs.service], rawHandlers: [sqs.rawHandler], limits });
  url = server.url;
  return {
    port: server.port,
    good: {
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
      body: JSON.stringify({ QueueUrl: `${url}/000000000000/q`, MessageBody: 'another' }),
    },
    goodStatus: 200,
    effects: () => sqs.depth('q').visible - 1,
    secret: 'what stands in the queue',
    close: () => server.close().then(() => database.close()),
  };
}

async function consoleDoor(limits: DoorLimits): Promise<Door> {
  const { port, asked, close } = await consoleForTests(CONSOLE_TOKEN, limits);
  return {
    port,
    good: {
      method: 'POST',
      path: '/api/stop',
      headers: { ...JSON_TYPE, cookie: `frontdesk-${port}=${CONSOLE_TOKEN}` },
      body: JSON.stringify({ level: 'automation', reason: 'test' }),
    },
    goodStatus: 202,
    alsoGood: consolePosts(),
    signIn: `/?token=${CONSOLE_TOKEN}`,
    effects: () => asked.length,
    secret: '"job":',
    close,
  };
}

async function sandboxDoor(limits: DoorLimits): Promise<Door> {
  const sandbox = createSandbox({ options: { apiKey: 'test-key', seedData: false }, ports: liveSandboxPorts });
  const server = await startSandboxServer({ sandbox, port: 0, limits });
  await sandbox.customerWrites({ conversationId: 'c-1', text: 'what a customer wrote' });
  // A refused call is written down; that is all it may leave behind.
  const state = () =>
    JSON.stringify([
      sandbox.snapshot().filter(({ collection }) => collection !== 'writes' && collection !== 'counters'),
      sandbox.options,
      sandbox.automation.rules,
      sandbox.faults(),
    ]);
  const before = state();
  return {
    port: Number(new URL(server.url).port),
    good: {
      method: 'POST',
      path: '/__sandbox/messages',
      headers: JSON_TYPE,
      body: JSON.stringify({ conversationId: 'c-2', text: 'another' }),
    },
    goodStatus: 200,
    effects: () => Number(state() !== before),
    secret: 'what a customer wrote',
    close: server.close,
  };
}

async function receiverDoor(limits: DoorLimits): Promise<Door> {
  const receiver = await startReceiver(0, limits);
  return {
    port: Number(new URL(receiver.url).port),
    good: { method: 'POST', path: '/probe', headers: JSON_TYPE, body: '{"probe":"p"}' },
    goodStatus: 200,
    effects: () => receiver.heard.length,
    secret: 'nothing is ever shown',
    close: receiver.close,
  };
}

const OPENERS: Readonly<Record<DoorName, (limits: DoorLimits) => Promise<Door>>> = {
  webhooks: webhookDoor,
  aws: awsDoor,
  console: consoleDoor,
  sandbox: sandboxDoor,
  'probe receiver': receiverDoor,
};

export const openDoor = (name: DoorName, limits: DoorLimits = DOOR_LIMITS): Promise<Door> => OPENERS[name](limits);
