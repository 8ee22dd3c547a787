import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import type { AwsServer } from '../server.ts';
import { startAwsServer } from '../server.ts';
import { createSecrets } from './secrets.ts';

let now = 1_700_000_000_000;
const secrets = createSecrets({
  database: openDatabase(null),
  accountId: '000000000000',
  region: 'us-east-2',
  now: () => now++,
});
let server: AwsServer;
let client: SecretsManagerClient;

beforeAll(async () => {
  server = await startAwsServer({ port: 0, services: [secrets.service] });
  client = new SecretsManagerClient({
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

let count = 0;
let SecretId: string;
beforeEach(() => {
  count += 1;
  SecretId = `frontdesk/test/richpanel/webhook_token_${count}`;
});

const create = (SecretString: string) => client.send(new CreateSecretCommand({ Name: SecretId, SecretString }));
const put = (SecretString: string, options: object = {}) =>
  client.send(new PutSecretValueCommand({ SecretId, SecretString, ...options }));
const read = async (options: object = {}) =>
  (await client.send(new GetSecretValueCommand({ SecretId, ...options }))).SecretString;

describe('Secrets Manager through the SDK', () => {
  it('moves AWSCURRENT to the new version and AWSPREVIOUS to the one before', async () => {
    const first = await create('one');
    const second = await put('two');
    expect([await read(), await read({ VersionStage: 'AWSPREVIOUS' })]).toEqual(['two', 'one']);
    const third = await put('three');
    expect([await read(), await read({ VersionStage: 'AWSPREVIOUS' })]).toEqual(['three', 'two']);

    const described = await client.send(new DescribeSecretCommand({ SecretId }));
    expect(described.VersionIdsToStages).toEqual({
      [second.VersionId ?? '']: ['AWSPREVIOUS'],
      [third.VersionId ?? '']: ['AWSCURRENT'],
    });
    await expect(read({ VersionId: first.VersionId }), 'a secret without a stage is gone').rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('finds a secret by name, ARN, and ARN without its random end', async () => {
    const { ARN = '' } = await create('value');
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-2:000000000000:secret:frontdesk\/test\/.*-[0-9a-zA-Z]{6}$/);
    expect(await read({ SecretId: ARN })).toBe('value');
    expect(await read({ SecretId: ARN.slice(0, -7) })).toBe('value');
  });

  it('does nothing twice for the same request token', async () => {
    await create('one');
    const ClientRequestToken = 'a'.repeat(32);
    await put('two', { ClientRequestToken });
    await put('two', { ClientRequestToken });
    expect(await read({ VersionStage: 'AWSPREVIOUS' })).toBe('one');
    await expect(put('other', { ClientRequestToken })).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  it('leaves the current version alone when another stage is named', async () => {
    await create('one');
    await put('two', { VersionStages: ['NEXT'] });
    expect([await read(), await read({ VersionStage: 'NEXT' })]).toEqual(['one', 'two']);
  });

  it('moves AWSCURRENT only from the version that the caller names: of two, one comes first', async () => {
    const first = await create('one');
    const [mine, other] = [
      await put('mine', { VersionStages: ['mine'] }),
      await put('other', { VersionStages: ['other'] }),
    ];
    expect(await read()).toBe('one');
    const move = (MoveToVersionId: string | undefined, RemoveFromVersionId?: string) =>
      client.send(
        new UpdateSecretVersionStageCommand({
          SecretId,
          VersionStage: 'AWSCURRENT',
          MoveToVersionId,
          RemoveFromVersionId,
        }),
      );
    await expect(move(mine.VersionId)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await move(mine.VersionId, first.VersionId);
    await expect(move(other.VersionId, first.VersionId)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await move(mine.VersionId);
    expect([await read(), await read({ VersionStage: 'AWSPREVIOUS' })]).toEqual(['mine', 'one']);
    await expect(move('unknown-version', mine.VersionId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });

    const { Versions = [] } = await client.send(new ListSecretVersionIdsCommand({ SecretId }));
    expect(Object.fromEntries(Versions.map(({ VersionId, VersionStages }) => [VersionId, VersionStages]))).toEqual({
      [first.VersionId ?? '']: ['AWSPREVIOUS'],
      [mine.VersionId ?? '']: ['mine', 'AWSCURRENT'],
      [other.VersionId ?? '']: ['other'],
    });
    expect(JSON.stringify(Versions)).not.toContain('"one"');

    await move(first.VersionId, mine.VersionId);
    expect([await read(), await read({ VersionStage: 'AWSPREVIOUS' })], 'back to the one before').toEqual([
      'one',
      'mine',
    ]);
  });

  it('takes a label of its own off a version, and never AWSCURRENT', async () => {
    const { VersionId: RemoveFromVersionId } = await create('one');
    await put('two', { VersionStages: ['aside'] });
    const describe = () => client.send(new DescribeSecretCommand({ SecretId }));
    const [aside] = Object.entries((await describe()).VersionIdsToStages ?? {}).find(([, s]) => s[0] === 'aside') ?? [];
    const remove = (VersionStage: string, from: string | undefined) =>
      client.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage, RemoveFromVersionId: from }));
    await remove('aside', aside);
    expect((await describe()).VersionIdsToStages).toEqual({ [RemoveFromVersionId ?? '']: ['AWSCURRENT'] });
    await expect(remove('AWSCURRENT', RemoveFromVersionId)).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('keeps bytes', async () => {
    await client.send(new CreateSecretCommand({ Name: SecretId, SecretBinary: new Uint8Array([0, 1, 255]) }));
    const { SecretBinary } = await client.send(new GetSecretValueCommand({ SecretId }));
    expect([...(SecretBinary ?? [])]).toEqual([0, 1, 255]);
  });

  it('names what is missing and what is there', async () => {
    await expect(read()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(put('x')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await create('one');
    await expect(create('two')).rejects.toMatchObject({ name: 'ResourceExistsException' });
    await expect(client.send(new PutSecretValueCommand({ SecretId }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('secrets in the process', () => {
  it('makes, changes and keeps a value', async () => {
    secrets.put(SecretId, 'one');
    const { VersionId } = await client.send(new GetSecretValueCommand({ SecretId }));
    secrets.put(SecretId, 'one');
    expect((await client.send(new GetSecretValueCommand({ SecretId }))).VersionId).toBe(VersionId);
    secrets.put(SecretId, 'two');
    expect([secrets.value(SecretId), secrets.value('frontdesk/test/none')]).toEqual(['two', null]);
  });
});
