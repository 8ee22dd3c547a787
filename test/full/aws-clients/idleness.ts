/** When the product has nothing more to do: no message under way, no queue that holds anything, no function at work. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { queueClient } from './preparation.ts';
import type { Product } from './product.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
/** Longer than the wait before a second run of a function, a minute, scaled by a tenth. */
const QUIET_MS = 8_000;
const PATIENCE_MS = 300_000;
/** Run at a rate, whether or not anything happens. */
const BY_THE_CLOCK: readonly string[] = ['sweeper', 'reconciler'];

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

export type Idleness = {
  /** Resolves when all has been still for a while; throws when it never is. */
  reached(): Promise<void>;
  /** Function → events of a replay that it has taken up so far, by its log. */
  replayedEvents(): ReadonlyMap<string, number>;
};

type LogLine = { readonly function?: string; readonly service?: string; readonly event?: string };

export function createIdleness(product: Product): Idleness {
  const lines = (): LogLine[] =>
    [`${product.data}/functions.log.1`, `${product.data}/functions.log`]
      .filter((file) => existsSync(file))
      .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
      .flatMap((line) => (line === '' ? [] : [parsed(line)]));
  const activity = (): number => lines().filter((line) => !BY_THE_CLOCK.includes(nameOf(line))).length;

  async function isBusy(): Promise<string | null> {
    const waiting = await laterMessages(product);
    if (waiting > 0) return `${waiting} messages in later queues`;
    const inFlight = messagesUnderWay(product);
    return inFlight > 0 ? `${inFlight} messages under way` : null;
  }

  return {
    async reached() {
      const end = performance.now() + PATIENCE_MS;
      for (;;) {
        const before = activity();
        await sleep(QUIET_MS);
        const busy = activity() > before ? 'functions at work' : await isBusy();
        if (busy === null && activity() === before) return;
        if (performance.now() > end) throw new Error(`never idle: ${busy}`);
      }
    },
    replayedEvents() {
      const counts = new Map<string, number>();
      for (const line of lines()) {
        if (line.event !== 'system.replay.observed') continue;
        counts.set(nameOf(line), (counts.get(nameOf(line)) ?? 0) + 1);
      }
      return counts;
    },
  };
}

function parsed(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    // The last line may be half written.
    return {};
  }
}

function nameOf({ function: name, service }: LogLine): string {
  return name ?? service ?? '';
}

async function laterMessages({ ready }: Product): Promise<number> {
  const client = queueClient(ready);
  try {
    const { QueueUrls = [] } = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'frontdesk-local-' }));
    const later = QueueUrls.filter((url) => url.endsWith('-later'));
    if (later.length === 0) throw new Error('there are no later queues to look at');
    const depths = await Promise.all(
      later.map(async (QueueUrl) => {
        const { Attributes = {} } = await client.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...COUNTS] }),
        );
        return COUNTS.reduce((sum, name) => sum + Number(Attributes[name]), 0);
      }),
    );
    return depths.reduce((sum, depth) => sum + depth, 0);
  } finally {
    client.destroy();
  }
}

function messagesUnderWay({ data }: Product): number {
  const { stdout } = spawnSync(process.execPath, ['bin/frontdesk.js', '--json', '--data', data, 'status'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return (JSON.parse(stdout) as { inFlight: number }).inFlight;
}
