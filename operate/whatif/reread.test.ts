/** `whatif` beside a running instance: over its endpoint, and with tickets read again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decisionOf, type Good } from '../../test/openai-stand-in/answers.ts';
import { STAND_IN_KEY, startStandIn } from '../../test/openai-stand-in/server.ts';
import { runCommandLine } from '../command-line.ts';
import { frontdeskJson, instanceIn, type RunningInstance, startedInstance } from '../instance/testing.ts';

const MESSAGES = [
  'where is my order?',
  'my parcel arrived damaged',
  'please cancel my order',
  'my lawyer will hear of this',
];
const REFUND: Good = {
  intent: 'refund_request',
  team: 'Returns Admin',
  template: 't_refund_request_intake',
  tier: 'TIER_1_SAFE_ASSIST',
};
let running: RunningInstance;
let decisions = 0;

beforeAll(async () => {
  running = await startedInstance();
  for (const text of MESSAGES) await frontdeskJson(running.data, 'say', text);
  // The trail follows the facts by a moment.
  for (let before = -1, messages = 0; messages < MESSAGES.length || before !== decisions; ) {
    before = decisions;
    await sleep(500);
    ({ decisions, messages } = (await whatif({})).value);
  }
}, 120_000);
afterAll(async () => {
  await running.stop();
  running.remove();
});

async function whatif(policy: unknown, more: readonly string[] = [], variables: Record<string, string> = {}) {
  const file = join(running.data, 'whatif-policy.json');
  writeFileSync(file, JSON.stringify(policy));
  let out = '';
  const code = await runCommandLine(['--data', running.data, '--json', 'whatif', '--policy', file, ...more], {
    out: (text) => {
      out += text;
    },
    err: () => {},
    variables,
  });
  return { code, value: JSON.parse(out) };
}

async function writesToHelpdesk(): Promise<unknown[]> {
  const instance = instanceIn(running.data);
  const answer = await fetch(`${instance.richpanelUrl}/__sandbox/writes?since=0`);
  return (await answer.json()) as unknown[];
}

describe('over the endpoint', () => {
  it('decides what really happened the same, at every stage', async () => {
    const { code, value } = await whatif({});
    expect(code).toBe(0);
    expect(value).toMatchObject({ messages: MESSAGES.length, different: 0, undecidable: 0, differentOfThisRelease: 0 });
    expect(value.byOutcome.replied.before).toBeGreaterThan(0);
    expect(value.decisions).toBeGreaterThan(MESSAGES.length);
  });

  it('tells what a switch would have changed', async () => {
    const { value } = await whatif({ flags: { automation_enabled: false } });
    expect(value.replies.before).toBeGreaterThan(0);
    expect(value.replies.after).toBe(0);
  });
});

describe('--reread', () => {
  it('reads the tickets again, comes to the same with the same classifier, and writes nothing', async () => {
    const before = await writesToHelpdesk();
    const { code, value } = await whatif({}, ['--reread']);
    expect(code).toBe(0);
    expect(value).toMatchObject({ messages: MESSAGES.length, different: 0, undecidable: 0 });
    expect(await writesToHelpdesk()).toEqual(before);
  });

  it('asks no model without a key', async () => {
    const { code, value } = await whatif({ reread: { classifier: 'openai' } }, ['--reread']);
    expect(code).toBe(1);
    expect(value.error.code).toBe('no_key');
  });

  it('asks a model in shadow, and counts what it cost', async () => {
    const standIn = await startStandIn(() => ({ kind: 'answer', output: decisionOf(REFUND) }));
    const variables = { OPENAI_API_KEY: STAND_IN_KEY, OPENAI_BASE_URL: standIn.url };
    try {
      const { value } = await whatif({ reread: { classifier: 'openai' } }, ['--reread'], variables);
      expect(standIn.objections).toEqual([]);
      const asked = standIn.told.filter(({ kind }) => kind === 'classify');
      // Nobody needs to be asked about the lawyer.
      expect(asked).toHaveLength(MESSAGES.length - 1);
      const first = value.differences.filter(({ stage }: { stage: string }) => stage === 'classification');
      expect(first.map(({ after }: { after: { primaryIntent: string } }) => after.primaryIntent)).toEqual(
        asked.map(() => 'refund_request'),
      );
      expect(value.cost.usdBefore).toBe(0);
      expect(value.cost.usdAfter).toBeGreaterThan(0);
    } finally {
      await standIn.close();
    }
  });

  it('lets another model than the thresholds were fitted on reply to nobody (decisions §5.5)', async () => {
    const standIn = await startStandIn(() => ({ kind: 'answer', output: decisionOf(REFUND) }));
    const variables = { OPENAI_API_KEY: STAND_IN_KEY, OPENAI_BASE_URL: standIn.url };
    try {
      const { value } = await whatif({ reread: { model: 'gpt-5-other' } }, ['--reread'], variables);
      expect(standIn.told.some(({ body }) => body.model === 'gpt-5-other')).toBe(true);
      expect(value.replies.after).toBe(0);
    } finally {
      await standIn.close();
    }
  });
});
