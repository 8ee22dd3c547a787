/** Where a command works: the instance on this machine, or a stage on AWS. The same calls reach both. */
import { DescribeEventBusCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { RICHPANEL_ORIGIN } from '../../functions/shared/live-environment.ts';
import { localWaits } from '../../functions/shared/stage/scale.ts';
import { TIMES, WAITS } from '../../functions/shared/times.ts';
import { STAGE } from '../../local/platform/stage.ts';
import { stageOf as knownStage, STAGE_NAMES, type StageTable } from '../../stacks/stages.ts';
import type { Context } from '../context.ts';
import { misuse } from '../failure.ts';
import { asking, busClient, type Reachable } from './clients.ts';
import { requireInstance, stageOf } from './instance.ts';

export type Place = Reachable & {
  readonly busName: string;
  readonly env: string;
  readonly richpanelUrl: string;
  /** `/healthz` of the instance on this machine; `null` on AWS. */
  readonly healthUrl: URL | null;
  /** How long the archive may take to hold what happened (platform §5.8). */
  readonly ingestionMs: number;
  /** The shortest window that is planned. AWS replays minute by minute. */
  readonly grainMs: number;
  /**
   * How long a switch has stood when it is in force everywhere: as long as a reader keeps flags, and on AWS as long as a request
   * that began before may take and an index may lag (protocols §6).
   */
  readonly inForceAfterMs: number;
  /** Of the instance on this machine, 0.01–1: its waits are so much shorter. 1 on AWS. */
  readonly timeScale: number;
  /** Between two looks at a replay under way. */
  readonly pollMs: number;
};

/** Besides what a reader keeps: a change that rests on an older reading is refused within it. */
const REREAD_MS = 1_000;
const ON_THIS_MACHINE = { ingestionMs: 0, grainMs: 10, pollMs: 20 } as const;
const ON_AWS = {
  ingestionMs: 600_000,
  grainMs: 60_000,
  pollMs: 2_000,
  inForceAfterMs: Math.max(WAITS.flagCacheMs, TIMES.abortAfterMs),
} as const;

export function placeOf(context: Context): Place {
  if (context.target === 'local') {
    const instance = requireInstance(context);
    const healthUrl = new URL('/healthz', instance.consoleUrl);
    // A bundle keeps a reading as long as it does on AWS.
    const { flagCacheMs } = instance.bundled ? WAITS : localWaits(instance.timeScale);
    const inForceAfterMs = flagCacheMs + REREAD_MS;
    return { ...instance, ...ON_THIS_MACHINE, inForceAfterMs, env: stageOf(instance), healthUrl };
  }
  const { stage, variables, stages } = context;
  if (stage === null) throw misuse('stage_needed', '--target aws wants --stage', 'name the stage, for example prod');
  const region = variables.AWS_REGION ?? variables.AWS_DEFAULT_REGION ?? regionOf(stage, stages);
  const richpanelUrl = variables.RICHPANEL_BASE_URL ?? RICHPANEL_ORIGIN;
  return {
    ...ON_AWS,
    timeScale: 1,
    awsEndpoint: null,
    region,
    busName: `frontdesk-${stage}`,
    env: stage,
    richpanelUrl,
    healthUrl: null,
  };
}

/** The stage's own, so that nobody has to say it; of a name that is no stage, the one of this machine. */
function regionOf(stage: string, stages?: StageTable): string {
  return STAGE_NAMES.some((name) => name === stage) ? knownStage(stage, {}, stages).region : STAGE.region;
}

export type Arns = {
  readonly bus: string;
  archive(shortName: string): string;
  rule(name: string): string;
};

/** Account and region as the bus itself knows them. */
export async function arnsOf(client: EventBridgeClient, { busName }: Place): Promise<Arns> {
  const { Arn = '' } = await asking('EventBridge', () => client.send(new DescribeEventBusCommand({ Name: busName })));
  const base = Arn.slice(0, Arn.lastIndexOf(':event-bus/'));
  return {
    bus: Arn,
    archive: (shortName) => `${base}:archive/${busName}-${shortName}`,
    rule: (name) => `${base}:rule/${busName}/${name}`,
  };
}

export const clientOf = (place: Place): EventBridgeClient => busClient(place);
