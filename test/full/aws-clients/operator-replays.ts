/** Replays as an operator starts them: by the AWS CLI, no rule named, over everything that happened so far. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { ReadyObject } from '../../../local/platform/ready-file.ts';
import type { awsCommand } from './cli-client.ts';
import { queueClient } from './preparation.ts';
import { names } from './steps/names.ts';

const ARCHIVE = 'frontdesk-local-recovery';
const QUEUE = 'probe-replayed';
const RULE = 'probe-replayed';
const PATIENCE_MS = 120_000;

export type Replays = {
  /** How many events the archive holds. */
  archivedEvents(): Promise<number>;
  start(name: string): Promise<void>;
  /** Until it is completed; throws when it ends otherwise. */
  follow(name: string): Promise<void>;
  /** Replay → different events that it delivered since the last call, by a rule of the operator's own that hears every replay. */
  delivered(): Promise<ReadonlyMap<string, number>>;
};

export async function createReplays(ready: ReadyObject, command: ReturnType<typeof awsCommand>): Promise<Replays> {
  const { queueUrl, queueArn, busArn, archiveArn } = names(ready);
  const startedAt = new Date(Date.parse(ready.startedAt) - 60_000);
  const run = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { code, stdout, stderr } = await command(args);
    if (code !== 0) throw new Error(`aws ${args.slice(0, 2).join(' ')}: ${stderr.trim()}`);
    return stdout.trim() === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>);
  };
  const on = ['--event-bus-name', ready.busName];
  await run('sqs', 'create-queue', '--queue-name', QUEUE);
  await run('events', 'put-rule', '--name', RULE, ...on, '--event-pattern', '{"replay-name":[{"exists":true}]}');
  await run('events', 'put-targets', '--rule', RULE, ...on, '--targets', `Id=queue,Arn=${queueArn(QUEUE)}`);

  return {
    async archivedEvents() {
      return Number((await run('events', 'describe-archive', '--archive-name', ARCHIVE)).EventCount);
    },
    async start(name) {
      const window = ['--event-start-time', startedAt.toISOString(), '--event-end-time', new Date().toISOString()];
      const destination = ['--destination', `Arn=${busArn(ready.busName)}`];
      await run(
        'events',
        'start-replay',
        '--replay-name',
        name,
        '--event-source-arn',
        archiveArn(ARCHIVE),
        ...window,
        ...destination,
      );
    },
    async follow(name) {
      const end = performance.now() + PATIENCE_MS;
      for (;;) {
        const { State } = await run('events', 'describe-replay', '--replay-name', name);
        if (State === 'COMPLETED') return;
        if ((State !== 'STARTING' && State !== 'RUNNING') || performance.now() > end)
          throw new Error(`${name} is ${State}`);
        await sleep(500);
      }
    },
    async delivered() {
      // Thousands of messages, ten at a time: by the SDK, since each command of the CLI takes the better part of a second.
      const client = queueClient(ready);
      const ids = new Map<string, Set<string>>();
      for (;;) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({ QueueUrl: queueUrl(QUEUE), MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 }),
        );
        if (Messages.length === 0) break;
        for (const { Body = '' } of Messages) {
          const event = JSON.parse(Body) as { id: string; 'replay-name': string };
          ids.set(event['replay-name'], (ids.get(event['replay-name']) ?? new Set()).add(event.id));
        }
      }
      client.destroy();
      return new Map([...ids].map(([name, events]) => [name, events.size]));
    },
  };
}
