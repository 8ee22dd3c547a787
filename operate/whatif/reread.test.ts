/** `whatif` beside a running instance: over its endpoint, and with tickets read again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../local/platform/release.ts';
import { decisionOf, type Good } from '../../test/openai-stand-in/answers.ts';
import { STAND_IN_KEY, startStandIn } from '../../test/openai-stand-in/server.ts';
import { runCommandLine } from '../command-line.ts';
import { MOST_READS, WITHIN_MS } from '../instance/few-reads.ts';
import { frontdesk, frontdeskJson, instanceIn, type RunningInstance, startedInstance } from '../instance/testing.ts';
import { ticketReader } from './reread-parts.ts';

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

  it('without a word about it in the file asks the classifier that this machine has, and says so', async () => {
    const { value } = await whatif({}, ['--reread']);
    // Nobody needs to be asked about the lawyer.
    const asked = MESSAGES.length - 1;
    const reread = { classifier: 'embedded', version: expect.any(String), messages: asked, read: asked };
    expect(value.reread).toEqual(reread);
    expect(value.layers.leavesOut[0]).toBe('labels and screen hits: as they were read');
    expect((await whatif({})).value).not.toHaveProperty('reread');
    const file = join(running.data, 'whatif-policy.json');
    const { out } = await frontdesk(running.data, 'whatif', '--policy', file, '--reread');
    expect(out).toContain(`Read again: ${asked} of ${asked} messages, by the embedded classifier (`);
  });

  it('interrupted ends with one sentence and writes nothing', async () => {
    const standIn = await startStandIn(() => ({ kind: 'hang' }));
    const out = join(running.data, 'interrupted.json');
    const file = join(running.data, 'interrupted-policy.json');
    writeFileSync(file, JSON.stringify({ reread: { classifier: 'openai' } }));
    const args = ['--data', running.data, 'whatif', '--policy', file, '--reread', '--out', out];
    const child = spawn(process.execPath, [join(ROOT, 'bin/frontdesk.js'), ...args], {
      cwd: ROOT,
      env: { ...process.env, OPENAI_API_KEY: STAND_IN_KEY, OPENAI_BASE_URL: standIn.url },
    });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      said.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said.err += chunk;
    });
    const ended = once(child, 'close');
    try {
      await expect.poll(() => standIn.told.length, { timeout: 20_000 }).toBeGreaterThan(0);
      const began = performance.now();
      child.kill('SIGINT');
      expect(await ended).toEqual([1, null]);
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(said).toEqual({
        out: '',
        err: 'frontdesk: the reading was interrupted; nothing is written; start it again\n',
      });
      expect(existsSync(out)).toBe(false);
    } finally {
      child.kill('SIGKILL');
      await standIn.close();
    }
  }, 60_000);

  it('tells each time that there is no place for a request, and asks for none once it is interrupted', async () => {
    let ahead = 0;
    let waits = 0;
    const clock = {
      now: () => Date.now() + ahead,
      monotonic: () => performance.now() + ahead,
      sleep: async (ms: number) => {
        ahead += ms;
      },
    };
    const stopping = new AbortController();
    const onNoPlace = () => {
      waits += 1;
    };
    const tickets = ticketReader(instanceIn(running.data), { clock, signal: stopping.signal, onNoPlace });
    for (let read = 0; read < MOST_READS; read += 1) expect(await tickets.ticket('conv-nobody')).toBeNull();
    expect(waits).toBe(0);
    await expect(tickets.ticket('conv-nobody')).rejects.toThrow('rate_limited');
    expect(waits).toBeGreaterThan(0);
    ahead += WITHIN_MS;
    stopping.abort();
    await expect(tickets.ticket('conv-nobody')).rejects.toThrow('rate_limited');
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
