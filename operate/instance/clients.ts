/** AWS clients for the running instance's endpoint: short waits, one attempt, errors that name the service and nothing else. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { Failure } from '../failure.ts';
import type { Instance } from './instance.ts';

/** A person waits in front of it; one machine answers within milliseconds. */
const REQUEST_TIMEOUT_MS = 10_000;

/** `awsEndpoint` is `null` for AWS itself: endpoint and credentials then come from the environment, as for any of its tools. */
export type Reachable = Pick<Instance, 'region'> & { readonly awsEndpoint: string | null };

export function clientConfiguration({ awsEndpoint, region }: Reachable) {
  return {
    region,
    // The endpoint takes any; the operator's own profile has no business here.
    ...(awsEndpoint !== null && {
      endpoint: awsEndpoint,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
    // A write that was repeated unasked would look like somebody else's.
    maxAttempts: 1,
    requestHandler: { requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true },
  };
}

export const parameterClient = (instance: Reachable): SSMClient => new SSMClient(clientConfiguration(instance));
export const tableClient = (instance: Reachable): DynamoDBClient => new DynamoDBClient(clientConfiguration(instance));
export const busClient = (instance: Reachable): EventBridgeClient =>
  new EventBridgeClient(clientConfiguration(instance));
export const secretClient = (instance: Reachable): SecretsManagerClient =>
  new SecretsManagerClient(clientConfiguration(instance));
export const queueClient = (instance: Reachable): SQSClient => new SQSClient(clientConfiguration(instance));

/** What the SDK throws before it asks, and what AWS answers to credentials it does not take or that may not do this. */
const OF_CREDENTIALS: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'ExpiredTokenException',
  'ExpiredToken',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'AccessDeniedException',
]);

const ENDPOINT_FAILED = 'endpoint_failed';

/** Runs one call; what it throws becomes a failure that says which service did not answer. */
export async function asking<T>(service: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const name = error instanceof Error ? error.name : 'Error';
    // The endpoint of this machine takes any credentials: only AWS misses or refuses them.
    if (OF_CREDENTIALS.has(name))
      throw new Failure(
        'aws_credentials',
        `${service} was not read or written: AWS was given no credentials that allow it (${name})`,
        'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, of the stage’s account; a session may have expired',
      );
    throw new Failure(
      ENDPOINT_FAILED,
      `${service} did not answer (${name})`,
      'look at the terminal of `npm start`, or restart it; `npx frontdesk doctor` names what is wrong',
    );
  }
}

/** The same failure where AWS itself was asked: what runs on this machine has no part in it. */
export function seenOnAws(failure: Failure): Failure {
  if (failure.code !== ENDPOINT_FAILED) return failure;
  return new Failure(
    failure.code,
    failure.message,
    'see whether AWS is reached from here with these credentials: `aws sts get-caller-identity`; then whether its service is up',
    failure.exitCode,
  );
}
