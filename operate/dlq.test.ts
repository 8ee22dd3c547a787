/** Dead letters on a real instance: interfaces §3, platform §5.9. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DisableRuleCommand, EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM_PARTITION } from '../functions/auditor/handler.ts';
import { busClient, queueClient, tableClient } from './instance/clients.ts';
import { readOutbox } from './instance/sandbox.ts';
import { endpointTables } from './instance/tables.ts';
import {
  frontdesk,
  frontdeskJson,
  instanceIn,
  type RunningInstance,
  standForAws,
  startedInstance,
} from './instance/testing.ts';
import { type Fact, readTrail } from './trail/trail.ts';

const DAMAGED = 'My lamp arrived broken, the glass is shattered.';
let running: RunningInstance;
const json = (...args: readonly string[]) => frontdeskJson(running.data, ...args);

beforeAll(async () => {
  running = await startedInstance();
});
afterAll(async () => {
  await running.stop();
  running.remove();
});

const instance = () => instanceIn(running.data);

async function letter(
  queue: string,
  body: unknown,
  attributes: Readonly<Record<string, string>> = {},
): Promise<string> {
  const client = queueClient(instance());
  const { MessageId = '' } = await client.send(
    new SendMessageCommand({
      QueueUrl: `${instance().awsEndpoint}/000000000000/frontdesk-local-${queue}`,
      MessageBody: typeof body === 'string' ? body : JSON.stringify(body),
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
      ),
    }),
  );
  client.destroy();
  return MessageId;
}

async function trailOf(conversationId: string): Promise<readonly Fact[]> {
  const tables = endpointTables(instance());
  try {
    return await readTrail(tables, conversationId);
  } finally {
    await tables.close();
  }
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(100);
  }
  throw new Error('it did not come about');
}

const stated = (conversationId: string, name: string): Promise<Fact> =>
  until(async () => (await trailOf(conversationId)).find(({ metadata }) => metadata.eventName === name));

/** A message that came in and that the bus hands to nobody; answers its root. */
async function undelivered(conversationId: string): Promise<{ metadata: Fact['metadata']; data: Fact['data'] }> {
  const client = busClient(instance());
  const rule = { Name: 'classify-intake', EventBusName: instance().busName };
  await client.send(new DisableRuleCommand(rule));
  try {
    await json('say', DAMAGED, '--conversation', conversationId, '--wait', '0');
    const { metadata, data } = await stated(conversationId, 'MessageReceived');
    return { metadata, data };
  } finally {
    await client.send(new EnableRuleCommand(rule));
    client.destroy();
  }
}

async function recordOf({ metadata }: Pick<Fact, 'metadata'>) {
  const client = tableClient(instance());
  const { Item = {} } = await client.send(
    new GetItemCommand({
      TableName: 'frontdesk_local_idempotency',
      Key: { key: { S: `evt:rp:${metadata.conversationId}:${metadata.intakeKey}` } },
      ConsistentRead: true,
    }),
  );
  client.destroy();
  return unmarshall(Item);
}

const repliesTo = async (conversationId: string) =>
  (await readOutbox(instance())).filter(({ ticketId }) => ticketId === conversationId).length;

async function tagsOf(conversationId: string): Promise<readonly string[]> {
  const { richpanelUrl, richpanelKey } = instance();
  const origin = richpanelUrl.replace(/\/v1$/, '');
  const answer = await fetch(`${origin}/v1/tickets/${conversationId}`, {
    headers: { 'x-richpanel-key': richpanelKey },
  });
  const { ticket } = (await answer.json()) as { ticket: { tags: string[] } };
  return ticket.tags;
}

