/** ARNs and addresses as AWS writes them, and queues that the steps listen on. */
import type { ReadyObject } from '../../../../local/platform/ready-file.ts';
import { each, maybe } from '../shape.ts';
import { type Step, sqs } from '../step.ts';

export function names({ region, accountId, awsEndpoint }: ReadyObject) {
  const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${accountId}:${resource}`;
  return {
    busArn: (name: string) => arn('events', `event-bus/${name}`),
    ruleArn: (bus: string, name: string) => arn('events', `rule/${bus}/${name}`),
    archiveArn: (name: string) => arn('events', `archive/${name}`),
    replayArn: (name: string) => arn('events', `replay/${name}`),
    queueArn: (name: string) => arn('sqs', name),
    functionArn: (name: string) => arn('lambda', `function:${name}`),
    tableArn: (name: string) => arn('dynamodb', `table/${name}`),
    parameterArn: (name: string) => arn('ssm', `parameter${name}`),
    secretArn: (name: string) => arn('secretsmanager', `secret:${name}`),
    queueUrl: (name: string) => `${awsEndpoint}/${accountId}/${name}`,
  };
}

export type Received = {
  readonly Messages?: readonly { readonly Body: string; readonly ReceiptHandle: string }[];
};

/** A queue that is a rule's target; deliveries may come twice and in any order. */
export function createInbox(ready: ReadyObject, queue: string) {
  let marks = new Set<string>();
  return {
    /** Receives until these have come, in as many turns as it takes, and a last turn brought nothing: then no other may have. */
    receives(what: string, wanted: readonly string[], replayName?: string): Step {
      return sqs(
        `receives ${what}`,
        'ReceiveMessage',
        {
          QueueUrl: names(ready).queueUrl(queue),
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 1,
          // Taken for good, however slow the client is.
          VisibilityTimeout: 43_200,
        },
        () => {
          const came = [...marks].sort();
          marks = new Set();
          return JSON.stringify(came) === JSON.stringify([...wanted].sort());
        },
        {
          learn({ Messages = [] }: Received) {
            for (const { Body } of Messages) marks.add(markOf(Body, replayName));
          },
          until: ({ Messages = [] }: Received) => wanted.every((mark) => marks.has(mark)) && Messages.length === 0,
        },
      );
    },
  };
}

/** What of an event's detail tells it apart; an event that should carry the replay's name and does not is another. */
function markOf(body: string, replayName: string | undefined): string {
  const event = JSON.parse(body) as { 'replay-name'?: string; detail: { mark: string } };
  return event['replay-name'] === replayName ? event.detail.mark : `${event.detail.mark} of ${event['replay-name']}`;
}

/** What `ReceiveMessage` answers when nothing is there. */
export const noMessages = { Messages: maybe(each(() => false)) };
