/** `replay`: archived events that reach the rebuild twin per second, from StartReplay until the twin has run for the last. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeReplayCommand,
  EventBridgeClient,
  ListArchivesCommand,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { localNames } from '../../../local/aws/eventbridge/apply-topology.ts';
import { STAGE } from '../../../local/platform/stage.ts';
import { demoMix } from '../load/rows.ts';
import { saturate } from '../load/saturate.ts';
import { rounded } from '../row.ts';
import { type System, startSystem } from '../system/system.ts';
import type { Measure } from './measure.ts';

/** Their facts are what is replayed, about six a message. */
const MESSAGES = 300;
const BACKLOG = 50;
const ARCHIVE = localNames(STAGE).archive('recovery');
/** Only the twins of this purpose hear it (platform §2.6). */
const PURPOSE = 'rebuild';
const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 120_000;

export const replay: Measure = async ({ messages = MESSAGES, backlog = BACKLOG, profileDir, say }) => {
  const began = new Date();
  const system = await startSystem({ profileDir });
  const client = new EventBridgeClient({
    endpoint: system.ready.awsEndpoint,
    region: system.ready.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    say(`replay: ${messages} messages fill the archive`);
    await saturate(system, { rows: demoMix(messages), backlog });
    await quiet(system);
    const { Archives = [] } = await client.send(new ListArchivesCommand({ NamePrefix: ARCHIVE }));
    const archive = Archives.find(({ ArchiveName }) => ArchiveName === ARCHIVE);
    if (archive === undefined) throw new Error(`there is no archive ${ARCHIVE}`);
    const events = archive.EventCount ?? 0;
    say(`replay: ${events} events`);
    const { accountId, region, busName } = system.ready;
    const arn = (resource: string): string => `arn:aws:events:${region}:${accountId}:${resource}`;
    const ReplayName = `${PURPOSE}-01JQ8Z5M9H3V6T2K4N7P0R1S8W`;
    const startedAt = performance.now();
    await client.send(
      new StartReplayCommand({
        ReplayName,
        EventSourceArn: arn(`archive/${ARCHIVE}`),
        EventStartTime: new Date(began.getTime() - 60_000),
        EventEndTime: new Date(),
        Destination: { Arn: arn(`event-bus/${busName}`) },
      }),
    );
    const until = startedAt + PATIENCE_MS;
    for (;;) {
      const { State } = await client.send(new DescribeReplayCommand({ ReplayName }));
      if (State === 'COMPLETED') break;
      if (State === 'FAILED' || performance.now() > until) throw new Error(`the replay is ${State}`);
      await sleep(LOOK_EVERY_MS);
    }
    await quiet(system);
    const seconds = (performance.now() - startedAt) / 1000;
    return [{ name: 'replay', unit: 'events/s', value: rounded(events / seconds), n: events }];
  } finally {
    client.destroy();
    await system.stop();
  }
};

/** Nothing waits or runs any more. */
async function quiet(system: System): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while ((await system.count()).unfinished > 0) {
    if (performance.now() > until) throw new Error('invocations go on and on');
    await sleep(LOOK_EVERY_MS);
  }
}
