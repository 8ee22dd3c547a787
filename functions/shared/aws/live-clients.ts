/** One SDK client for each service that a function may ask. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { CLIENT_OPTIONS, type ClientOptions } from './live-client.ts';

export type AwsClients = {
  readonly dynamo: DynamoDBClient;
  readonly eventBridge: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  readonly secrets: SecretsManagerClient;
};

/** Endpoint, region and credentials come from the environment, as on Lambda. */
export function liveClients(ofStage: Partial<ClientOptions>): AwsClients {
  const options = { ...CLIENT_OPTIONS, ...ofStage };
  return {
    dynamo: new DynamoDBClient(options),
    eventBridge: new EventBridgeClient(options),
    sqs: new SQSClient(options),
    ssm: new SSMClient(options),
    secrets: new SecretsManagerClient(options),
  };
}
