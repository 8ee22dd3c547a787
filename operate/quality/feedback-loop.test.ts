/** The loop on one machine: an agent tags a ticket → the fact → `quality` shows it → labels → rows that `npm run eval` reads. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frontdesk, frontdeskJson, instanceIn, type RunningInstance, startedInstance } from '../instance/testing.ts';

let running: RunningInstance;
const run = (...args: readonly string[]) => frontdesk(running.data, ...args);
const json = (...args: readonly string[]) => frontdeskJson(running.data, ...args);

beforeAll(async () => {
  running = await startedInstance();
});
afterAll(async () => {
  await running.stop();
  running.remove();
});

const QUESTION = 'where is my order? please write to zebulon.quill@example.test';

async function tag(conversationId: string, ...tags: readonly string[]): Promise<void> {
  const instance = instanceIn(running.data);
  const response = await fetch(`${instance.richpanelUrl}/__sandbox/agent`, {
    method: 'POST',
    body: JSON.stringify({ conversationId, tags }),
  });
  expect(response.status).toBe(200);
}

const feedbackOn = async (id: string) => (await json('ticket', id)).value.feedback as { says: string[] }[];

describe('the feedback loop', () => {
  it('what an agent says by tag is a fact within seconds, once for a tag, and a misroute in quality', async () => {
    const { value: said } = await json('say', QUESTION, '--conversation', 'conv-loop-1');
    await json('say', 'my parcel came broken', '--conversation', 'conv-loop-2');
    await tag('conv-loop-1', 'mw_feedback_misroute', 'mw-feedback-correct-dept-sales-team', 'vip');
    await tag('conv-loop-1', 'mw:feedback:wrong_intent:refund_request', 'mw:feedback:misroute');
    await tag('conv-loop-2', 'mw_feedback_auto_reply_helpful');
    await expect.poll(async () => (await feedbackOn('conv-loop-1')).length, { timeout: 15_000 }).toBe(3);
    await expect.poll(async () => (await feedbackOn('conv-loop-2')).length, { timeout: 15_000 }).toBe(1);
    const { code, value } = await json('quality');
    expect(code).toBe(0);
    expect(value).toMatchObject({
      messages: 2,
      overrides: { misroutes: { routed: 2, misroutes: 1, rate: 0.5 }, helpful: { reported: 1 } },
      candidates: [
        {
          messageKey: said.messageKey,
          conversationId: 'conv-loop-1',
          decided: { intent: 'order_status_tracking', team: 'Email Support Team' },
          says: {
            codes: [
              'mw:feedback:misroute',
              'mw:feedback:correct_dept:sales_team',
              'mw:feedback:wrong_intent:refund_request',
            ],
            intent: 'refund_request',
            team: 'Sales Team',
          },
          isLabelled: false,
        },
      ],
    });
    expect(value.overrides.misroutes.byTeam[0]).toEqual({
      team: 'Email Support Team',
      routed: 1,
      misroutes: 1,
      rate: 1,
    });
  });

  it('is told in words too, and the ticket shows it', async () => {
    const { out } = await run('quality');
    expect(out).toMatch(/2 messages decided from .* compared with 0 of the 28 days before/);
    expect(out).toContain('misroute correct_dept:sales_team wrong_intent:refund_request');
    expect((await run('ticket', 'conv-loop-1')).out).toContain('Agents said by tag:');
  });

  it('the queue holds the day’s tickets; a label takes one off and stands in the folder without a text', async () => {
    const { value: queue } = await json('quality', 'queue');
    expect(queue.tickets.map((one: { conversationId: string }) => one.conversationId).toSorted()).toEqual([
      'conv-loop-1',
      'conv-loop-2',
    ]);
    const again = await json('quality', 'queue');
    expect(again.value).toEqual(queue);
    const label = ['quality', 'label', 'conv-loop-1', '--intent', 'refund_request', '--team', 'returns-admin'];
    const first = await json(...label, '--by', 'ann');
    expect(first.value).toMatchObject({ label: { intent: 'refund_request', team: 'Returns Admin' }, state: 'once' });
    const other = await json('quality', 'label', 'conv-loop-1', '--intent', 'return_request', '--by', 'ben');
    expect(other.value.state).toBe('disputed');
    const file = join(running.data, 'labels.jsonl');
    expect([statSync(file).mode & 0o777, readFileSync(file, 'utf8').split('\n').length]).toEqual([0o600, 3]);
    expect(readFileSync(file, 'utf8')).not.toContain('order?');
    const { value } = await json('quality');
    expect([value.labels, value.candidates[0].isLabelled]).toEqual([
      { labelled: 1, twice: 1, disputed: 1, agreement: 0 },
      true,
    ]);
  });

  it('export writes what is settled, redacted, in the form that eval reads', async () => {
    const out = join(running.data, 'gold.jsonl');
    const disputed = await json('quality', 'export', '--out', out);
    expect(disputed.value).toMatchObject({ rows: 0, disputed: 1 });
    expect((await json('quality', 'export', '--out', out)).value.error.code).toBe('file_exists');
    await json('quality', 'label', 'conv-loop-1', '--intent', 'refund_request', '--by', 'cleo', '--adjudicate');
    const second = join(running.data, 'gold-2.jsonl');
    const { value } = await json('quality', 'export', '--out', second);
    expect(value).toMatchObject({ rows: 1, disputed: 0, left: { gone: 0, not_redacted: 0, no_text: 0 } });
    const [row] = readFileSync(second, 'utf8').trim().split('\n');
    expect(row).not.toContain('zebulon');
    expect(JSON.parse(row ?? '')).toEqual({
      id: expect.stringMatching(/^shop_[0-9a-f]{16}$/),
      text: expect.stringMatching(/^where is my order\? please write to \[[^\]]+\]$/),
      channel: 'email',
      intent: 'refund_request',
      hasOrder: false,
      labels: 3,
    });
  });

  it.each([
    { when: 'the message is not known', args: ['label', 'nothing-here', '--intent', 'refund_request'], code: 1 },
    { when: 'the intent does not exist', args: ['label', 'conv-loop-1', '--intent', 'angry'], code: 2 },
    {
      when: 'the team does not exist',
      args: ['label', 'conv-loop-1', '--intent', 'refund_request', '--team', 'x'],
      code: 2,
    },
    { when: 'the day is none', args: ['queue', '--day', 'yesterday'], code: 2 },
    { when: 'the file is in no folder', args: ['export', '--out', '/nowhere/at/all.jsonl'], code: 1 },
  ])('refused where $when', async ({ args, code }) => {
    const refused = await json('quality', ...args);
    expect([refused.code, Object.keys(refused.value.error)]).toEqual([code, ['code', 'message', 'cure']]);
  });

  it('a line that is no label is named', async () => {
    const file = join(running.data, 'labels.jsonl');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, `${before}{"text":"hello"}\n`);
    const { value } = await json('quality');
    expect(value.error).toMatchObject({ code: 'unreadable_label', message: expect.stringContaining('line 4') });
    writeFileSync(file, before);
    expect(existsSync(file)).toBe(true);
  });
});
