/** The platform in a process of its own, seen from outside: its door, its bus, its queues, its threads. */
import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { CustomerMessage } from '../../../local/sandbox/control/requests.ts';
import { type Culprit, SOURCE } from './culprits.ts';
import { post } from './open-loop.ts';
import type { FromPlatform, Ready } from './platform-process.ts';

export type FailureRecord = {
  readonly requestContext: { readonly condition: string; readonly approximateInvokeCount: number };
  readonly requestPayload: { readonly detail: { readonly n: number } };
  readonly responsePayload: { readonly errorType: string };
};

export type World = Awaited<ReturnType<typeof startWorld>>;

export async function startWorld(folder: string, timeScale: number) {
  const child = fork(new URL('./platform-process.ts', import.meta.url), [folder, String(timeScale)]);
  const settled = new Set<string>();
  const ready = Promise.withResolvers<Ready>();
  let onHost: (pid: number | null) => void = () => {};
  child.on('message', (message: FromPlatform) => {
    if (message.type === 'ready') ready.resolve(message);
    else if (message.type === 'settled') settled.add(message.rootEventId);
    else onHost(message.pid);
  });
  child.once('exit', (code) => ready.reject(new Error(`the platform ended with ${code}`)));
  const { sandboxUrl, webhookUrl, webhookHeaders, awsEndpoint, busName } = await ready.promise;
  const aws = {
    endpoint: awsEndpoint,
    region: 'us-east-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const bus = new EventBridgeClient(aws);
  const sqs = new SQSClient(aws);
  const failureQueue = async ({ name }: Culprit): Promise<string> => {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `frontdesk-local-${name}-failures` }));
    return QueueUrl ?? '';
  };
  const hostPid = (): Promise<number | null> =>
    new Promise((resolve) => {
      onHost = resolve;
      child.send('host?');
    });

  return {
    settled,
    hostPid,
    /** A customer writes; the helpdesk does not ring. Answers the conversation. */
    async write(message: CustomerMessage): Promise<string> {
      const headers = { 'content-type': 'application/json' };
      const { body } = await post(`${sandboxUrl}/__sandbox/messages`, headers, JSON.stringify(message));
      return String(JSON.parse(body).conversationId);
    },
    /** The webhook of one message; answers the id of the event when it was accepted. */
    async ring(conversationId: string): Promise<string | null> {
      const { status, body } = await post(
        webhookUrl,
        webhookHeaders,
        JSON.stringify({ schema_version: 1, ticket_id: conversationId, ticket_url: '', trigger: 'customer_message' }),
      );
      return status === 200 ? String(JSON.parse(body).event_id) : null;
    },
    async trouble({ name }: Culprit, n: number): Promise<void> {
      const entry = { EventBusName: busName, Source: SOURCE, DetailType: name, Detail: JSON.stringify({ n }) };
      const { FailedEntryCount } = await bus.send(new PutEventsCommand({ Entries: [entry] }));
      if (FailedEntryCount !== 0) throw new Error('the bus refused an event');
    },
    /** Takes every record out of the failure queue. */
    async takeFailures(culprit: Culprit): Promise<FailureRecord[]> {
      const QueueUrl = await failureQueue(culprit);
      const records: FailureRecord[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (Messages.length === 0) return records;
        for (const { Body, ReceiptHandle } of Messages) {
          records.push(JSON.parse(Body ?? ''));
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
    /** Threads of the functions by name: a worker that was made anew has another number. Linux cuts names to 15 characters. */
    async threads(): Promise<string[]> {
      const tasks = `/proc/${await hostPid()}/task`;
      return readdirSync(tasks).map((id) => `${readFileSync(`${tasks}/${id}/comm`, 'utf8').trim()} ${id}`);
    },
    async stop(): Promise<void> {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.disconnect();
      await ended;
    },
  };
}
