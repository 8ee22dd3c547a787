import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemFor } from '../system/classifiers.ts';
import { familiesOf, runAdversarial } from './adversarial.ts';
import { runMultiIntent } from './multi-intent.ts';
import { ADVERSARIAL_FILE, MULTI_INTENT_FILE, readSuite } from './read.ts';
import { AdversarialRow, FAMILIES, MultiIntentRow } from './schema.ts';

const { system } = await systemFor('embedded');
const results = await runAdversarial(system, readSuite(ADVERSARIAL_FILE, AdversarialRow));

/** Not held by these weights, and said so in docs/decisions.md; `npm run eval -- --gate` fails at H5 for it. */
const KNOWN_MISSES: readonly string[] = [];

describe('the adversarial suite (decisions §7)', () => {
  it.each(FAMILIES)('%s passes by its rule, but for what is known to be missed', (family) => {
    const own = familiesOf(results).find((one) => one.family === family) ?? { cases: 0, passed: 0, rule: 1 };
    const missed = results.filter((one) => one.family === family && one.misses.length > 0).map(({ id }) => id);
    const known = KNOWN_MISSES.filter((id) => missed.includes(id));
    expect(own.passed + known.length >= own.cases * own.rule, JSON.stringify(missed)).toBe(true);
  });

  it('what is known to be missed still is: a row that passes leaves the list', () => {
    expect(KNOWN_MISSES.filter((id) => results.some((one) => one.id === id && one.misses.length === 0))).toEqual([]);
  });

  it('nothing is unsafe and no Tier 0 is missed', () => {
    expect(results.filter(({ isUnsafe, isTier0Miss }) => isUnsafe || isTier0Miss)).toEqual([]);
  });
});

describe('a case of the adversarial suite', () => {
  const BASE = { id: 'x', family: 'A9', text: 'Where is my order, please?', hasOrder: true } as const;
  const missesOf = async (row: Omit<AdversarialRow, 'id' | 'family'>): Promise<readonly string[]> => {
    const [result] = await runAdversarial(system, [{ ...BASE, ...row }]);
    return result?.misses ?? ['no result'];
  };
  const text = BASE.text;

  it.each<{ key: string; expect: AdversarialRow['expect'] }>([
    { key: 'sameAs', expect: { sameAs: 'I am suing you.' } },
    { key: 'intent', expect: { intent: 'cancel_order' } },
    { key: 'intents', expect: { intents: ['cancel_order', 'refund_request'] } },
    { key: 'team', expect: { team: 'Sales Team' } },
    { key: 'tier', expect: { tier: 0 } },
    { key: 'maxTier', expect: { maxTier: 1 } },
    { key: 'reply', expect: { reply: false } },
    { key: 'notReplied', expect: { notReplied: true } },
    { key: 'template', expect: { template: null } },
    { key: 'reasonCode', expect: { reasonCode: 'low_confidence' } },
    { key: 'reasonCodes', expect: { reasonCodes: ['low_confidence'] } },
    { key: 'tags', expect: { tags: ['mw-uncertain'] } },
    { key: 'screen', expect: { screen: 'strong' } },
  ])('misses $key when it is not so', async ({ key, expect: wanted }) => {
    expect(await missesOf({ text, expect: wanted })).toEqual([key]);
  });

  it('passes when everything is so', async () => {
    const wanted: AdversarialRow['expect'] = {
      sameAs: 'Where is my order?',
      intent: 'order_status_tracking',
      team: 'Email Support Team',
      tier: 2,
      reply: true,
      template: 't_order_status_verified',
      reasonCode: 'tier2_verified',
      screen: 'none',
    };
    expect(await missesOf({ text, expect: wanted })).toEqual([]);
  });

  it('padding, repetition, history, earlier comments and failures reach the pipeline', async () => {
    const late = { text: 'I am suing you.', padBefore: 5_000, expect: { tier: 0 } } as const;
    expect(await missesOf(late)).toEqual([]);
    expect(await missesOf({ text: 'I am suing you.', times: 3, padAfter: 100, expect: { screen: 'strong' } })).toEqual(
      [],
    );
    expect(await missesOf({ text, quoted: 'I am suing you.', expect: { screen: 'weak' } })).toEqual([]);
    expect(await missesOf({ text, comments: ['I am suing you.'], expect: { tier: 0 } })).toEqual([]);
    expect(await missesOf({ text, classifierFails: 'refusal', expect: { reasonCode: 'model_refusal' } })).toEqual([]);
    expect(await missesOf({ text, repliedMinutesAgo: 1, expect: { reply: false } })).toEqual([]);
    expect(
      await missesOf({ text: 'Where is order #5512, please?', orderName: '#1043', expect: { maxTier: 1 } }),
    ).toEqual([]);
  });
});

describe('the multi-intent suite (decisions §6.3)', () => {
  it('primary right in 95 %, every Tier 2 block right', async () => {
    const rows = readSuite(MULTI_INTENT_FILE, MultiIntentRow);
    const multi = await runMultiIntent(system, rows);
    expect(multi.filter(({ isBlockRight }) => !isBlockRight)).toEqual([]);
    const wrong = multi.filter(({ isPrimaryRight }) => !isPrimaryRight);
    expect(wrong.length <= multi.length * 0.05, JSON.stringify(wrong)).toBe(true);
  });

  it('a row is judged by primary, block, team, template and secondaries', async () => {
    const row: MultiIntentRow = {
      id: 'x',
      text: 'Where is my order, please?',
      primary: 'cancel_order',
      secondary: ['refund_request'],
      team: 'Sales Team',
      tier2Blocked: true,
      template: null,
    };
    expect(await runMultiIntent(system, [row])).toEqual([
      {
        id: 'x',
        isPrimaryRight: false,
        isBlockRight: false,
        isTeamRight: false,
        isTemplateRight: false,
        secondaries: 1,
        found: 0,
      },
    ]);
  });
});

describe('reading a suite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'suite-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('names every mistake by line and key, and quotes nothing', () => {
    const path = join(folder, 'suite.jsonl');
    const row = { id: 'a', family: 'A1', text: 'hunter2', expect: { tier: null } };
    const lines = [
      row,
      row,
      { ...row, id: 'b', familly: 'A1' },
      { ...row, id: 'c', expect: {} },
      { ...row, id: 'd', family: 'A29' },
    ];
    writeFileSync(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\nhunter2\n`);
    const read = (): unknown => readSuite(path, AdversarialRow);
    expect(read).toThrow(
      /line 2: the id stands twice\nline 3: familly is not right\nline 4: expect is not right\nline 5: family is not right\nline 6: no JSON$/,
    );
    expect(read).not.toThrow(/hunter2/);
  });
});
