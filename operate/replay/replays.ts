/** Archives and replays of the bus, by the calls that AWS has. */
import {
  CancelReplayCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  DescribeRuleCommand,
  type EventBridgeClient,
  ListReplaysCommand,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { ARCHIVES } from '../../stacks/topology-archives.ts';
import { asking } from '../instance/clients.ts';
import { type Arns, arnsOf, clientOf, type Place } from '../instance/place.ts';

export type ReplayState = 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

export type Replays = {
  archive(shortName: string): Promise<{ readonly events: number; readonly createdAt: number }>;
  /** Does the bus have the twin, and is it enabled? */
  hasRule(name: string): Promise<boolean>;
  /** Names of all replays of this stage's archives that are not over, whoever started them. */
  underWay(): Promise<readonly string[]>;
  /** `null` when there is no such replay. */
  state(name: string): Promise<ReplayState | null>;
  /** Starting what was started already changes nothing. */
  start(replay: {
    readonly name: string;
    readonly archive: string;
    readonly rule: string;
    readonly from: number;
    readonly to: number;
    readonly says: string;
  }): Promise<void>;
  /** Cancelling what is over, or never began, changes nothing. */
  cancel(name: string): Promise<void>;
  close(): void;
};

const UNDER_WAY = ['STARTING', 'RUNNING', 'CANCELLING'] as const;

export function openReplays(place: Place): Replays {
  const client = clientOf(place);
  let arns: Promise<Arns> | undefined;
  const known = () => {
    arns ??= arnsOf(client, place);
    return arns;
  };
  return {
    async archive(shortName) {
      const ArchiveName = `${place.busName}-${shortName}`;
      const found = await asking('EventBridge', () => client.send(new DescribeArchiveCommand({ ArchiveName })));
      return { events: found.EventCount ?? 0, createdAt: (found.CreationTime ?? new Date(0)).getTime() };
    },
    async hasRule(Name) {
      const found = await unless('ResourceNotFoundException', () =>
        client.send(new DescribeRuleCommand({ Name, EventBusName: place.busName })),
      );
      return found?.State === 'ENABLED';
    },
    async underWay() {
      const { archive } = await known();
      return namesUnderWay(client, new Set(ARCHIVES.map(({ name }) => archive(name))));
    },
    async state(ReplayName) {
      const found = await unless('ResourceNotFoundException', () =>
        client.send(new DescribeReplayCommand({ ReplayName })),
      );
      return (found?.State as ReplayState | undefined) ?? null;
    },
    async start({ name, archive, rule, from, to, says }) {
      const { bus, archive: archiveArn, rule: ruleArn } = await known();
      await unless('ResourceAlreadyExistsException', () =>
        client.send(
          new StartReplayCommand({
            ReplayName: name,
            Description: says,
            EventSourceArn: archiveArn(archive),
            EventStartTime: new Date(from),
            EventEndTime: new Date(to),
            Destination: { Arn: bus, FilterArns: [ruleArn(rule)] },
          }),
        ),
      );
    },
    async cancel(ReplayName) {
      await unless(['IllegalStatusException', 'ResourceNotFoundException'], () =>
        client.send(new CancelReplayCommand({ ReplayName })),
      );
    },
    close: () => client.destroy(),
  };
}

/** The account's replays can be asked for by one thing only: by state, since those that are over are many. */
async function namesUnderWay(client: EventBridgeClient, archives: ReadonlySet<string>): Promise<string[]> {
  // A set: one that goes from a state to the next meanwhile is seen twice.
  const names = new Set<string>();
  for (const State of UNDER_WAY) {
    let NextToken: string | undefined;
    do {
      const question = { State, ...(NextToken !== undefined && { NextToken }) };
      const page = await asking('EventBridge', () => client.send(new ListReplaysCommand(question)));
      for (const { ReplayName, EventSourceArn = '' } of page.Replays ?? [])
        if (ReplayName !== undefined && archives.has(EventSourceArn)) names.add(ReplayName);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }
  return [...names];
}

/** `null` where the service answers with one of those errors. */
async function unless<T>(errors: string | readonly string[], run: () => Promise<T>): Promise<T | null> {
  return asking('EventBridge', async () => {
    try {
      return await run();
    } catch (error) {
      if (error instanceof Error && [errors].flat().includes(error.name)) return null;
      throw error;
    }
  });
}
