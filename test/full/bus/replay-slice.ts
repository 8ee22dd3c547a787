/**
 * Replays one minute of 100,000 events and puts an event every 20 ms meanwhile, over the SDK; then again, once the archive is
 * packed. Prints how long those took; exits 1 when one took longer than a page may hold the endpoint, or an event of the slice
 * is not delivered.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { openDatabase } from '../../../local/aws/database.ts';
import { createArchiveStore } from '../../../local/aws/eventbridge/archive-store.ts';
import { createEventBridge } from '../../../local/aws/eventbridge/event-bridge.ts';
import { startAwsServer } from '../../../local/aws/server.ts';

const EVENTS = 100_000;
const EVERY_MS = 20;
const LONGEST_MS = 250;

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-replay-slice-'));
const database = openDatabase(join(folder, 'aws.sqlite'));
let delivered = 0;
const eventBridge = createEventBridge({
  database,
  accountId: '000000000000',
  region: 'us-east-2',
  duplicateShare: 0,
  enqueueInvocation: () => {
    delivered += 1;
    return true;
  },
  sendToQueue: () => {},
});
const server = await startAwsServer({ port: 0, services: [eventBridge.service] });
const client = new EventBridgeClient({
  endpoint: server.url,
  region: 'us-east-2',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
const call = async (operation: string, input: Record<string, unknown>) =>
  Object(await eventBridge.service.operations[operation]?.(input)) as Record<string, unknown>;

const bus = eventBridge.arns.bus('default');
const minute = Math.floor(Date.now() / 60_000) * 60 - 3_600;
await call('CreateArchive', { ArchiveName: 'a', EventSourceArn: bus });
await call('PutRule', { Name: 'twin', EventPattern: '{"replay-name":[{"exists":true}]}' });
const Arn = 'arn:aws:lambda:us-east-2:000000000000:function:f';
await call('PutTargets', { Rule: 'twin', Targets: [{ Id: '1', Arn }] });
const Detail = JSON.stringify({ data: { text: 'x'.repeat(1_000) } });
const Entries = Array.from({ length: 10 }, () => ({ Source: 's', DetailType: 't', Detail, Time: minute + 30 }));
await Promise.all(Array.from({ length: EVENTS / Entries.length }, () => call('PutEvents', { Entries })));

/** Replays the minute and puts events meanwhile; answers the figure and whether it is as promised. */
async function replay(name: string): Promise<{ figure: string; isHeld: boolean }> {
  delivered = 0;
  const started = Date.now();
  await call('StartReplay', {
    ReplayName: name,
    EventSourceArn: eventBridge.arns.archive('a'),
    EventStartTime: minute,
    EventEndTime: minute + 60,
    Destination: { Arn: bus },
  });
  const times: number[] = [];
  while ((await call('DescribeReplay', { ReplayName: name })).State !== 'COMPLETED') {
    const sent = performance.now();
    await client.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 't', Detail }] }));
    times.push(performance.now() - sent);
    await sleep(EVERY_MS);
  }
  const seconds = (Date.now() - started) / 1_000;
  while (eventBridge.pendingDeliveries() > 0) await sleep(EVERY_MS);
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.ceil(times.length * share) - 1] ?? Number.NaN).toFixed(1);
  return {
    figure:
      `replayed in ${seconds.toFixed(1)} s, ${delivered} delivered; ${times.length} PutEvents meanwhile: ` +
      `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`,
    isHeld: delivered === EVENTS && Number(at(1)) <= LONGEST_MS,
  };
}

eventBridge.start();
const young = await replay('recovery-01');
const store = createArchiveStore(database);
while ((await store.pack('a', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)) > 0);
const packed = await replay('recovery-02');
eventBridge.stop();
client.destroy();
await server.close();
database.close();
rmSync(folder, { recursive: true, force: true });

process.stdout.write(`${EVENTS} events of one minute ${young.figure}; packed, ${packed.figure}\n`);
process.exitCode = young.isHeld && packed.isHeld ? 0 : 1;
