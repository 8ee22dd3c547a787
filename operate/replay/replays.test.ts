/** The calls of the replay tool against a bus that takes replays and does not get on with them. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../local/aws/database.ts';
import { createEventBridge } from '../../local/aws/eventbridge/event-bridge.ts';
import { type AwsServer, startAwsServer } from '../../local/aws/server.ts';
import { createSsm } from '../../local/aws/ssm/ssm.ts';
import type { Failure } from '../failure.ts';
import type { Place } from '../instance/place.ts';
import { cancelUnrecorded } from './bare.ts';
import type { Driving } from './drive.ts';
import { runOf } from './names.ts';
import { chooseRule } from './plan.ts';
import { refuseImpossible } from './prepare.ts';
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
const ssm = createSsm({ database, accountId: '000000000000', region: 'us-east-2' });
let server: AwsServer;
let replays: Replays;
let driving: Driving;

const call = (operation: string, input: Record<string, unknown>) => eventBridge.service.operations[operation]?.(input);

beforeAll(async () => {
  server = await startAwsServer({ port: 0, services: [eventBridge.service, ssm.service] });
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
  const { signal } = new AbortController();
  // No record of any run.
  driving = {
    place: { ...place, pollMs: 1 },
    replays,
    runs: { find: async () => null },
    signal,
  } as unknown as Driving;
});
beforeEach(() => database.exec('DELETE FROM eb_replay'));
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

/** As `StartReplay` leaves one, and more at once than this endpoint lets begin. */
function begun(name: string, archive = 'frontdesk-local-facts'): void {
  database
    .prepare(
      `INSERT INTO eb_replay (name, archive, bus, state, start_time, end_time, cursor_time, started_at)
       VALUES (?, ?, 'frontdesk-local', 'STARTING', 0, 60000, 0, 0)`,
    )
    .run(name, archive);
}

const failureOf = async (run: Promise<unknown>): Promise<Failure> =>
  run.then(
    () => Promise.reject(new Error('it was not refused')),
    (error) => error as Failure,
  );

it('cancels what never began without a word', async () => {
  await replays.cancel('rebuild-01JQ8Z5M9H3V6T2K4N7P0R0009');
});

it('sees the replays of this stage alone, however many the account has', async () => {
  for (let other = 0; other < 250; other += 1) begun(`a-${other}`, 'frontdesk-local-other');
  begun('of-another-stage', 'frontdesk-prod-facts');
  begun('zz-mine');
  expect(await replays.underWay()).toEqual(['zz-mine']);
});

it('knows the run of a window, and of nothing else', () => {
  expect(runOf('rebuild-01JQ8Z5M9H3V6T2K4N7P0R001Z')).toBe('rebuild-01JQ8Z5M9H3V6T2K4N7P0R0000');
  expect(['my-test', 'rebuild-1', 'holiday-01JQ8Z5M9H3V6T2K4N7P0R0000'].map(runOf)).toEqual([null, null, null]);
});

it('one started by hand stands in the way under its own name, and the command that is named ends it', async () => {
  begun('my-test');
  const choice = chooseRule('rebuild', undefined);
  const { code, message, cure } = await failureOf(refuseImpossible(driving, choice));
  expect(code).toBe('started_by_hand');
  expect(message).toContain('the replay my-test is under way');
  expect(cure).toContain('npx frontdesk replay cancel my-test --yes');
  expect(await failureOf(cancelUnrecorded(driving, 'my-test', false))).toMatchObject({
    code: 'confirmation_needed',
    message: expect.stringContaining('no record of my-test; 1 replay under way would end'),
  });
  expect(await replays.state('my-test')).toBe('STARTING');
  const goesOn = {
    ...replays,
    async cancel(name: string) {
      await replays.cancel(name);
      expect(await replays.state(name)).toBe('CANCELLING');
      database.prepare("UPDATE eb_replay SET state = 'CANCELLED' WHERE name = ?").run(name);
    },
  };
  const answer = await cancelUnrecorded({ ...driving, replays: goesOn }, 'my-test', true);
  expect(answer.value).toEqual({ name: 'my-test', status: 'cancelled' });
  await refuseImpossible(driving, choice);
  expect((await failureOf(cancelUnrecorded(driving, 'my-test', true))).code).toBe('unknown_replay');
});

it('the windows of a run whose record is lost end with its name; a window alone is not taken out of a run', async () => {
  const run = 'rebuild-01JQ8Z5M9H3V6T2K4N7P0R0000';
  begun('rebuild-01JQ8Z5M9H3V6T2K4N7P0R0003');
  const stopped = { ...driving, signal: AbortSignal.abort() };
  expect((await cancelUnrecorded(stopped, run, true)).value).toEqual({ name: run, status: 'cancelling' });
  const known = { ...driving, runs: { find: async () => ({}) } } as unknown as Driving;
  const { code, cure } = await failureOf(cancelUnrecorded(known, 'rebuild-01JQ8Z5M9H3V6T2K4N7P0R0003', true));
  expect([code, cure]).toEqual(['part_of_a_run', `npx frontdesk replay cancel ${run}`]);
});
