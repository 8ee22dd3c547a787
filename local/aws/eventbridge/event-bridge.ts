/** The local EventBridge: classic buses with rules, archives and replays over one SQLite file. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Measure } from '../../telemetry/native.ts';
import { createGroupCommit } from '../group-commit.ts';
import type { AwsService } from '../service.ts';
import { realTiming, type Timing } from '../time.ts';
import { createArchiveStore } from './archive-store.ts';
import { createArchives } from './archives.ts';
import { type Arns, arnsOf } from './arns.ts';
import { createBuses } from './buses.ts';
import { createDeliveries, type EnqueueInvocation, type SendToQueue } from './deliveries.ts';
import { createPutEvents } from './put-events.ts';
import { createReplayRunner } from './replay-runner.ts';
import { createReplays } from './replays.ts';
import { createRuleBook, type RuleBook } from './rule-book.ts';
import { createRules } from './rules.ts';
import { createEventBridgeTables } from './schema.ts';
import { createTargets } from './targets.ts';

export type EventBridgeOptions = {
  readonly database: DatabaseSync;
  readonly accountId: string;
  readonly region: string;
  readonly enqueueInvocation: EnqueueInvocation;
  readonly sendToQueue: SendToQueue;
  readonly timing?: Timing;
  /** 0 ≤ x < 1; seeded in tests. Decides duplicates, jitter and the order inside a replay's slice. */
  readonly random?: () => number;
  readonly newId?: () => string;
  /** Share of deliveries that happen twice (architecture §4: about 1 %, always). */
  readonly duplicateShare?: number;
  /** Told what AWS would count of rules. */
  readonly measure?: Measure;
  /** Old events of archives could not be packed; tried again ten minutes later. */
  readonly onPackError?: (error: unknown) => void;
};

export type EventBridge = {
  readonly service: AwsService;
  readonly database: DatabaseSync;
  readonly arns: Arns;
  readonly ruleBook: RuleBook;
  /** What another service of the account tells the default bus. */
  fromService(source: string, detailType: string, detail: object): void;
  /** Takes up what a former process left: deliveries, replays, retention. */
  start(): void;
  /** Ends timers; what is not delivered stays in the file. To be called before the database is closed. */
  stop(): void;
  /** Matched events that wait for their target. */
  pendingDeliveries(): number;
};

export function createEventBridge(options: EventBridgeOptions): EventBridge {
  const { database, accountId, region } = options;
  const timing = options.timing ?? realTiming();
  const random = options.random ?? Math.random;
  createEventBridgeTables(database, timing.now());

  const arns = arnsOf(region, accountId);
  const ruleBook = createRuleBook(database, arns);
  const buses = createBuses({ database, arns, now: timing.now });
  const rules = createRules({ database, arns, buses, ruleBook });
  const deliveries = createDeliveries({
    database,
    timing,
    random,
    duplicateShare: options.duplicateShare ?? 0.01,
    enqueueInvocation: options.enqueueInvocation,
    sendToQueue: options.sendToQueue,
    ...(options.measure && { measure: options.measure }),
  });
  const archiveStore = createArchiveStore(database);
  const archives = createArchives({
    database,
    arns,
    timing,
    buses,
    ruleBook,
    store: archiveStore,
    onPackError: options.onPackError ?? (() => {}),
  });
  const runner = createReplayRunner({ database, timing, random, ruleBook, deliveries, store: archiveStore });
  const putEvents = createPutEvents({
    database,
    groupCommit: createGroupCommit(database),
    accountId,
    region,
    now: timing.now,
    newId: options.newId ?? randomUUID,
    buses,
    ruleBook,
    archiveStore,
    deliveries,
    ...(options.measure && { measure: options.measure }),
  });

  return {
    service: {
      targetPrefix: 'AWSEvents',
      jsonVersion: '1.1',
      operations: {
        PutEvents: putEvents.operation,
        ...buses.operations,
        ...rules.operations,
        ...createTargets({ database, buses, rules, ruleBook }),
        ...archives.operations,
        ...createReplays({ database, arns, now: timing.now, buses, archives, rules, runner }),
      },
    },
    database,
    arns,
    ruleBook,
    fromService: putEvents.fromService,
    start() {
      archives.start();
      runner.wake();
      deliveries.recover();
    },
    stop() {
      runner.stop();
      archives.stop();
      deliveries.stop();
    },
    pendingDeliveries: () => deliveries.count(),
  };
}
