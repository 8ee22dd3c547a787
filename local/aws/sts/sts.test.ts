import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { startAwsServer } from '../server.ts';
import { createSts } from './sts.ts';

const identity = { Account: '000000000000', UserId: '000000000000', Arn: 'arn:aws:iam::000000000000:root' };

describe('STS', () => {
  it('names the account whatever the credentials are', async () => {
    const sts = createSts({ accountId: '000000000000' });
    const server = await startAwsServer({ port: 0, services: [sts.service], rawHandlers: [sts.rawHandler] });
    const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
    const client = new STSClient({ endpoint: server.url, region: 'us-east-2', credentials });
    expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject(identity);

    const body = new URLSearchParams({ Version: '2011-06-15', Action: 'AssumeRole' });
    const refused = await fetch(server.url, { method: 'POST', body });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('InvalidAction')]);
    client.destroy();
    await server.close();
  });
});
