/** The real commands against a real instance, whose waits are a hundredth as long. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAsCustomer } from '../instance/sandbox.ts';
import { frontdesk, frontdeskJson, instanceIn, type RunningInstance, startedInstance } from '../instance/testing.ts';

let running: RunningInstance;
beforeAll(async () => {
  process.env.FRONTDESK_TIME_SCALE = '0.01';
  running = await startedInstance();
  delete process.env.FRONTDESK_TIME_SCALE;
}, 120_000);
afterAll(async () => {
  await running.stop();
  running.remove();
});

const json = (...args: readonly string[]) => frontdeskJson(running.data, ...args);
const instance = () => instanceIn(running.data);
const ready = () => JSON.parse(readFileSync(join(running.data, 'instance.json'), 'utf8'));
async function statusWith(token: string): Promise<number> {
  const { webhookUrl, webhookHeader } = ready();
  const body = JSON.stringify({ ticket_id: 't-1', trigger: 'agent_message' });
  const headers = { 'content-type': 'application/json', [webhookHeader]: token };
  return (await fetch(webhookUrl, { method: 'POST', headers, body })).status;
}

describe('secret', () => {
  it('changes the token of door and sender, refuses a second operator, and shows no token', async () => {
    const former = ready().webhookToken;
    const before = await json('secret', 'status');
    expect(before.value.webhook).toMatchObject({ slots: [{ slot: 0 }], rotation: null });
    expect(before.value.secrets.map(({ name, state }: { name: string; state: string }) => [name, state])).toEqual([
      ['frontdesk/local/richpanel/api_key', 'fresh'],
      ['frontdesk/local/richpanel/webhook_token', 'fresh'],
      ['frontdesk/local/richpanel/bot_agent_id', 'fresh'],
      ['frontdesk/local/openai/api_key', 'missing'],
      ['frontdesk/local/hash_salt', 'fresh'],
      ['frontdesk/local/vault_key', 'fresh'],
    ]);

    const first = json('secret', 'rotate', 'webhook', '--emergency');
    await expect
      .poll(async () => (await json('secret', 'status')).value.webhook.rotation?.phase, { timeout: 60_000 })
      .toBe('both');
    const [second, during] = [await json('secret', 'rotate', 'webhook'), await json('secret', 'status')];
    expect(second).toMatchObject({ code: 1, value: { error: { code: 'under_way' } } });
    expect(second.value.error.message).toMatch(/^a rotation is under way: \S+ since \d{4}-/);
    expect(during.value.webhook.slots).toHaveLength(2);

    const rotated = await first;
    expect(rotated.value).toMatchObject({ result: 'rotated', oldRefused: true });
    expect(rotated.err).toContain('safe_mode is in force');
    await expect.poll(() => ready().webhookToken, { timeout: 60_000 }).not.toBe(former);
    const { webhookToken } = ready();
    expect(webhookToken).toMatch(/^[0-9a-f]{64}$/);
    expect([await statusWith(webhookToken), await statusWith(former)]).toEqual([200, 401]);

    const { webhooks } = await writeAsCustomer(instance(), { text: 'thanks, that is all' });
    expect(
      webhooks.map(({ status }) => status),
      'the sandbox has the new one',
    ).toEqual([200]);
    // Told by the function's log, which is written a moment after the answer.
    await expect
      .poll(async () => (await json('secret', 'status')).value.webhook.slots[0]?.lastUsedAt, { timeout: 30_000 })
      .toEqual(expect.any(String));
    const after = await json('secret', 'status');
    expect(after.value.webhook).toMatchObject({ rotation: null, slots: [{ slot: 0, lastUsedAt: expect.any(String) }] });
    expect((await json('flags', 'get', 'safe_mode')).value).toMatchObject({ value: true });
    for (const { out, err } of [before, second, during, rotated, after])
      for (const token of [former, webhookToken]) expect(out + err).not.toContain(token.slice(0, 12));
  }, 120_000);

  it('shows a token on a terminal only', async () => {
    const piped = await frontdesk(running.data, 'secret', 'rotate', 'webhook', '--show-token');
    expect(piped).toMatchObject({ code: 2, out: '' });
    expect(piped.err).toContain('on a terminal only');
    expect((await json('secret', 'rotate', 'webhook', '--show-token')).value.error.code).toBe('token_in_json');
  });

  it('has nothing to undo, and says so before safe mode is set', async () => {
    // An emergency before this one set it for a reason.
    const { code } = await json('flags', 'set', 'safe_mode', 'false', '--reason', 'test', '--yes');
    expect(code).toBe(0);
    const refused = await json('secret', 'rotate', 'webhook', '--undo', '--emergency');
    expect(refused).toMatchObject({ code: 1, value: { error: { code: 'nothing_to_undo' } } });
    expect((await json('flags', 'get', 'safe_mode')).value).toMatchObject({ value: false });
  });
});
