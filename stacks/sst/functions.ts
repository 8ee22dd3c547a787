/// <reference path="../../.sst/platform/config.d.ts" />
import type { FunctionName } from '../../events/words.ts';
import type { StackEnvironment } from '../../functions/shared/environment.ts';
import { topology } from '../topology.ts';
import { functionName } from '../topology-names.ts';
import { permissionsOf } from '../topology-permissions.ts';
import type { FunctionSpec } from '../topology-types.ts';
import type { CurrentPlace } from './place.ts';
import type { FunctionQueues, Queues } from './queues.ts';

export type Functions = ReadonlyMap<FunctionName, sst.aws.Function>;

/** @param release  What the functions' facts name, `X.Y.Z`. */
export function createFunctions(place: CurrentPlace, queues: Queues, release: string): Functions {
  return new Map(topology.functions.map((spec) => [spec.name, createFunction(spec, place, queues, release)]));
}

function createFunction(spec: FunctionSpec, place: CurrentPlace, queues: Queues, release: string): sst.aws.Function {
  const { name, timeoutSeconds, memoryMb, reservedConcurrency, async } = spec;
  const own = queues.get(name);
  if (own === undefined) throw new Error(`${name} has no queues`);
  const created = new sst.aws.Function(`Function-${name}`, {
    name: functionName($app.stage, name),
    // What `npm run bundle` made and the tests looked into: no switch of one machine is in it.
    bundle: `dist/functions/${name}`,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    timeout: `${timeoutSeconds} seconds`,
    memory: `${memoryMb} MB`,
    ...(reservedConcurrency !== null && { concurrency: { reserved: reservedConcurrency } }),
    retries: async.retries,
    // Names only; a secret never stands in an environment.
    environment: {
      FRONTDESK_ENV: $app.stage,
      FRONTDESK_RELEASE: release,
      POWERTOOLS_SERVICE_NAME: name,
      POWERTOOLS_METRICS_NAMESPACE: 'Frontdesk',
    } satisfies StackEnvironment,
    logging: { retention: '1 month', format: 'json' },
    permissions: place.apply((known) => permissionsOf(spec, known)),
    transform: {
      // Without this the account's root could assume the role too.
      role: { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: 'lambda.amazonaws.com' }) },
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
  new aws.lambda.EventSourceMapping(`Later-${name}`, {
    eventSourceArn: later.arn,
    functionName: created.name,
    batchSize: 1,
  });
  // Parking looks like recursion to Lambda; the age budget of the wrapper is the guard (platform §5.3).
  new aws.lambda.FunctionRecursionConfig(`Recursion-${name}`, { functionName: created.name, recursiveLoop: 'Allow' });
}
