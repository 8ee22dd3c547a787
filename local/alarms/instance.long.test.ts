/** A real instance with a fault planted: the alarm rings, is posted and shown, and is over when the fault is mended (issue 9). */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, StartReplayCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { frontdeskJson } from '../../operate/instance/testing.ts';
import { type Instance, startInstance } from '../platform/instance.ts';

/** A minute takes three seconds. */
const TIME_SCALE = 0.05;
const PATIENCE_MS = 60_000;
const HEARERS = ['verify', 'auditor', 'analytics'] as const;
const QUEUES = HEARERS.map((name) => `frontdesk-local-${name}-failures`);

let folder: string;
let listener: Server;
let instance: Instance;
const posted: Record<string, unknown>[] = [];
const troubles: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-alarms-'));
  listener = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      posted.push(JSON.parse(text));
      response.end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  instance = await startInstance({
    shared: {
      portBase: 0,
      data: join(folder, 'data'),
      memory: false,
      mode: null,
      limits: 'unlimited',
      classifier: 'embedded',
    },
    timeScale: TIME_SCALE,
    alertUrl: new URL(`http://127.0.0.1:${(listener.address() as AddressInfo).port}/`),
    onTrouble: (what) => troubles.push(what),
  });
}, PATIENCE_MS);
afterAll(async () => {
  await instance.stop();
  listener.close();
  rmSync(folder, { recursive: true, force: true });
});

const of = (id: string) => posted.filter((one) => one.id === id);
const status = async () => (await frontdeskJson(join(folder, 'data'), 'status')).value;

it('rings, is posted and shown, and is over', { timeout: 2 * PATIENCE_MS }, async () => {
  const { sqs, eventBridge } = instance.platform.endpoint;
  expect(await status()).toMatchObject({ healthy: true, alarms: [] });

  // What claims to be a matched order, of a major that nobody knows: none of the three that hear it can read it.
  const entry = { EventBusName: 'frontdesk-local', Source: 'frontdesk.order-lookup', DetailType: 'OrderMatched' };
  const detail = { metadata: { eventName: 'OrderMatched', schemaVersion: '9.0' }, data: {} };
  await eventBridge.service.operations.PutEvents?.({ Entries: [{ ...entry, Detail: JSON.stringify(detail) }] });
  const isDead = () => QUEUES.every((queue) => sqs.depth(queue).visible > 0);
  await expect.poll(isDead, { timeout: PATIENCE_MS }).toBe(true);
  await expect.poll(() => of('Q3'), { timeout: PATIENCE_MS }).not.toEqual([]);
  const [rang] = of('Q3');
  expect(rang).toEqual({
    state: 'alarm',
    id: 'Q3',
    title: 'Dead letters',
    severity: 'high',
    signal: expect.stringMatching(/^Dead letters \((?:(?:verify|auditor|analytics)(?:, )?){1,3}\): one in a queue$/),
    value: expect.any(Number),
    threshold: 1,
    runbook: 'docs/runbooks/R005.md',
    since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
  expect(await status()).toMatchObject({
    healthy: false,
    alarms: [{ id: 'Q3', severity: 'high', since: rang?.since, runbook: 'docs/runbooks/R005.md' }],
  });
  expect(troubles.some((what) => what.startsWith('alarm Q3 (high) rings, see docs/runbooks/R005.md'))).toBe(true);

  for (const queue of QUEUES)
    for (const { receiptHandle } of sqs.receive(queue, { max: 10 })) sqs.remove(queue, receiptHandle);
  expect(isDead()).toBe(false);
  await expect.poll(() => of('Q3').map(({ state }) => state), { timeout: PATIENCE_MS }).toContain('ok');
  expect(of('Q3').at(-1)).toMatchObject({ state: 'ok', since: rang?.since });
  expect(await status()).toMatchObject({ healthy: true, alarms: [] });
});

it('tells of a switch, and of a replay that reaches a rule which is no twin', { timeout: PATIENCE_MS }, async () => {
  const { endpoint } = instance.platform;
  endpoint.putParameter('/frontdesk/local/safe_mode', 'true', true);
  await expect.poll(() => of('S9'), { timeout: PATIENCE_MS }).not.toEqual([]);
  expect(of('S9')[0]).toMatchObject({
    state: 'event',
    severity: 'info',
    runbook: 'docs/operations.md#the-kill-switch',
  });

  const events = new EventBridgeClient({
    endpoint: endpoint.server.url,
    region: 'us-east-2',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const arn = (resource: string) => `arn:aws:events:us-east-2:000000000000:${resource}`;
  const replay = (name: string, rule: string) =>
    events.send(
      new StartReplayCommand({
        ReplayName: name,
        EventSourceArn: arn('archive/frontdesk-local-facts'),
        EventStartTime: new Date(Date.now() - 120_000),
        EventEndTime: new Date(Date.now() - 60_000),
        Destination: { Arn: arn('event-bus/frontdesk-local'), FilterArns: [arn(`rule/frontdesk-local/${rule}`)] },
      }),
    );
  await replay('rebuild-01JQ8Z5M9H3V6T2K4N7P0R1S8W', 'auditor-all-replay');
  await replay('astray', 'auditor-all');
  events.destroy();
  await expect.poll(() => of('S6').map(({ severity }) => severity)).toEqual(['info', 'critical']);
  // Who has nothing to do is not bothered; the other stands in `status`.
  expect((await status()).alarms).toMatchObject([{ id: 'S6', severity: 'critical', runbook: 'docs/runbooks/R005.md' }]);
});