describe('dlq', () => {
  it('finds nothing where nothing failed', async () => {
    expect(await json('dlq', 'list')).toMatchObject({ code: 0, value: [] });
    expect(await json('dlq', 'redrive', '--max', '5', '--yes')).toMatchObject({
      code: 0,
      value: { redriven: 0, left: 0 },
    });
  });

  it('takes a batch of 1 to 10', async () => {
    for (const max of ['0', '-1', 'all', '11'])
      expect((await json('dlq', 'redrive', '--max', max, '--yes')).code, max).toBe(2);
    expect((await frontdesk(running.data, 'dlq', 'redrive')).code).toBe(2);
  });

  it('lists and shows a letter with its cause, by ids alone, again and again', async () => {
    const root = await undelivered('conv-dlq-1');
    const event = { version: '0', id: 'x', source: 'frontdesk.ingest', 'detail-type': 'MessageReceived', detail: root };
    const id = await letter('classify-dlq', event, {
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: 'Zebulon was here',
      RETRY_ATTEMPTS: '3',
    });
    const row = {
      id,
      queue: 'frontdesk-local-classify-dlq',
      function: 'classify',
      kind: 'undelivered',
      cause: 'no_permissions',
      attempts: 4,
      eventName: 'MessageReceived',
      conversationId: 'conv-dlq-1',
      redrive: 'whole',
    };
    for (let times = 0; times < 2; times += 1) expect((await json('dlq', 'list')).value).toMatchObject([row]);
    const shown = await json('dlq', 'show', id);
    expect(shown).toMatchObject({ code: 0, value: { ...row, eventId: root.metadata.eventId } });
    expect(shown.out).not.toContain('Zebulon');
    expect(await json('dlq', 'show', 'no-such-letter')).toMatchObject({
      code: 1,
      value: { error: { code: 'unknown_letter' } },
    });
  });

  it('takes those of one cause alone', async () => {
    const { value } = await json('dlq', 'redrive', '--max', '10', '--cause', 'unknown_major', '--yes');
    expect(value).toMatchObject({ redriven: 0, givenUp: 0, left: 1 });
    const { out } = await frontdesk(running.data, 'dlq', 'redrive', '--max', '10', '--queue', 'nope', '--yes');
    expect(out.trim().split('\n')).toEqual([
      '1 letter lies there, none of that queue and cause.',
      'Queues: frontdesk-local-classify-dlq.',
      'Causes: no_permissions.',
    ]);
  });

  it('does nothing without --yes but say what would happen', async () => {
    const { code, value } = await json('dlq', 'redrive', '--max', '10');
    expect({ code, value }).toEqual({
      code: 1,
      value: {
        error: {
          code: 'confirmation_needed',
          message: '1 letter would go back to its function',
          cure: 'fix the cause, then add --yes',
        },
      },
    });
    expect((await json('dlq', 'list')).value).toHaveLength(1);
  });

  it('hands a young message back: it is answered once, and the letter is gone', async () => {
    const { code, value, err } = await json('dlq', 'redrive', '--max', '10', '--yes');
    expect({ code, value }).toMatchObject({ code: 0, value: { redriven: 1, routeOnly: 0, givenUp: 0, left: 0 } });
    expect(err).toContain('safe mode is off');
    expect((await stated('conv-dlq-1', 'MessageSettled')).data).toMatchObject({ outcome: 'replied' });
    expect(await repliesTo('conv-dlq-1')).toBe(1);
    expect((await json('dlq', 'list')).value).toEqual([]);
  });

  it('hands a message of more than 24 h back route-only: nobody is answered', async () => {
    const root = await undelivered('conv-dlq-2');
    const yesterday = new Date(Date.now() - 25 * 3_600_000).toISOString();
    const old = { ...root, metadata: { ...root.metadata, receivedAt: yesterday, occurredAt: yesterday } };
    await letter('classify-failures', old, { cause: 'budget_richpanel_timeout' });
    const setAutomation = (value: string) =>
      json('flags', 'set', 'automation_enabled', value, '--reason', 'letters are redriven');
    await setAutomation('false');
    const { value, err } = await json('dlq', 'redrive', '--max', '1', '--yes');
    await setAutomation('true');
    expect(value).toMatchObject({ redriven: 1, routeOnly: 1, letters: [{ outcome: 'route_only' }] });
    // Nobody can be answered while automation is stopped.
    expect(err).not.toContain('safe mode is off');
    const routed = await stated('conv-dlq-2', 'TicketRouted');
    expect(routed.metadata.replay?.name).toMatch(/^recovery-[0-9A-HJKMNP-TV-Z]{26}$/);
    await stated('conv-dlq-2', 'MessageSettled');
    expect(await repliesTo('conv-dlq-2')).toBe(0);
  });

  it('gives up what has no way back: tag on the ticket, record dead, fact stated, letter gone', async () => {
    const root = await undelivered('conv-dlq-3');
    const foreign = { ...root, metadata: { ...root.metadata, schemaVersion: '9.0' } };
    const id = await letter('classify-failures', foreign, { cause: 'unknown_major' });
    const { code, value } = await json('dlq', 'redrive', '--max', '1', '--yes');
    expect({ code, value }).toMatchObject({
      code: 0,
      value: { redriven: 0, givenUp: 1, letters: [{ id, outcome: 'given_up', why: 'unknown_major', isTagged: true }] },
    });
    expect(await tagsOf('conv-dlq-3')).toContain('mw-error-needs-attention');
    const record = await recordOf(root);
    expect([record.status, record.open, record.next_sweep_at]).toEqual(['DEAD', undefined, undefined]);
    const dead = await stated('conv-dlq-3', 'DeadLettered');
    expect([dead.metadata.producer, dead.metadata.rootEventId, dead.data]).toEqual([
      'drain-tool',
      root.metadata.eventId,
      {
        function: 'classify',
        originalEventName: 'MessageReceived',
        originalEventId: root.metadata.eventId,
        cause: 'unknown_major',
        attempts: 1,
      },
    ]);
    expect(await repliesTo('conv-dlq-3')).toBe(0);
  });

  it('a forged letter that names an open message is removed: neither its record nor its ticket is touched', async () => {
    const root = await undelivered('conv-dlq-5');
    const before = await recordOf(root);
    expect(before).toMatchObject({ status: 'RECEIVED', open: 'evt' });
    const id = await letter('classify-failures', root, { cause: 'foreign_source' });
    const refused = { id, redrive: 'foreign_source', isForeign: true };
    expect((await json('dlq', 'list')).value).toMatchObject([refused]);
    expect((await json('dlq', 'redrive', '--max', '1')).value.error.message).toBe(
      '1 letter would be refused as foreign, ticket and record untouched',
    );
    const { code, out } = await frontdesk(running.data, 'dlq', 'redrive', '--max', '1', '--yes');
    expect(code).toBe(0);
    expect(out).toContain(`${id} was refused as foreign: ticket and record that it names were not touched.`);
    const dead = await until(async () =>
      (await trailOf(SYSTEM_PARTITION)).find(({ data }) => data.cause === 'foreign_source'),
    );
    expect(dead.data).toMatchObject({ function: 'classify', originalEventId: root.metadata.eventId });
    expect(await recordOf(root)).toEqual(before);
    expect(await tagsOf('conv-dlq-5')).toEqual([]);
    expect((await trailOf('conv-dlq-5')).map(({ metadata }) => metadata.eventName)).toEqual(['MessageReceived']);
    expect((await json('dlq', 'list')).value).toEqual([]);
  });

  it('a letter that nobody can read is shown without a word of it, and given up', async () => {
    const id = await letter('verify-failures', 'Zebulon asks: where is my parcel?', { cause: 'unreadable_payload' });
    const shown = await json('dlq', 'show', id);
    expect(shown.value).toMatchObject({ cause: 'unreadable_payload', eventName: null, redrive: 'unreadable' });
    expect(shown.out).not.toMatch(/zebulon|parcel/i);
    const { value } = await json('dlq', 'redrive', '--max', '1', '--queue', 'frontdesk-local-verify-failures', '--yes');
    expect(value).toMatchObject({ givenUp: 1, letters: [{ isTagged: false, conversationId: null }] });
    const dead = await until(async () =>
      (await trailOf(SYSTEM_PARTITION)).find(({ data }) => data.cause === 'unreadable_payload'),
    );
    expect(dead.data).toMatchObject({ function: 'verify', originalEventName: 'Unreadable' });
  });

  it('with --target aws the same letters are reached where the environment of the AWS SDK points, and the helpdesk by the key kept there', async () => {
    const { awsEndpoint, richpanelUrl } = instance();
    const before = { ...process.env };
    const keys = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
    Object.assign(process.env, { AWS_ENDPOINT_URL: awsEndpoint, RICHPANEL_BASE_URL: richpanelUrl, ...keys });
    try {
      const at = ['--target', 'aws', '--stage', 'local', 'dlq'];
      const root = await undelivered('conv-dlq-4');
      const foreign = { ...root, metadata: { ...root.metadata, schemaVersion: '9.0' } };
      const id = await letter('classify-failures', foreign, { cause: 'unknown_major' });
      expect((await json(...at, 'list')).value).toMatchObject([{ id, redrive: 'unknown_major' }]);
      const { code, value } = await json(...at, 'redrive', '--max', '1', '--yes');
      expect({ code, value }).toMatchObject({ code: 0, value: { givenUp: 1, letters: [{ id, isTagged: true }] } });
      expect(await tagsOf('conv-dlq-4')).toContain('mw-error-needs-attention');
      expect((await json('--target', 'aws', 'dlq', 'list')).value.error.code).toBe('stage_needed');
    } finally {
      process.env = before;
    }
  });

  it('what failed says why and what to do, in text and JSON, and its letter stays', async () => {
    const root = await undelivered('conv-dlq-6');
    const foreign = { ...root, metadata: { ...root.metadata, schemaVersion: '9.0' } };
    const id = await letter('classify-failures', foreign, { cause: 'unknown_major' });
    const at = ['--target', 'aws', '--stage', 'local', 'dlq', 'redrive', '--max', '1', '--yes'];
    const message = 'the helpdesk did not take the tag (network)';
    const cure = 'the letter stays where it is; try again when the helpdesk answers';
    // Nobody listens there.
    const putBack = standForAws(running.data, { RICHPANEL_BASE_URL: 'http://127.0.0.1:9' });
    try {
      const { code, value } = await json(...at);
      expect({ code, value }).toMatchObject({
        code: 1,
        value: { failed: 1, left: 1, letters: [{ id, outcome: 'failed', why: 'not_tagged', message, cure }] },
      });
      const { out } = await frontdesk(running.data, ...at);
      expect(out.split('\n')).toContain(`${id} failed: ${message}; ${cure}`);
    } finally {
      putBack();
    }
    const { value } = await json('dlq', 'redrive', '--max', '1', '--yes');
    expect(value).toMatchObject({ left: 0, letters: [{ id, outcome: 'given_up', message: null, cure: null }] });
  });
});
