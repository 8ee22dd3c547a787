/** A replay that is cancelled under way. */
import { instant, isRecent, maybe, type Shape } from '../shape.ts';
import { events, type Step, type World } from '../step.ts';
import { names } from './names.ts';

const MINUTE = 60_000;

/** Events of an archive that takes long to replay: each in a minute of its own. */
export const LONG_ARCHIVE = {
  name: 'probe-long',
  source: 'probe.long',
  from: new Date('2026-01-01T00:00:00Z'),
  minutes: 5_000,
};

export function cancelSteps(world: World): Step[] {
  const { busArn, archiveArn, replayArn } = names(world.ready);
  const { from, minutes } = LONG_ARCHIVE;
  return [
    events(
      'starts a long replay',
      'StartReplay',
      {
        ReplayName: 'probe-cancel',
        EventSourceArn: archiveArn(LONG_ARCHIVE.name),
        EventStartTime: from,
        EventEndTime: new Date(from.getTime() + minutes * MINUTE),
        Destination: { Arn: busArn(world.ready.busName) },
      },
      { ReplayArn: replayArn('probe-cancel'), State: 'STARTING', ReplayStartTime: isRecent },
    ),
    events(
      'cancels it under way',
      'CancelReplay',
      { ReplayName: 'probe-cancel' },
      { ReplayArn: replayArn('probe-cancel'), State: 'CANCELLING' },
    ),
    events(
      'follows it until it is cancelled, before its end',
      'DescribeReplay',
      { ReplayName: 'probe-cancel' },
      {
        ...isCancelled(world),
        ReplayArn: replayArn('probe-cancel'),
        Destination: { Arn: busArn(world.ready.busName) },
      },
      { until: ({ State }: { State: string }) => State !== 'CANCELLING' },
    ),
  ];
}

/** As `ListReplays` shows it. */
export function isCancelled({ ready }: World): { readonly [key: string]: Shape } {
  const { from, minutes } = LONG_ARCHIVE;
  const end = new Date(from.getTime() + minutes * MINUTE);
  return {
    ReplayName: 'probe-cancel',
    State: 'CANCELLED',
    EventSourceArn: names(ready).archiveArn(LONG_ARCHIVE.name),
    EventStartTime: instant(from),
    EventEndTime: instant(end),
    EventLastReplayedTime: maybe((value) => Date.parse(String(value)) < end.getTime() - MINUTE),
    ReplayStartTime: isRecent,
    ReplayEndTime: isRecent,
  };
}
