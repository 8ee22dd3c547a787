import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import type { AwsServer } from '../server.ts';
import { startAwsServer } from '../server.ts';
import type { ParameterChange } from './ssm.ts';
import { createSsm } from './ssm.ts';

const changes: ParameterChange[] = [];
const ssm = createSsm({
  database: openDatabase(null),
  accountId: '000000000000',
  region: 'us-east-2',
  now: () => 1_700_000_000_500,
  onChange: (change) => changes.push(change),
});
let server: AwsServer;
let client: SSMClient;

beforeAll(async () => {
  server = await startAwsServer({ port: 0, services: [ssm.service] });
  client = new SSMClient({
    endpoint: server.url,
    region: 'us-east-2',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await server.close();
});

let root: string;
let roots = 0;
beforeEach(() => {
  roots += 1;
  root = `/frontdesk/test${roots}`;
  changes.length = 0;
});

const put = (name: string, Value: string, options: Partial<PutParameterCommandInput> = {}) =>
  client.send(new PutParameterCommand({ Name: `${root}/${name}`, Value, Type: 'String', ...options }));

describe('Parameter Store through the SDK', () => {
  it('stores, versions and reads a parameter', async () => {
    expect((await put('safe_mode', 'true')).Version).toBe(1);
    expect((await put('safe_mode', 'false', { Overwrite: true })).Version).toBe(2);
    const { Parameter } = await client.send(new GetParameterCommand({ Name: `${root}/safe_mode` }));
    expect(Parameter).toEqual({
      Name: `${root}/safe_mode`,
      Type: 'String',
      Value: 'false',
      Version: 2,
      LastModifiedDate: new Date(1_700_000_000_500),
      ARN: `arn:aws:ssm:us-east-2:000000000000:parameter${root}/safe_mode`,
      DataType: 'text',
    });
    const old = await client.send(new GetParameterCommand({ Name: `${root}/safe_mode:1` }));
    expect(old.Parameter).toMatchObject({ Value: 'true', Version: 1, Selector: ':1' });
  });

  it('refuses to overwrite by accident', async () => {
    await put('flag', 'a');
    await expect(put('flag', 'b')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    expect(ssm.value(`${root}/flag`)).toBe('a');
  });

  it('names what is missing', async () => {
    await put('flag', 'a');
    const read = (Name: string) => client.send(new GetParameterCommand({ Name }));
    await expect(read(`${root}/nowhere`)).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(read(`${root}/flag:9`)).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
    await expect(client.send(new DeleteParameterCommand({ Name: `${root}/nowhere` }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  });

  it('reads up to ten at once and lists the invalid names', async () => {
    await put('a', '1');
    const Names = [`${root}/a`, `${root}/missing`];
    const answer = await client.send(new GetParametersCommand({ Names }));
    expect(answer.Parameters?.map((parameter) => parameter.Value)).toEqual(['1']);
    expect(answer.InvalidParameters).toEqual([`${root}/missing`]);
    const eleven = Array.from({ length: 11 }, (_, index) => `${root}/${index}`);
    await expect(client.send(new GetParametersCommand({ Names: eleven }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('pages through a path, one level or all', async () => {
    for (const name of ['a', 'b', 'c', 'template_enabled/x']) await put(name, name);
    const read = async (Recursive: boolean, Path = root) => {
      const names: string[] = [];
      let NextToken: string | undefined;
      do {
        const page = await client.send(new GetParametersByPathCommand({ Path, Recursive, MaxResults: 2, NextToken }));
        expect(page.Parameters?.length).toBeLessThanOrEqual(2);
        names.push(...(page.Parameters ?? []).map((parameter) => parameter.Name?.slice(root.length + 1) ?? ''));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return names;
    };
    expect(await read(false)).toEqual(['a', 'b', 'c']);
    expect(await read(true)).toEqual(['a', 'b', 'c', 'template_enabled/x']);
    expect(await read(true, `${root}/template_enabled/`)).toEqual(['template_enabled/x']);
    expect(await read(true, root.slice(0, -1)), 'a path is whole segments').toEqual([]);
  });

  it('returns the newest version of each parameter below a path', async () => {
    await put('a', 'old');
    await put('a', 'new', { Overwrite: true });
    const { Parameters } = await client.send(new GetParametersByPathCommand({ Path: root }));
    expect(Parameters?.map((parameter) => [parameter.Value, parameter.Version])).toEqual([['new', 2]]);
  });

  it('keeps the history', async () => {
    await put('a', 'one', { Description: 'first' });
    await put('a', 'two', { Overwrite: true });
    const { Parameters } = await client.send(new GetParameterHistoryCommand({ Name: `${root}/a` }));
    expect(Parameters?.map((one) => [one.Version, one.Value, one.Description])).toEqual([
      [1, 'one', 'first'],
      [2, 'two', 'first'],
    ]);
  });

  it('tells every change with its operation', async () => {
    await put('a', '1');
    await put('a', '2', { Overwrite: true });
    await expect(put('a', '3')).rejects.toThrow();
    await client.send(new DeleteParameterCommand({ Name: `${root}/a` }));
    const change = { name: `${root}/a`, type: 'String' };
    expect(changes).toEqual([
      { ...change, operation: 'Create' },
      { ...change, operation: 'Update' },
      { ...change, operation: 'Delete' },
    ]);
  });

  it('shows a secure string only with decryption', async () => {
    await put('secret', 'plain', { Type: 'SecureString' });
    const read = async (WithDecryption: boolean) =>
      (await client.send(new GetParameterCommand({ Name: `${root}/secret`, WithDecryption }))).Parameter?.Value;
    expect(await read(true)).toBe('plain');
    expect(await read(false)).not.toContain('plain');
  });

  it.each([
    ['a name without leading slash in a hierarchy', { Name: 'frontdesk/local/x' }],
    ['a reserved name', { Name: '/aws/x' }],
    ['16 levels', { Name: '/x'.repeat(16) }],
    ['a value over 4 KB', { Value: 'x'.repeat(4097) }],
    ['no type for a new parameter', { Type: undefined }],
  ])('refuses %s', async (_, options) => {
    await expect(put('bad', 'x', options)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
