/** A real instance on a new folder whose requests are counted: nothing runs in it but what is asked for. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Counted } from '../../../config/cost/counts.ts';
import type { AnyEvent } from '../../../events/define-event.ts';
import type { FunctionName } from '../../../events/words.ts';
import { WAITS } from '../../../functions/shared/times.ts';
import { decodeVendorId } from '../../../functions/shared/vendor-ids.ts';
import type { MessageRow } from '../../../local/demo/rows.ts';
import { runRows } from '../../../local/demo/run.ts';
import type { Result } from '../../../local/demo/summary.ts';
import { openDataFolder } from '../../../local/platform/data-folder.ts';
import { startPlatform } from '../../../local/platform/platform.ts';
import type { FaultRule } from '../../../local/sandbox/faults/rules.ts';
import { pathOf } from '../../../operate/cost/path.ts';
import { topology } from '../../../stacks/topology.ts';
import { type Written, webhookBody } from '../load/helpdesk.ts';
import { send } from '../load/post.ts';
import { meterOf } from './meter.ts';

export type Played = {
  readonly counted: Counted;
  readonly billedMs: Readonly<Record<string, readonly number[]>>;
  /** What was stated, replays left out. */
  readonly facts: readonly AnyEvent[];
};

export type Scene = {
  /** Customers write, one after the other; everything that follows is counted. */
  play(rows: readonly MessageRow[], options?: { readonly concurrency?: number }): Promise<Played>;
  /** The last webhook comes once more. */
  knockAgain(): Promise<Played>;
  /** From here on webhooks name their message, or do not. */
  nameMessages(isNamed: boolean): void;
  /** Waits for the looks of messages that came without a name, and counts them. */
  looks(): Promise<Played>;
  /** A scheduled function runs once. */
  run(name: FunctionName): Promise<Played>;
  fault(rules: readonly FaultRule[]): void;
  /** Custom metrics that functions wrote so far: names with their dimensions. */
  metrics(): number;
  close(): Promise<void>;
};

/** SQS counts delays in whole seconds. */
const LOOK_MARGIN_MS = 2_000;
const QUIET_LOOKS = 5;
const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 180_000;
/** CloudWatch counts so much more for each line. */
const LINE_BYTES = 26;
const WEBHOOK = 'http.Webhook';

