/// <reference path="../../.sst/platform/config.d.ts" />
import type { FunctionName } from '../../events/words.ts';
import type { DeployableStage } from '../stages.ts';
import { topology } from '../topology.ts';
import { reservationsOf } from '../topology-concurrency.ts';
import { environmentOf } from '../topology-environment.ts';
import { functionName, type Place } from '../topology-names.ts';
import { roleStatementsOf } from '../topology-permissions.ts';
import { trustPolicy } from '../topology-policy.ts';
import type { FunctionSpec } from '../topology-types.ts';
import type { FunctionQueues, Queues } from './queues.ts';

export type Functions = ReadonlyMap<FunctionName, sst.aws.Function>;

type Given = {
  readonly stage: DeployableStage;
  readonly place: Place;
  readonly key: aws.kms.Key;
  readonly boundary: aws.iam.Policy;
  readonly queues: Queues;
  /** What the functions' facts name, `X.Y.Z`. */
  readonly release: string;
};

export function createFunctions(given: Given): Functions {
  const reservations = reservationsOf(given.stage);
  return new Map(
    topology.functions.map((spec) => [spec.name, createFunction(spec, reservations.get(spec.name) ?? null, given)]),
  );
}

function createFunction(spec: FunctionSpec, reserved: number | null, given: Given): sst.aws.Function {
  const { stage, place, key, boundary, queues, release } = given;
  const { name, timeoutSeconds, memoryMb, async } = spec;
  const own = queues.get(name);
  if (own === undefined) throw new Error(`${name} has no queues`);
  const created = new sst.aws.Function(`Function-${name}`, {
    name: functionName(place.env, name),
    // What `npm run bundle` made and the tests looked into: no switch of one machine is in it.
    bundle: `dist/functions/${name}`,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    timeout: `${timeoutSeconds} seconds`,
    memory: `${memoryMb} MB`,
    ...(reserved !== null && { concurrency: { reserved } }),
    retries: async.retries,
    environment: environmentOf(stage, name, release),
    logging: { retention: '1 month', format: 'json' },
    permissions: key.arn.apply((keyArn) => roleStatementsOf(spec, place, keyArn)),
    transform: {
      function: { tracingConfig: { mode: 'Active' } },
      logGroup: { kmsKeyId: key.arn },
      role: {
        // The bus names its speakers by their roles.
        name: functionName(place.env, name),
        // SST would let the account's root take the role too, and write to every log group.
        assumeRolePolicy: trustPolicy({ Service: ['lambda.amazonaws.com'] }),
        managedPolicyArns: [],
        permissionsBoundary: boundary.arn,
      },
      eventInvokeConfig: {
        maximumEventAgeInSeconds: async.maxAgeSeconds,
        destinationConfig: { onFailure: { destination: own.failures.arn } },
      },
    },
  });
  if (own.later !== undefined) feedFromLater(spec, created, own.later);
  return created;
}

/** What was parked comes back through the same front door. */
function feedFromLater(
  { name }: FunctionSpec,
  created: sst.aws.Function,
  later: NonNullable<FunctionQueues['later']>,
): void {
  // No MaximumConcurrency: two is the least it takes, which is more than most of these functions have.
  new aws.lambda.EventSourceMapping(`Later-${name}`, {
    eventSourceArn: later.arn,
    functionName: created.name,
    batchSize: 1,
  });
  // Parking looks like recursion to Lambda; the age budget of the wrapper is the guard (platform §5.3).
  new aws.lambda.FunctionRecursionConfig(`Recursion-${name}`, { functionName: created.name, recursiveLoop: 'Allow' });
}
