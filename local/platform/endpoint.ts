/** The AWS-compatible endpoint with everything behind it, over one data folder or in memory. */
import type { DatabaseSync } from 'node:sqlite';
import { recordStream } from '../../functions/shared/records/table.ts';
import type { Topology } from '../../stacks/topology-types.ts';
import { openDatabase } from '../aws/database.ts';
import { createDynamoDb, type DynamoDb } from '../aws/dynamodb/dynamodb.ts';
import { applyTopology, type LocalNames, localNames } from '../aws/eventbridge/apply-topology.ts';
import { createEventBridge, type EventBridge } from '../aws/eventbridge/event-bridge.ts';
import { createFirehose } from '../aws/firehose/firehose.ts';
import { recordFiles } from '../aws/firehose/record-files.ts';
import { createDispatcher, type Dispatcher } from '../aws/lambda/dispatcher.ts';
import { createSecrets, type Secrets } from '../aws/secrets/secrets.ts';
import { type AwsServer, startAwsServer } from '../aws/server.ts';
import type { AwsService } from '../aws/service.ts';
import { createSqs, type Sqs } from '../aws/sqs/sqs.ts';
import { createSsm, type Ssm } from '../aws/ssm/ssm.ts';
import { createSts } from '../aws/sts/sts.ts';
import { realTiming, type Timing } from '../aws/time.ts';
import type { Invoker } from '../host/contract.ts';
import { type Measure, measuredInvoker } from '../telemetry/native.ts';
import { type CallTrail, createCallTrail } from './call-trail.ts';
import { withOldLeaf } from './old-leaves.ts';
import { STAGE } from './stage.ts';
import { createTap, type Tap } from './tap.ts';

export type Endpoint = {
  readonly database: DatabaseSync;
  readonly timing: Timing;
  readonly dynamoDb: DynamoDb;
  readonly eventBridge: EventBridge;
  readonly dispatcher: Dispatcher;
  readonly sqs: Sqs;
  readonly ssm: Ssm;
  readonly secrets: Secrets;
  readonly names: LocalNames;
  readonly tap: Tap;
  readonly calls: CallTrail;
  readonly server: AwsServer;
  /** Stores a parameter; a recorded change is announced on the default bus, as SSM does. */
  putParameter(name: string, value: string, isRecorded: boolean): void;
  close(): Promise<void>;
};

/** Stands between and sees what is asked, e.g. to count it (bench `cost`); it hands everything on as it is. */
export type Onlooker = {
  service(service: AwsService): AwsService;
  invoker(invoker: Invoker): Invoker;
};

export type EndpointOptions = {
  /** Files of state; `null` keeps nothing on disk. */
  readonly files: { readonly sqlite: string; readonly records: string } | null;
  readonly topology: Topology;
  readonly port: number;
  readonly timeScale: number;
  readonly limits: 'vendor' | 'unlimited';
  readonly invoker: Invoker;
  readonly onlooker?: Onlooker | undefined;
  /**
   * Told the short names of missing tables before the first of them is made. What it stores stands in the file before they do:
   * a start that ends in between leaves the tables missing for the next one to find.
   */
  readonly onMissing?: (tables: readonly string[], present: Pick<Endpoint, 'database' | 'ssm' | 'timing'>) => void;
  /** Told of what goes wrong in the background, e.g. a failed expiry of old items. */
  readonly onTrouble: (what: string) => void;
  /** Told what AWS would count of functions and rules. */
  readonly measure?: Measure;
};

/** The queues of SQS stay 14 days (platform §2.6). */
const RETENTION_SECONDS = 14 * 86_400;
/** A run and its lease are over before its message may be seen again (platform §2.5: timeout + 15 s). */
const LEASE_GRACE_SECONDS = 15;
/**
 * How many runs of a function share its thread when nothing else limits them. More are no faster on one machine, and each
 * gets slower: the door refuses to send on a reading older than 2 s (protocols §6).
 */
const UNLIMITED_CONCURRENCY = 2;