export async function openScene(limits: 'vendor' | 'unlimited' = 'vendor'): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-cost-'));
  const meter = meterOf(topology);
  const data = await openDataFolder(folder);
  const platform = await startPlatform({
    folder: data,
    limits,
    mode: 'auto',
    agesFrom: 'received',
    // Nothing rings by itself: schedules are run when they are counted.
    topology: { ...topology, functions: topology.functions.map((spec) => ({ ...spec, scheduleSeconds: null })) },
    sandbox: { rateLimit: null, webhookTimeoutMs: 60_000, seedData: false, webhookBody: 'with-message-id' },
    onlooker: meter.onlooker,
    onTrouble: (what) => process.stderr.write(`cost: ${what}\n`),
  });
  const { dispatcher, dynamoDb, tap } = platform.endpoint;
  const log = data.file('functions.log');
  let facts: AnyEvent[] = [];
  tap.listen((fact) => void facts.push(fact));
  let logFrom = 0;
  let last: Written | null = null;

  async function quiet(): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    for (let looks = 0; looks < QUIET_LOOKS; ) {
      if (performance.now() > until) throw new Error('invocations go on and on');
      await sleep(LOOK_EVERY_MS);
      const busy = [...dispatcher.depths().values()].some(
        ({ queued, running, failed }) => queued + running + failed > 0,
      );
      looks = busy ? 0 : looks + 1;
    }
  }

  /** The places of the last messages are given back: nothing waits for the vendor's window. */
  async function freeBudget(): Promise<void> {
    for (const name of ['writes', 'reads', 'orders', 'polls'])
      await dynamoDb.service.operations.DeleteItem?.({
        TableName: 'frontdesk_local_vendor_limits',
        Key: { bucket: { S: `richpanel#${name}` } },
      });
  }

  async function counting(act: () => Promise<void>): Promise<Played> {
    await freeBudget();
    await quiet();
    meter.read();
    facts = [];
    logFrom = sizeOf(log);
    await act();
    await quiet();
    const { operations, archived, archiveByteDays, tableByteDays, billedMs } = meter.read();
    const written = readFileSync(log).subarray(logFrom);
    const lines = written.reduce((sum, byte) => sum + Number(byte === 0x0a), 0);
    return {
      counted: {
        operations: Object.fromEntries(
          Object.entries(operations).map(([name, [requests, units]]) => [name, [requests, units]]),
        ),
        bytes: {
          logs: written.byteLength + lines * LINE_BYTES,
          archived,
          archive_byte_days: archiveByteDays,
          table_byte_days: tableByteDays,
        },
      },
      billedMs,
      facts,
    };
  }

  return {
    play: (rows, { concurrency = 1 } = {}) =>
      counting(async () => {
        for (const _ of rows) meter.note(WEBHOOK);
        const results = await runRows(rows, platform, { concurrency });
        const open = results.filter(({ isSettled }) => !isSettled).map(({ row }) => row.id);
        if (open.length > 0) throw new Error(`not settled: ${open.join(', ')}`);
        const shown = results.at(-1);
        last = shown === undefined ? null : writtenOf(shown);
      }),
    knockAgain: () =>
      counting(async () => {
        meter.note(WEBHOOK);
        const { url, token, header } = platform.door();
        if (last === null) throw new Error('nobody has written yet');
        const { status } = await send('POST', url, webhookBody(last), { [header]: token });
        if (status !== 200) throw new Error(`the webhook was answered ${status}`);
      }),
    nameMessages: (isNamed) => platform.sandbox.setOptions({ webhookBody: isNamed ? 'with-message-id' : 'minimal' }),
    looks: () => counting(() => sleep(WAITS.lookAfterMs + LOOK_MARGIN_MS)),
    run: (name) =>
      counting(async () => {
        const result = await dispatcher.invoke(name, {
          'detail-type': 'Scheduled Event',
          source: 'aws.events',
          detail: {},
        });
        if (!result.ok) throw new Error(`${name} ended with ${result.code}`);
      }),
    fault: (rules) => platform.sandbox.addFaults(rules),
    metrics: () => metricsIn(readFileSync(log, 'utf8')),
    async close() {
      await platform.stop();
      data.release();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Messages by path, from all that was stated. */
export function byPath(facts: readonly AnyEvent[]): Map<string, number> {
  const byRoot = Map.groupBy(facts, ({ metadata }) => metadata.rootEventId ?? metadata.eventId);
  const paths = [...byRoot.values()].map((own) => pathOf(own) ?? 'none');
  return new Map([...Map.groupBy(paths, (path) => path)].map(([path, all]) => [path, all.length]));
}

function writtenOf({ row, message }: Result): Written {
  return { ticketId: row.conversationId, messageId: decodeVendorId(row.messageKey ?? ''), at: message.at ?? null };
}

function metricsIn(text: string): number {
  const seen = new Set<string>();
  for (const line of text.split('\n')) {
    if (!line.includes('"_aws"')) continue;
    const entry = JSON.parse(line) as Record<string, unknown> & {
      _aws: { CloudWatchMetrics: { Dimensions: string[][]; Metrics: { Name: string }[] }[] };
    };
    for (const { Dimensions, Metrics } of entry._aws.CloudWatchMetrics)
      for (const set of Dimensions)
        for (const { Name } of Metrics)
          seen.add(`${Name} ${set.map((name) => `${name}=${String(entry[name])}`).join(' ')}`);
  }
  return seen.size;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
