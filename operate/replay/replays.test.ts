/** The calls of the replay tool against a bus that takes replays and does not get on with them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../local/aws/database.ts';
import { createEventBridge } from '../../local/aws/eventbridge/event-bridge.ts';
import { type AwsServer, startAwsServer } from '../../local/aws/server.ts';
import type { Place } from '../instance/place.ts';
import { openReplays, type Replays } from './replays.ts';

const database = openDatabase(null);
const eventBridge = createEventBridge({
  database,
  accountId: '000000000000',
  region: 'us-east-2',
  // Time stands still, so a replay stays where it is.
  timing: { now: Date.now, setTimer: () => () => {}, timeScale: 1 },
  enqueueInvocation: () => true,
  sendToQueue: () => {},
});
let server: AwsServer;
let replays: Replays;

const call = (operation: string, input: Record<string, unknown>) => eventBridge.service.operations[operation]?.(input);

beforeAll(async () => {
  server = await startAwsServer({ port: 0, services: [eventBridge.service] });
  await call('CreateEventBus', { Name: 'frontdesk-local' });
  const bus = eventBridge.arns.bus('frontdesk-local');
  await call('CreateArchive', { ArchiveName: 'frontdesk-local-facts', EventSourceArn: bus });
  const pattern = '{"replay-name":[{"prefix":"rebuild-"}]}';
  await call('PutRule', { Name: 'auditor-all-replay', EventBusName: 'frontdesk-local', EventPattern: pattern });
  await call('PutRule', {
    Name: 'off-replay',
    EventBusName: 'frontdesk-local',
    EventPattern: pattern,
    State: 'DISABLED',
  });
  const place = { awsEndpoint: server.url, region: 'us-east-2', busName: 'frontdesk-local', env: 'local' } as Place;
  replays = openReplays(place);
});
afterAll(async () => {
  replays.close();
  eventBridge.stop();
  await server.close();
  database.close();
});

it('knows twins that are there and enabled', async () => {
  expect(await Promise.all(['auditor-all-replay', 'off-replay', 'other-replay'].map(replays.hasRule))).toEqual([
    true,
    false,
    false,
  ]);
});

it('a replay reaches its twin only; started or cancelled twice it is the same one; whoever started it, it is seen', async () => {
  const name = 'rebuild-01JQ8Z5M9H3V6T2K4N7P0R0000';
  const replay = { name, archive: 'facts', rule: 'auditor-all-replay', from: 0, to: 60_000, says: 'a test' };
  expect(await replays.state(name)).toBeNull();
  expect(await replays.underWay()).toEqual([]);
  await replays.start(replay);
  await replays.start(replay);
  expect(await replays.state(name)).toBe('STARTING');
  expect(await replays.underWay()).toEqual([name]);
  const described = Object(await call('DescribeReplay', { ReplayName: name }));
  expect(described.Destination.FilterArns).toEqual([eventBridge.arns.rule('frontdesk-local', 'auditor-all-replay')]);
  await replays.cancel(name);
  await replays.cancel(name);
  expect(await replays.underWay()).toEqual([name]);
});
