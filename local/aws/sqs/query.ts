/** SQS's older query protocol: form parameters in, XML out (Debian's AWS CLI 2.9 speaks it). */
import { randomUUID } from 'node:crypto';
import type { AwsOperation, RawHandler, RawRequest, RawResponse } from '../service.ts';
import { AwsError } from '../service.ts';
import { element, isForm, queryFailure, xmlDocument } from '../xml.ts';

const VERSION = '2012-11-05';
const NAMESPACE = `http://queue.amazonaws.com/doc/${VERSION}/`;

const NUMBERS = new Set(['DelaySeconds', 'VisibilityTimeout', 'MaxNumberOfMessages', 'WaitTimeSeconds', 'MaxResults']);

/** Repeated parameters, `Name.1`, `Name.2` …, and what the operations call the list. */
const LISTS: Readonly<Record<string, string>> = {
  AttributeName: 'AttributeNames',
  MessageAttributeName: 'MessageAttributeNames',
  MessageSystemAttributeName: 'MessageSystemAttributeNames',
  SendMessageBatchRequestEntry: 'Entries',
};

/** The same for maps, `Name.1.Name` and `Name.1.Value`. */
const MAPS: Readonly<Record<string, string>> = { Attribute: 'Attributes', MessageAttribute: 'MessageAttributes' };

/** Operations that answer nothing. All others answer a result, an empty one too: the CLI stumbles where it is missing. */
const WITHOUT_RESULT = new Set(['DeleteMessage', 'ChangeMessageVisibility', 'PurgeQueue']);

/** How lists and maps of an answer are named when repeated. */
const REPEATED: Readonly<Record<string, string>> = {
  QueueUrls: 'QueueUrl',
  Messages: 'Message',
  Attributes: 'Attribute',
  MessageAttributes: 'MessageAttribute',
  Successful: 'SendMessageBatchResultEntry',
  Failed: 'BatchResultErrorEntry',
};

/** Error codes that differ from the names of the JSON protocol. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  InvalidParameterValueException: 'InvalidParameterValue',
};

/** The query protocol's name of an error of the JSON protocol. */
export const queryCode = (errorType: string): string => QUERY_CODES[errorType] ?? errorType;

export function sqsQueryHandler(operations: Readonly<Record<string, AwsOperation>>): RawHandler {
  return {
    matches: (request) => isForm(request) && new URLSearchParams(request.body).get('Version') === VERSION,
    async handle(request) {
      const parameters = new URLSearchParams(request.body);
      const action = parameters.get('Action') ?? '';
      const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
      try {
        if (operation === undefined) throw new AwsError('InvalidAction', 'The action is not valid for this endpoint.');
        const result = encode((await operation(decode(parameters, request))) ?? {});
        const body = WITHOUT_RESULT.has(action) ? '' : `<${action}Result>${result}</${action}Result>`;
        return answer(
          200,
          `${action}Response`,
          `${body}<ResponseMetadata>${element('RequestId', randomUUID())}</ResponseMetadata>`,
        );
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return queryFailure(error, NAMESPACE, queryCode(error.type));
      }
    },
  };
}

type Tree = { [key: string]: Tree | string };

function decode(parameters: URLSearchParams, request: RawRequest): Record<string, unknown> {
  const tree: Tree = {};
  for (const [key, value] of parameters) plant(tree, key.split('.'), value);
  // A queue may also be named by the path alone.
  tree.QueueUrl ??= request.path.split('?')[0] ?? '';
  return shaped(tree);
}

function plant(tree: Tree, [head = '', ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const present = tree[head];
  const branch: Tree = typeof present === 'object' ? present : {};
  tree[head] = branch;
  plant(branch, rest, value);
}

function shaped(tree: Tree): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(tree)) {
    const list = LISTS[key];
    const map = MAPS[key];
    if (typeof value === 'string') input[key] = NUMBERS.has(key) ? Number(value) : value;
    else if (list !== undefined)
      input[list] = numbered(value).map((one) => (typeof one === 'string' ? one : shaped(one)));
    else if (map !== undefined) input[map] = Object.fromEntries(numbered(value).flatMap(nameAndValue));
    else input[key] = shaped(value);
  }
  return input;
}

function numbered(tree: Tree): (Tree | string)[] {
  return Object.keys(tree)
    .sort((a, b) => Number(a) - Number(b))
    .flatMap((key) => tree[key] ?? []);
}

function nameAndValue(entry: Tree | string): [string, unknown][] {
  if (typeof entry === 'string') return [];
  const name = entry.Name;
  return typeof name === 'string' ? [[name, entry.Value ?? '']] : [];
}

function encode(value: object): string {
  return Object.entries(value)
    .map(([key, one]) => {
      const name = REPEATED[key];
      if (name === undefined) return leafOrBranch(key, one);
      if (Array.isArray(one)) return one.map((item) => leafOrBranch(name, item)).join('');
      return Object.entries(Object(one))
        .map(([entry, content]) => `<${name}>${element('Name', entry)}${leafOrBranch('Value', content)}</${name}>`)
        .join('');
    })
    .join('');
}

function leafOrBranch(name: string, value: unknown): string {
  return typeof value === 'object' && value !== null
    ? `<${name}>${encode(value)}</${name}>`
    : element(name, String(value));
}

function answer(status: number, root: string, content: string): RawResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body: xmlDocument(root, NAMESPACE, content) };
}