/** Opens the state, makes what the topology names, and listens. Nothing is delivered before the parts are started. */
export async function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { files, topology, timeScale, limits, onTrouble, onlooker, measure = () => {} } = options;
  const { env, accountId, region } = STAGE;
  const timing = realTiming(timeScale);
  const database = openDatabase(files?.sqlite ?? null);
  const names = localNames(STAGE);
  let url = '';
  const sqs = createSqs({ database, accountId, region, baseUrl: () => url, timeScale });
  const sendToQueue = (queue: string, body: string, attributes: Readonly<Record<string, string>>): void => {
    sqs.send(queue, body, { attributes });
  };
  const dispatcher = createDispatcher({
    database,
    timing,
    sendToQueue,
    invoker: measuredInvoker(onlooker?.invoker(options.invoker) ?? options.invoker, measure),
    measure,
    ...(limits === 'unlimited' && { unreservedConcurrency: UNLIMITED_CONCURRENCY }),
  });
  const eventBridge = createEventBridge({
    database,
    accountId,
    region,
    timing,
    enqueueInvocation: dispatcher.enqueue,
    sendToQueue,
    measure,
    onPackError: () => onTrouble('old events could not be packed; tried again in ten minutes'),
  });
  let isSilent = false;
  const ssm = createSsm({
    database,
    accountId,
    region,
    onChange: ({ name, type, operation }) => {
      if (!isSilent) eventBridge.fromService('aws.ssm', 'Parameter Store Change', { name, type, operation });
    },
  });
  const secrets = createSecrets({ database, accountId, region });
  const sts = createSts({ accountId });
  const records = files === null ? null : recordFiles(files.records, env);
  const firehose = createFirehose({ streams: new Map([[recordStream(env), records]]), now: timing.now });
  const tap = createTap(topology.busName(env));
  const dynamoDb = await createDynamoDb({
    database,
    accountId,
    region,
    timeScale,
    onExpiryError: () => onTrouble('old items could not be deleted; tried again with the next pass'),
  });
  makeQueues(topology, names, sqs);
  applyTopology(topology, { env, names, eventBridge, dispatcher, limits });
  // After the rules, which carry the changes of flags that a loss makes.
  const missing = dynamoDb.missingTables(topology.tables, env);
  if (missing.length > 0) options.onMissing?.(missing, { database, ssm, timing });
  await dynamoDb.createTables(topology.tables, env, { audit_trail: withOldLeaf(timing.now()) });
  const { operations } = eventBridge.service;
  const { PutEvents, StartReplay } = operations;
  if (PutEvents === undefined || StartReplay === undefined)
    throw new Error('EventBridge has no PutEvents or StartReplay');
  const calls = createCallTrail();
  const services: readonly AwsService[] = [
    {
      ...eventBridge.service,
      operations: {
        ...operations,
        PutEvents: tap.around(PutEvents),
        StartReplay: calls.around('events', 'StartReplay', StartReplay),
      },
    },
    dynamoDb.service,
    sqs.service,
    ssm.service,
    secrets.service,
    sts.service,
    firehose.service,
  ];
  const server = await startAwsServer({
    port: options.port,
    services: services.map((service) => onlooker?.service(service) ?? service),
    rawHandlers: [sqs.rawHandler, sts.rawHandler],
  });
  url = server.url;

  return {
    database,
    timing,
    dynamoDb,
    eventBridge,
    dispatcher,
    sqs,
    ssm,
    secrets,
    names,
    tap,
    calls,
    server,
    putParameter(name, value, isRecorded) {
      isSilent = !isRecorded;
      ssm.put(name, value);
      isSilent = false;
    },
    async close() {
      eventBridge.stop();
      await server.close();
      await dynamoDb.close();
      database.close();
    },
  };
}

function makeQueues(topology: Topology, names: LocalNames, sqs: Sqs): void {
  for (const { name, timeoutSeconds, laterQueue } of topology.functions) {
    for (const queue of [names.deadLetterQueue(name), names.failureQueue(name)]) {
      sqs.createQueue({ name: queue, retentionSeconds: RETENTION_SECONDS });
    }
    if (!laterQueue) continue;
    sqs.createQueue({
      name: names.laterQueue(name),
      retentionSeconds: RETENTION_SECONDS,
      visibilitySeconds: timeoutSeconds + LEASE_GRACE_SECONDS,
    });
  }
}
