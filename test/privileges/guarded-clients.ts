/** SDK clients that refuse, as IAM would, what the function's role does not allow; each keeps a record of what was asked. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { FunctionName } from '../../events/words.ts';
import { CLIENT_OPTIONS } from '../../functions/shared/aws/live-client.ts';
import type { AwsClients } from '../../functions/shared/aws/live-clients.ts';
import { topology } from '../../stacks/topology.ts';
import { permissionsOf, type Statement } from '../../stacks/topology-permissions.ts';
import { accessesOf, PLACE } from './accesses.ts';
import { type Access, isAllowed } from './statements.ts';

export type Asked = Access & { readonly by: FunctionName; readonly isRefused: boolean };

/** The stream's client is a part that its one user brings. */
export type GuardedClients = AwsClients & { readonly firehose: FirehoseClient };

/** What the topology grants a function. */
export function grantedTo(name: FunctionName): Statement[] {
  const spec = topology.functions.find((one) => one.name === name);
  if (spec === undefined) throw new Error(`${name} is not in the topology`);
  return permissionsOf(spec, PLACE);
}

/** @param record  called for every access, allowed or refused. */
export function guardedClients(
  name: FunctionName,
  endpoint: string,
  statements: () => readonly Statement[],
  record: (asked: Asked) => void,
): GuardedClients {
  const options = {
    endpoint,
    region: PLACE.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...CLIENT_OPTIONS,
  };
  const guard = (command: string | undefined, input: unknown) => {
    for (const access of accessesOf(command ?? '', input)) {
      const isRefused = !isAllowed(statements(), access);
      record({ ...access, by: name, isRefused });
      if (isRefused) throw accessDenied();
    }
  };
  const clients: GuardedClients = {
    dynamo: new DynamoDBClient(options),
    eventBridge: new EventBridgeClient(options),
    sqs: new SQSClient(options),
    ssm: new SSMClient(options),
    secrets: new SecretsManagerClient(options),
    firehose: new FirehoseClient(options),
  };
  for (const client of Object.values(clients)) refuseUnless(client, guard);
  return clients;
}

type Guard = (command: string | undefined, input: unknown) => void;
type Middleware = (
  next: (request: { input: unknown }) => Promise<unknown>,
  context: { commandName?: string },
) => unknown;

/** Asked before a request is built; the clients share the form of a middleware, not its type. */
function refuseUnless(client: { readonly middlewareStack: unknown }, guard: Guard): void {
  const stack = client.middlewareStack as { add(middleware: Middleware, options: object): void };
  stack.add(
    (next, { commandName }) =>
      async (request: { input: unknown }) => {
        guard(commandName, request.input);
        return next(request);
      },
    { step: 'initialize', priority: 'high', name: 'privileges' },
  );
}

/** As the services answer one whose role does not allow it. */
function accessDenied(): Error {
  return Object.assign(new Error('not authorized'), {
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 400 },
  });
}
