/** Platform §1.1: every operator's command checks account and region against the stage and aborts on mismatch. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EMPTY, FILLED } from '../../stacks/stages.testing.ts';
import type { StageTable } from '../../stacks/stages.ts';
import { runCommandLine } from '../command-line.ts';

const ACCOUNT = '123456789012';
/** What stands in for AWS: which bus and which parameter it knows, by their ARNs. `null`: it has none; `undefined`: it is out of order. */
let bus: string | null | undefined;
let parameter: string | null = null;
let asked: string[] = [];
let server: Server;
const before = { ...process.env };

beforeAll(async () => {
  server = createServer((request, response) => {
    const target = String(request.headers['x-amz-target']);
    asked.push(target.split('.').at(-1) ?? '');
    const say = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(body));
    };
    if (target.endsWith('.DescribeEventBus')) {
      if (bus === undefined) say(500, { __type: 'InternalException' });
      else if (bus === null) say(400, { __type: 'ResourceNotFoundException', message: 'no such bus' });
      else say(200, { Name: 'frontdesk-prod', Arn: bus });
    } else if (target.endsWith('.GetParameters')) {
      say(200, { Parameters: parameter === null ? [] : [{ Name: 'x', Value: 'true', Version: 1, ARN: parameter }] });
    } else say(400, { __type: 'AccessDeniedException' });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const keys = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
  Object.assign(process.env, keys, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
});
afterAll(() => {
  process.env = before;
  server.close();
});
afterEach(() => {
  asked = [];
  parameter = null;
});

async function archives(
  stage: string,
  variables: Readonly<Record<string, string>> = { FRONTDESK_ACCOUNT_ID: ACCOUNT },
  stages: StageTable = EMPTY,
) {
  let out = '';
  const code = await runCommandLine(['--json', '--target', 'aws', '--stage', stage, 'archive', 'list'], {
    out: (text) => {
      out += text;
    },
    err: () => {},
    variables,
    stages,
  });
  return { code, error: JSON.parse(out).error as { code: string; message: string; cure: string } };
}
const arnIn = (account: string, region = 'us-east-2') => `arn:aws:events:${region}:${account}:event-bus/frontdesk-prod`;

describe('credentials that lead elsewhere', () => {
  it('to another account are refused before anything else is asked', async () => {
    bus = arnIn('999999999999');
    expect(await archives('prod')).toEqual({
      code: 1,
      error: {
        code: 'wrong_place',
        message: `prod.accountId: the credentials are of account 999999999999, the stage is in ${ACCOUNT}`,
        cure: 'use credentials of the stage’s account (AWS_PROFILE), or name the right stage',
      },
    });
    expect(asked).toEqual(['DescribeEventBus']);
  });

  it('to another account than the table’s are refused, whatever the environment says', async () => {
    bus = arnIn(ACCOUNT);
    const { error } = await archives('prod', { FRONTDESK_ACCOUNT_ID: ACCOUNT }, FILLED);
    expect(error.message).toBe(
      `prod.accountId: the credentials are of account ${ACCOUNT}, the stage is in ${FILLED.prod.accountId}`,
    );
  });

  it('to another region are refused', async () => {
    bus = arnIn(ACCOUNT, 'us-west-2');
    expect((await archives('prod')).error.message).toBe(
      'prod.region: the region is us-west-2, the stage is in us-east-2',
    );
  });

  it('to an account without the stage are refused', async () => {
    bus = null;
    expect((await archives('prod')).error.code).toBe('stage_not_found');
  });
});

describe('the stage’s own credentials', () => {
  it('let the command go on', async () => {
    bus = arnIn(ACCOUNT);
    await archives('prod');
    expect(asked).toContain('ListArchives');
  });

  it('are known by a parameter while EventBridge is out of order', async () => {
    bus = undefined;
    parameter = `arn:aws:ssm:us-east-2:999999999999:parameter/frontdesk/prod/safe_mode`;
    expect((await archives('prod')).error.code).toBe('wrong_place');
  });
});

it('a stage without an account, or that is none, is not reached at all', async () => {
  bus = arnIn(ACCOUNT);
  expect((await archives('prod', {})).error).toMatchObject({ code: 'account_unset' });
  expect(await archives('elsewhere')).toMatchObject({ code: 2, error: { code: 'unknown_stage' } });
  expect(asked).toEqual([]);
});
