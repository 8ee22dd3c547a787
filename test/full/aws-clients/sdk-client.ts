/** The AWS SDK v3, unmodified, as installed. */
import { createRequire } from 'node:module';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as events from '@aws-sdk/client-eventbridge';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import type { Answer, Client, Input, Service } from './step.ts';

type AnyClient = { send(command: object): Promise<object>; destroy(): void };
type CommandClass = new (input: Input) => object;

const PACKAGES: Readonly<Record<Service, { readonly open: () => object; readonly commands: object }>> = {
  events: { open: () => new events.EventBridgeClient(), commands: events },
  dynamodb: { open: () => new dynamodb.DynamoDBClient(), commands: dynamodb },
  secretsmanager: { open: () => new secretsmanager.SecretsManagerClient(), commands: secretsmanager },
  sqs: { open: () => new sqs.SQSClient(), commands: sqs },
  ssm: { open: () => new ssm.SSMClient(), commands: ssm },
  sts: { open: () => new sts.STSClient(), commands: sts },
};

/** Pointed at the endpoint as the functions are: by variables, without a word in the code. */
export function sdkVariables(place: { readonly endpoint: string; readonly region: string }) {
  return {
    AWS_ENDPOINT_URL: place.endpoint,
    AWS_REGION: place.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

export function sdkClient(): Client {
  const clients = new Map<Service, AnyClient>();
  const clientOf = (service: Service): AnyClient => {
    const client = clients.get(service) ?? (PACKAGES[service].open() as AnyClient);
    clients.set(service, client);
    return client;
  };
  const { version } = createRequire(import.meta.url)('@aws-sdk/client-eventbridge/package.json') as { version: string };
  return {
    kind: 'sdk',
    title: `SDK ${version}`,
    async call(service, operation, input) {
      const Command = new Map(Object.entries(PACKAGES[service].commands)).get(`${operation}Command`) as CommandClass;
      try {
        return { ok: true, output: asJson(await clientOf(service).send(new Command(input))) };
      } catch (error) {
        return failureOf(error);
      }
    },
    close() {
      for (const client of clients.values()) client.destroy();
    },
  };
}

/** Without what only tells about the exchange; instants become text. */
function asJson(output: object): unknown {
  const { $metadata: _, ...rest } = output as Record<string, unknown>;
  return JSON.parse(JSON.stringify(rest));
}

function failureOf(error: unknown): Answer {
  if (!(error instanceof Error)) throw error;
  return { ok: false, error: error.name, detail: error.message };
}
