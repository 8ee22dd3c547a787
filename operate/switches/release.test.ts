/** One operator resumes while another stops, through the real client and endpoint: the stop holds (platform §4.10). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SwitchedRule } from '../../events/flags.ts';
import { openDatabase } from '../../local/aws/database.ts';
import { type AwsServer, startAwsServer } from '../../local/aws/server.ts';
import { createSsm } from '../../local/aws/ssm/ssm.ts';
import { type FlagStore, flagStore } from '../flags/parameters.ts';
import { requireSwitch, type Switch } from './levels.ts';
import type { Levers } from './levers.ts';
import { isSet, pull, stillInForce, untilInForce } from './pull.ts';
import { release } from './release.ts';

const ssm = createSsm({ database: openDatabase(null), accountId: '000000000000', region: 'us-east-2' });
const rulesOff = new Set<SwitchedRule>();
/** Runs once, when the next change of a rule has left its operator and has not arrived. */
let beforeRule: (() => Promise<void>) | null = null;
let server: AwsServer;
let flags: FlagStore;
let levers: Levers & { readonly flags: FlagStore };

beforeAll(async () => {
  server = await startAwsServer({ port: 0, services: [ssm.service] });
  flags = flagStore({ awsEndpoint: server.url, region: 'us-east-2', busName: 'frontdesk-local' });
  levers = {
    flags,
    rules: {
      isOn: async (rule) => !rulesOff.has(rule),
      async set(rule, isOn) {
        const others = beforeRule;
        beforeRule = null;
        await others?.();
        if (isOn) rulesOff.delete(rule);
        else rulesOff.add(rule);
      },
    },
    openClaims: async () => new Set(),
    monotonic: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    tell: () => {},
  };
});
afterAll(async () => {
  flags.close();
  await server.close();
});
beforeEach(() => {
  beforeRule = null;
  rulesOff.clear();
});

const about = (by: string) => ({ by, reason: `reason of ${by}` });
const nothing = async (): Promise<void> => {};

/** Returns as the command does: "in force". */
async function stop(one: Switch, by: string): Promise<void> {
  await pull(levers, one, about(by));
  await untilInForce(levers, one, about(by), 10);
}

/** What it gives, or what it throws. */
const outcome = (released: Promise<unknown>): Promise<unknown> => released.catch((error: unknown) => error);
const lostTo = (by: string) => ({
  code: 'version_conflict',
  message: expect.stringMatching(new RegExp(` was changed by ${by} at \\d{4}-.*: it is at version \\d+$`)),
});

describe.each([
  ['a flag', requireSwitch('automation', undefined)],
  ['an entry of a list', requireSwitch('intent', 'refund_request')],
  ['an entry of a list of what is allowed', requireSwitch('channel', 'email')],
  ['a rule', requireSwitch('sever', undefined)],
])('%s', (_case, one) => {
  it('is taken back when nobody stops it meanwhile', async () => {
    await stop(one, 'ann');
    await release(levers, one, about('bob'), nothing);
    expect(await isSet(levers, one)).toBe(false);
    expect((await flags.history(one.parameter)).at(-1)?.by).toBe('bob');
  });

  it('that was stopped again while a resume checked its criteria stays stopped, and the resume hears who and when', async () => {
    await stop(one, 'ann');
    expect(await outcome(release(levers, one, about('bob'), () => stop(one, 'cleo')))).toMatchObject(lostTo('cleo'));
    expect(await isSet(levers, one)).toBe(true);
    expect((await flags.history(one.parameter)).at(-1)?.by).toBe('cleo');
  });

  it('that was stopped again before a resume that had seen the former stop begins stays stopped', async () => {
    await stop(one, 'ann');
    const seen = (await flags.read(one.parameter))?.version ?? 0;
    await stop(one, 'cleo');
    expect(await outcome(release(levers, one, about('bob'), nothing, seen))).toMatchObject(lostTo('cleo'));
    expect(await isSet(levers, one)).toBe(true);
    const now = (await flags.read(one.parameter))?.version ?? 0;
    await release(levers, one, about('bob'), nothing, now);
    expect(await isSet(levers, one)).toBe(false);
  });

  it('is seen to be in force as long as it stands, and no longer', async () => {
    await stop(one, 'ann');
    const before = await flags.history(one.parameter);
    await stillInForce(levers, one, 10, 1_000);
    expect(await flags.history(one.parameter)).toEqual(before);
    await release(levers, one, about('bob'), nothing);
    expect(await outcome(stillInForce(levers, one, 10, 1_000))).toMatchObject({ code: 'switched_back' });
  });

  it('that a resume gave back before a stop is verified is set again', async () => {
    await stop(one, 'ann');
    await pull(levers, one, about('cleo'));
    await release(levers, one, about('bob'), nothing);
    expect(await isSet(levers, one)).toBe(false);
    await untilInForce(levers, one, about('cleo'), 10);
    expect(await isSet(levers, one)).toBe(true);
  });
});

it('is not called in force while a reply that was claimed before has no outcome', async () => {
  const one = requireSwitch('automation', undefined);
  await stop(one, 'ann');
  const told: string[] = [];
  const answers = [new Set(['act:rp_reply:1', 'act:rp_reply:2']), new Set(['act:rp_reply:2', 'act:rp_reply:3'])];
  const openClaims = async () => answers.shift() ?? new Set(['act:rp_reply:3']);
  await stillInForce({ ...levers, openClaims, sleep: nothing, tell: (line) => void told.push(line) }, one, 10, 1_000);
  expect(told).toEqual([
    '2 replies on the way; waiting for the outcome',
    '1 reply on the way; waiting for the outcome',
  ]);
  await release(levers, one, about('bob'), nothing);
});

describe('a rule', () => {
  const one = requireSwitch('sever', undefined);

  it('that was stopped after the parameter was given back is not switched on', async () => {
    await stop(one, 'ann');
    const write: FlagStore['write'] = async (...change) => {
      const stored = await flags.write(...change);
      await stop(one, 'cleo');
      return stored;
    };
    expect(await outcome(release({ ...levers, flags: { ...flags, write } }, one, about('bob'), nothing))).toMatchObject(
      lostTo('cleo'),
    );
    expect(await isSet(levers, one)).toBe(true);
  });

  it('that was stopped while it was being switched on is switched off again', async () => {
    await stop(one, 'ann');
    beforeRule = () => stop(one, 'cleo');
    expect(await outcome(release(levers, one, about('bob'), nothing))).toMatchObject(lostTo('cleo'));
    expect(await isSet(levers, one)).toBe(true);
  });
});
