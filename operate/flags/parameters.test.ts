/** Several operators at one flag, through the real client and endpoint (platform §4.10, interfaces §3). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../local/aws/database.ts';
import { type AwsServer, startAwsServer } from '../../local/aws/server.ts';
import type { AwsOperation } from '../../local/aws/service.ts';
import { createSsm } from '../../local/aws/ssm/ssm.ts';
import { requireSwitch } from '../switches/levels.ts';
import type { Levers } from '../switches/levers.ts';
import { isSet, pull, untilInForce } from '../switches/pull.ts';
import { type FlagStore, flagStore } from './parameters.ts';

const PREFIX = '/frontdesk/local/';
const ssm = createSsm({ database: openDatabase(null), accountId: '000000000000', region: 'us-east-2' });
const { operations } = ssm.service;
const put: AwsOperation = (input) => operations.PutParameter?.(input);
/** Runs once, when the next write has left its operator and has not arrived. */
let meanwhile: (() => void) | null = null;
const PutParameter: AwsOperation = (input) => {
  const others = meanwhile;
  meanwhile = null;
  others?.();
  return put(input);
};
let server: AwsServer;
let store: FlagStore;

beforeAll(async () => {
  server = await startAwsServer({
    port: 0,
    services: [{ ...ssm.service, operations: { ...operations, PutParameter } }],
  });
  store = flagStore({ awsEndpoint: server.url, region: 'us-east-2', busName: 'frontdesk-local' });
});
afterAll(async () => {
  store.close();
  await server.close();
});
beforeEach(() => {
  meanwhile = null;
  for (const name of ['blocked_intents', 'automation_enabled_channels']) {
    if (ssm.value(PREFIX + name) !== null) operations.DeleteParameter?.({ Name: PREFIX + name });
  }
});

const about = (by: string) => ({ by, reason: `reason of ${by}` });

describe('a lost race', () => {
  it('is refused with who and when', async () => {
    const first = await store.write('blocked_intents', 'refund_request', about('ann'), 0);
    await expect(store.write('blocked_intents', 'none', about('bob'), 0)).rejects.toMatchObject({
      code: 'version_conflict',
      message: `blocked_intents was changed by ann at ${first.changedAt}: it is at version 1`,
    });
    expect(await store.read('blocked_intents')).toEqual(first);
  });

  it('lost between reading and writing it is refused too, and what the other one set stands again', async () => {
    await store.write('blocked_intents', 'none', about('ann'), 0);
    meanwhile = () => {
      const Description = JSON.stringify({ ...about('cleo'), basedOn: 1 });
      put({ Name: `${PREFIX}blocked_intents`, Value: 'refund_request', Overwrite: true, Description });
    };
    await expect(store.write('blocked_intents', 'damaged_item', about('bob'), 1)).rejects.toMatchObject({
      code: 'version_conflict',
      message: expect.stringMatching(/^blocked_intents was changed by cleo at .*: it is at version 2$/),
    });
    expect(await store.history('blocked_intents')).toMatchObject([
      { version: 1, value: 'none', by: 'ann' },
      { version: 2, value: 'refund_request', by: 'cleo' },
      { version: 3, value: 'damaged_item', by: 'bob' },
      { version: 4, value: 'refund_request', by: 'cleo' },
    ]);
  });

  it('of two first values only one is stored', async () => {
    meanwhile = () => void ssm.put(`${PREFIX}blocked_intents`, 'refund_request', 'String');
    await expect(store.write('blocked_intents', 'none', about('bob'), 0)).rejects.toMatchObject({
      code: 'version_conflict',
      message: expect.stringContaining('changed by somebody without the command line'),
    });
    expect(await store.read('blocked_intents')).toMatchObject({ value: 'refund_request', version: 1 });
  });
});

describe('stops at the same time', () => {
  const levers = (flags: Pick<FlagStore, 'read' | 'write'> = store): Levers => ({
    flags,
    rules: { isOn: async () => true, set: async () => {} },
    openClaims: async () => new Set(),
    monotonic: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    tell: () => {},
  });

  it('all hold, and none is refused', async () => {
    const intents = ['refund_request', 'damaged_item', 'order_status_tracking', 'cancel_order', 'billing_issue'];
    const switches = intents.map((intent) => requireSwitch('intent', intent));
    await Promise.all(
      switches.map(async (one, index) => {
        await pull(levers(), one, about(`p${index}`));
        await untilInForce(levers(), one, about(`p${index}`), 100);
      }),
    );
    expect(await Promise.all(switches.map((one) => isSet(levers(), one)))).toEqual(switches.map(() => true));
  });

  it('one that is written over by somebody who had read before is set again before it returns', async () => {
    const email = requireSwitch('channel', 'email');
    await store.write('automation_enabled_channels', 'livechat,email', about('ann'), 0);
    await pull(levers(), email, about('bob'));
    ssm.put(`${PREFIX}automation_enabled_channels`, 'email');
    await untilInForce(levers(), email, about('bob'), 10);
    expect(await store.read('automation_enabled_channels')).toMatchObject({ value: 'none' });
  });
});
