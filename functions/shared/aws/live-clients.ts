/** One SDK client for each service that a function may ask. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { CLIENT_OPTIONS } from './live-client.ts';

export type AwsClients = {
  readonly dynamo: DynamoDBClient;
  readonly eventBridge: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  readonly secrets: SecretsManagerClient;
};

/** Endpoint, region and credentials come from the environment, as on Lambda. */
export function liveClients(): AwsClients {
  return {
    dynamo: new DynamoDBClient(CLIENT_OPTIONS),
    eventBridge: new EventBridgeClient(CLIENT_OPTIONS),
    sqs: new SQSClient(CLIENT_OPTIONS),
    ssm: new SSMClient(CLIENT_OPTIONS),
    secrets: new SecretsManagerClient(CLIENT_OPTIONS),
  };
}
