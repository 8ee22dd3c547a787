/** The whole recovery archive played again through the endpoint, to every rule there is: as by hand, with no rule named. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeReplayCommand, StartReplayCommand } from '@aws-sdk/client-eventbridge';
import { arnsOf, clientOf, placeOf } from '../../../operate/instance/place.ts';
import { contextOf } from '../../processes/folder.ts';

const POLL_MS = 200;
const PATIENCE_MS = 300_000;

/** @param name  `<purpose>-<ulid>`; @param from  epoch milliseconds, before the first event */
export async function startReplay(data: string, name: string, from: number): Promise<void> {
  const place = placeOf(contextOf(data));
  const client = clientOf(place);
  try {
    const arns = await arnsOf(client, place);
    await client.send(
      new StartReplayCommand({
        ReplayName: name,
        EventSourceArn: arns.archive('recovery'),
        EventStartTime: new Date(from),
        EventEndTime: new Date(),
        Destination: { Arn: arns.bus },
      }),
    );
  } finally {
    client.destroy();
  }
}

/** Until the replay is completed; throws when it ends otherwise, or never. */
export async function untilReplayed(data: string, name: string): Promise<void> {
  const client = clientOf(placeOf(contextOf(data)));
  const until = performance.now() + PATIENCE_MS;
  try {
    for (;;) {
      const { State } = await client.send(new DescribeReplayCommand({ ReplayName: name }));
      if (State === 'COMPLETED') return;
      if ((State !== 'STARTING' && State !== 'RUNNING') || performance.now() > until)
        throw new Error(`the replay ${name} is ${State}`);
      await sleep(POLL_MS);
    }
  } finally {
    client.destroy();
  }
}
