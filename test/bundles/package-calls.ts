/** What is asked of packages through the doors of ours, as an entry of its own: so that a bundle of it can be tried. */
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetParametersCommand } from '@aws-sdk/client-ssm';
import { liveClients } from '../../functions/shared/aws/live-clients.ts';
import { liveClock } from '../../functions/shared/clock/live.ts';
import { sdkTransport } from '../../functions/shared/openai/live-sdk.ts';
import { phonesIn } from '../../policy/orders/contacts.ts';
import { htmlToText } from '../../policy/text/html.ts';

const CLIENTS = liveClients({});

/** One call of each service that a function asks. */
const CALLS = {
  dynamodb: () => CLIENTS.dynamo.send(new UpdateItemCommand({ TableName: 'table', Key: { key: { S: 'one' } } })),
  eventbridge: () => CLIENTS.eventBridge.send(new PutEventsCommand({ Entries: [] })),
  secretsmanager: () => CLIENTS.secrets.send(new GetSecretValueCommand({ SecretId: 'one' })),
  sqs: () =>
    CLIENTS.sqs.send(
      new SendMessageCommand({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/000000000000/queue`, MessageBody: 'text' }),
    ),
  ssm: () => CLIENTS.ssm.send(new GetParametersCommand({ Names: ['one'] })),
};
export type Service = keyof typeof CALLS;

/** Name and status of what the client threw, with the item that a failed condition brings. */
export async function refusalOf(service: Service): Promise<unknown> {
  try {
    await CALLS[service]();
    return 'no refusal';
  } catch (error) {
    const { name, $metadata, Item }: { name?: string; $metadata?: { httpStatusCode?: number }; Item?: unknown } =
      Object(error);
    return { name, status: $metadata?.httpStatusCode, ...(Item !== undefined && { Item }) };
  }
}

/** The answer of the model's SDK, or the kind of its refusal. */
export async function askModel(url: string): Promise<unknown> {
  const transport = sdkTransport(url, async () => 'sk-test-0001', liveClock());
  try {
    return await transport({ path: 'responses', body: { input: 'text' }, timeoutMs: 10_000 });
  } catch (error) {
    return { kind: Object(error).kind, status: Object(error).status, retryAfterMs: Object(error).retryAfterMs };
  }
}

/** The tables that lie in assets. */
export const textOf = (html: string): string => htmlToText(html);
export const phonesOf = (text: string): readonly string[] => phonesIn(text);

/** What Lambda would run. */
export const handler = (): null => null;
