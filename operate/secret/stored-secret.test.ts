/** Compare and set on Secrets Manager, by the real client on the endpoint of this machine. */
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../local/aws/database.ts';
import { createSecrets } from '../../local/aws/secrets/secrets.ts';
import { type AwsServer, startAwsServer } from '../../local/aws/server.ts';
import { clientConfiguration } from '../instance/clients.ts';
import { versionsOf } from './inventory.ts';
import { secretStore } from './stored-secret.ts';

let server: AwsServer;
let client: SecretsManagerClient;
beforeAll(async () => {
  const secrets = createSecrets({ database: openDatabase(null), accountId: '000000000000', region: 'us-east-2' });
  server = await startAwsServer({ port: 0, services: [secrets.service] });
  client = new SecretsManagerClient(clientConfiguration({ region: 'us-east-2', awsEndpoint: server.url }));
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

async function made(name: string) {
  await client.send(new CreateSecretCommand({ Name: name, SecretString: 'one' }));
  return secretStore(client, name);
}

describe('secretStore', () => {
  it('replaces the version that it was decided on, and keeps that one as the previous', async () => {
    const store = await made('frontdesk/test/one');
    const first = await store.read();
    expect(await store.previous()).toBeNull();
    const second = await store.replace(first.version, 'two');
    expect(await store.read()).toEqual(second);
    expect([second.text, (await store.previous())?.text]).toEqual(['two', 'one']);
    const stages = (await versionsOf(client, 'frontdesk/test/one')).map((version) => version.stages.toSorted());
    expect(stages).toContainEqual(['AWSCURRENT', 'AWSPENDING']);
    expect(stages).toContainEqual(['AWSPREVIOUS']);
  });

  it('of two writers on the same version one is refused, and nothing of it is in force', async () => {
    const store = await made('frontdesk/test/two');
    const { version } = await store.read();
    const both = await Promise.allSettled([store.replace(version, 'mine'), store.replace(version, 'other')]);
    const won = both.flatMap((one) => (one.status === 'fulfilled' ? one.value.text : []));
    expect(won).toHaveLength(1);
    expect(both.flatMap((one) => (one.status === 'rejected' ? one.reason.code : []))).toEqual(['changed_meanwhile']);
    expect((await store.read()).text).toBe(won[0]);
  });

  it('does not write over a change made by hand', async () => {
    const store = await made('frontdesk/test/three');
    const { version } = await store.read();
    await client.send(new PutSecretValueCommand({ SecretId: 'frontdesk/test/three', SecretString: 'by hand' }));
    await expect(store.replace(version, 'mine')).rejects.toMatchObject({ code: 'changed_meanwhile' });
    expect((await store.read()).text).toBe('by hand');
  });

  it('names a secret that is not there', async () => {
    await expect(secretStore(client, 'frontdesk/test/none').read()).rejects.toMatchObject({ code: 'no_secret' });
    expect(await versionsOf(client, 'frontdesk/test/none')).toEqual([]);
  });
});
