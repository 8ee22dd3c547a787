/** The real command on a folder whose trail holds one message, and on one that holds nothing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEndpoint } from '../../local/platform/endpoint.ts';
import { topology } from '../../stacks/topology.ts';
import { runCommandLine } from '../command-line.ts';
import { frontdeskJson } from '../instance/testing.ts';
import { fact } from '../testing.ts';

const SPEND = { calls: 1, tokensIn: 1_000, tokensCached: 0, tokensOut: 100, nanoUsd: 450_000 };
const MESSAGE = [
  fact('MessageReceived', 0),
  fact('MessageClassified', 1, { spend: SPEND }),
  fact('ReplyApproved', 3),
  fact('MessageSettled', 5),
];

let data = '';
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'frontdesk-cost-test-'));
  const endpoint = await openEndpoint({
    files: { sqlite: join(data, 'aws.sqlite'), records: join(data, 'analytics') },
    topology,
    port: 0,
    timeScale: 1,
    limits: 'vendor',
    invoker: async () => ({ ok: false, code: 'unavailable' }),
    onTrouble: () => {},
  });
  for (const { metadata, data: told } of MESSAGE)
    await endpoint.dynamoDb.service.operations.PutItem?.({
      TableName: 'frontdesk_local_audit_trail',
      Item: {
        conversation_id: { S: String(metadata.conversationId) },
        ts_action_id: { S: `${metadata.occurredAt}#${metadata.eventId}` },
        event_id: { S: metadata.eventId },
        event_name: { S: metadata.eventName },
        envelope: { S: JSON.stringify({ metadata, data: told }) },
      },
    });
  await endpoint.close();
  writeFileSync(join(data, 'functions.log'), '{}\n');
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** As people see it. */
async function shown(...args: readonly string[]): Promise<string> {
  let text = '';
  await runCommandLine(['--data', data, ...args], {
    out: (piece) => {
      text += piece;
    },
    err: () => {},
    variables: process.env,
  });
  return text;
}

describe('cost', () => {
  it('tells what the recorded messages would cost, by path, and what it cannot know', async () => {
    const { code, value } = await frontdeskJson(data, 'cost');
    expect(code).toBe(0);
    expect(value).toMatchObject({
      prices: { taken: '2026-11-26', region: 'us-east-2', models: '2026-11-25' },
      messages: 1,
      others: 0,
      model: { calls: 1, tokensIn: 1_000, tokensOut: 100, usd: 0.00045, usdPer1000: 0.45 },
    });
    const paths = value.byPath as { path: string; messages: number; usdPer1000: number }[];
    expect(paths.filter(({ messages }) => messages > 0).map(({ path }) => path)).toEqual(['tier-1-reply']);
    // One message of one path: the mix is that path.
    expect(value.usdPer1000.total).toBeCloseTo(paths.find(({ messages }) => messages === 1)?.usdPer1000 ?? 0, 10);
    const { total, ...kinds } = value.usdPer1000 as Record<string, number>;
    expect(Object.values(kinds).reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(total ?? 0, 10);
    expect(value.notKnown.length).toBeGreaterThan(2);
    expect(value.logs.bytesInFolder).toBe(3);
  });

  it('shows people a table with bars, and the day of the prices', async () => {
    const out = await shown('cost');
    expect(out).toContain('List prices of us-east-2 as of 2026-11-26');
    expect(out).toMatch(/^tier-2-resolve +0 +0\.0 % +\$\d\.\d+ +█+$/m);
    expect(out).toContain(
      'Model: 1 call, 1000 tokens in (0 from the cache), 100 out: $0.000450, $0.450 a thousand messages.',
    );
    expect(out).toContain('Not known:');
    // One message: an hour is the least that a day is reckoned from.
    expect(out).toMatch(/^As 1 h 0 min went: 24 messages and \$/m);
    expect(out).toMatch(/^1 messages?, settled \d{4}-\d\d-\d\d \d\d:\d\d:\d\d to .*\d America\/New_York\.$/m);
  });

  it('counts only what settled in the time that is asked for', async () => {
    const { value } = await frontdeskJson(data, 'cost', '--to', '2020-01-01T00:00:00Z');
    expect(value).toMatchObject({ messages: 0, perDay: null, perMonth: null });
  });

  it('refuses a time that ends before it begins, and a folder without data, with a cure', async () => {
    const backwards = await frontdeskJson(data, 'cost', '--from', '-1h', '--to', '-2h');
    expect([backwards.code, backwards.value.error.code]).toEqual([2, 'empty_window']);
    const empty = mkdtempSync(join(tmpdir(), 'frontdesk-cost-test-'));
    const nothing = await frontdeskJson(empty, 'cost');
    expect([nothing.code, nothing.value.error.code]).toEqual([1, 'no_data']);
    rmSync(empty, { recursive: true });
  });
});
