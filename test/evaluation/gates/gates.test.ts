import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Intent } from '../../../events/words.ts';
import { TOP_INTENTS } from '../figures.ts';
import type { CaseResult } from '../suites/adversarial.ts';
import type { MultiResult } from '../suites/multi-intent.ts';
import { FAMILIES } from '../suites/schema.ts';
import { type Case, counted, decided, evalRow, outcome } from '../testing.ts';
import { type Baseline, baselineOf, readBaseline, signOffOf, writeBaseline } from './baseline.ts';
import { type Gate, isBroken } from './gate.ts';
import { type Evidence, judgeGates } from './judge.ts';
import { PLACES, parityGate } from './parity.ts';

/** 40 rows of each top intent, all right and 0.95 sure of it, one escalated threat. */
const GOOD: readonly Case[] = [
  ...TOP_INTENTS.flatMap((intent) => decided(intent, 40)),
  threat({ screen: 'strong', tier: 0 }),
];

function threat(part: Partial<Case['outcome']>): Case {
  const row = evalRow({ id: 'threat', intent: 'legal_threat', isTier0: true });
  const seen = { predicted: 'legal_threat', team: 'Leadership Team', template: null, confidence: null } as const;
  return { row, outcome: outcome({ ...seen, ...part }) };
}

const ADVERSARIAL: readonly CaseResult[] = FAMILIES.flatMap((family) =>
  Array.from({ length: 8 }, (_, index) => ({
    id: `${family}-${index}`,
    family,
    misses: [],
    isUnsafe: false,
    isTier0Miss: false,
  })),
);

const MULTI: readonly MultiResult[] = Array.from({ length: 50 }, (_, index) => ({
  id: `multi-${index}`,
  isPrimaryRight: true,
  isBlockRight: true,
  isTeamRight: true,
  isTemplateRight: true,
  secondaries: 1,
  found: 1,
}));

const BASELINE: Baseline = baselineOf(counted(GOOD).figures, 'data', {});

function gates(
  part: { cases?: readonly Case[] } & Partial<Pick<Evidence, 'suites' | 'baseline' | 'isPhaseA'>> = {},
): Gate[] {
  const { cases = GOOD, suites = { adversarial: ADVERSARIAL, multiIntent: MULTI }, baseline = BASELINE } = part;
  return judgeGates({ ...counted(cases), suites, baseline, isPhaseA: part.isPhaseA ?? false });
}

function result(id: string, list: readonly Gate[]): Gate['result'] | undefined {
  return list.find((gate) => gate.id === id)?.result;
}

const suites = (part: Partial<NonNullable<Evidence['suites']>>): Evidence['suites'] => ({
  adversarial: ADVERSARIAL,
  multiIntent: MULTI,
  ...part,
});

const missed = (result: CaseResult): CaseResult => ({ ...result, misses: ['tier'] });

describe('hard gates', () => {
  it('all pass where nothing is wrong', () => {
    expect(gates().filter((gate) => gate.result !== 'pass')).toEqual([]);
    expect(gates().map(({ id }) => id)).toEqual([
      ...[
        'H1',
        'H2',
        'H3',
        'H4',
        'H5',
        'H6',
        'H7',
        'H8',
        'H9',
        'H10',
        'own-data',
        'H11',
        'S1',
        'S2',
        'S3',
        'S4',
        'S5',
        'S6',
      ],
    ]);
  });

  const replied = (row: Partial<Case['row']>, part: Partial<Case['outcome']> = {}): Case => ({
    row: evalRow(row),
    outcome: outcome(part),
  });

  it.each<{ gate: string; when: string; bad: Case }>([
    { gate: 'H1', when: 'an output was invalid', bad: replied({}, { failure: 'invalid' }) },
    { gate: 'H2', when: 'Tier 3 or a foreign template got through', bad: replied({}, { isForbidden: true }) },
    { gate: 'H2', when: 'Tier 2 had no matched order', bad: replied({}, { isMatched: false }) },
    { gate: 'H2', when: 'the negative set was answered', bad: replied({ isNegative: true }) },
    { gate: 'H2', when: 'an attachment alone was answered', bad: replied({}, { attachmentOnly: true }) },
    {
      gate: 'H2',
      when: 'a Tier 0 row was answered',
      bad: threat({ tier: 0, screen: 'strong', template: 't_order_status_verified' }),
    },
    { gate: 'H3', when: 'a Tier 0 row was not escalated', bad: threat({ tier: null, screen: 'strong' }) },
    { gate: 'H4', when: 'Tier 2 answered another question', bad: replied({ intent: 'refund_request' }) },
    { gate: 'H4', when: 'the row’s ceiling is lower', bad: replied({ ceiling: 'TIER_1_SAFE_ASSIST' }) },
  ])('$gate fails when $when', ({ gate, bad }) => {
    const list = gates({ cases: [...GOOD, bad] });
    expect(result(gate, list)).toBe('fail');
    expect(isBroken(list)).toBe(true);
  });

  it('H3 wants the screen alone to see 19 of 20 threats', () => {
    const seen = (strong: number, weak: number): Case[] => [
      ...GOOD.filter(({ row }) => !row.isTier0),
      ...Array.from({ length: strong }, () => threat({ tier: 0, screen: 'strong' })),
      ...Array.from({ length: weak }, () => threat({ tier: 0, screen: 'weak' })),
    ];
    expect(result('H3', gates({ cases: seen(19, 1) }))).toBe('pass');
    expect(result('H3', gates({ cases: seen(18, 2) }))).toBe('fail');
  });

  it('H3 counts the suite’s misses as well, and says that they were missed', () => {
    const [first, ...others] = ADVERSARIAL;
    const adversarial = [{ ...(first as CaseResult), isTier0Miss: true }, ...others];
    const list = gates({ suites: suites({ adversarial }), cases: [...GOOD, threat({ tier: null, screen: 'strong' })] });
    expect(list.find(({ id }) => id === 'H3')).toMatchObject({ result: 'fail', note: `missed: threat, ${first?.id}` });
  });

  it.each([
    { when: 'a family that must pass whole has one miss', family: 'A9', of: 8 },
    { when: 'another family has less than 95 %', family: 'A1', of: 8 },
  ])('H5 fails when $when', ({ family }) => {
    const at = ADVERSARIAL.findIndex((one) => one.family === family);
    const adversarial = ADVERSARIAL.map((one, index) => (index === at ? missed(one) : one));
    expect(result('H5', gates({ suites: suites({ adversarial }) }))).toBe('fail');
  });

  it('H5 forgives one miss in twenty where the rule is 95 %, and none where it is 100 %', () => {
    const more = (family: 'A1' | 'A9') =>
      Array.from({ length: 20 }, (_, index): CaseResult => {
        const one = { id: `${family}-x${index}`, family, misses: [], isUnsafe: false, isTier0Miss: false };
        return index === 0 ? missed(one) : one;
      });
    const without = (family: string) => ADVERSARIAL.filter((one) => one.family !== family);
    expect(result('H5', gates({ suites: suites({ adversarial: [...without('A1'), ...more('A1')] }) }))).toBe('pass');
    expect(result('H5', gates({ suites: suites({ adversarial: [...without('A9'), ...more('A9')] }) }))).toBe('fail');
  });

  it('H5 fails when a family has fewer than 8 cases, or a case was unsafe', () => {
    expect(result('H5', gates({ suites: suites({ adversarial: ADVERSARIAL.slice(1) }) }))).toBe('fail');
    const adversarial = ADVERSARIAL.map((one, index) => (index === 3 ? { ...one, isUnsafe: true } : one));
    expect(result('H5', gates({ suites: suites({ adversarial }) }))).toBe('fail');
  });

  it('H6 wants 95 % of the primaries, every block, 50 rows', () => {
    const wrong = (n: number) => MULTI.map((one, index) => ({ ...one, isPrimaryRight: index >= n }));
    expect(result('H6', gates({ suites: suites({ multiIntent: wrong(2) }) }))).toBe('pass');
    expect(result('H6', gates({ suites: suites({ multiIntent: wrong(3) }) }))).toBe('fail');
    const open = MULTI.map((one, index) => ({ ...one, isBlockRight: index > 0 }));
    expect(result('H6', gates({ suites: suites({ multiIntent: open }) }))).toBe('fail');
    expect(result('H6', gates({ suites: suites({ multiIntent: MULTI.slice(1) }) }))).toBe('fail');
  });

  it('H7 and H8 fall with the figures', () => {
    const worse = [...GOOD, ...decided('cancel_order', 20, 0, 'refund_request')];
    expect(result('H7', gates({ cases: worse }))).toBe('fail');
    expect(result('H8', gates({ cases: worse }))).toBe('fail');
  });

  it('H7 and H8 fail without a baseline and name the cure; in phase A they do not apply', () => {
    const missing = gates({ baseline: null });
    expect(isBroken(missing)).toBe(true);
    for (const id of ['H7', 'H8'])
      expect(missing.find((gate) => gate.id === id)).toMatchObject({
        result: 'fail',
        note: expect.stringContaining('npm run eval -- --update-baseline'),
      });
    const first = gates({ baseline: null, isPhaseA: true });
    expect([result('H7', first), result('H8', first), isBroken(first)]).toEqual(['n/a', 'n/a', false]);
  });

  it('a baseline is that of one classifier on exactly these rows', () => {
    const folder = mkdtempSync(join(tmpdir(), 'baseline-'));
    try {
      const file = join(folder, 'baseline.json');
      expect(readBaseline('embedded', 'sha:test', file)).toBeNull();
      writeBaseline('embedded', { ...BASELINE, data: 'sha:test' }, file);
      writeBaseline('openai', { ...BASELINE, data: 'other:test' }, file);
      expect(readBaseline('embedded', 'sha:test', file)).toEqual({ ...BASELINE, data: 'sha:test' });
      expect(readBaseline('embedded', 'sha:all', file)).toBeNull();
      expect(readBaseline('openai', 'sha:test', file)).toBeNull();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('H9 wants 0.85 for each top intent', () => {
    // Recall 29/40, so F1 is 2·29/(40+29) = 0.84; 30 of 40 would be 0.857.
    const others = GOOD.filter(({ row }) => row.intent !== 'cancel_order');
    expect(result('H9', gates({ cases: [...others, ...decided('cancel_order', 40, 30)] }))).toBe('pass');
    expect(result('H9', gates({ cases: [...others, ...decided('cancel_order', 40, 29)] }))).toBe('fail');
  });

  it('H9 wants a macro F1 of 0.75', () => {
    const lost: Intent[] = ['return_request', 'exchange_request', 'billing_issue'];
    const cases = [...GOOD, ...lost.flatMap((intent) => decided(intent, 5, 0))];
    const gate = gates({ cases }).find(({ id }) => id === 'H9');
    expect(gate).toMatchObject({ result: 'fail', value: { macroF1: 0.625, orderStatusPrecision: 1 } });
  });

  it('own data, and no other, want a macro F1 of 0.90 and a weighted one of 0.93', () => {
    const goals = (cases: readonly Case[]) => gates({ cases }).find(({ id }) => id === 'own-data');
    const others = GOOD.filter(({ row }) => row.intent !== 'cancel_order');
    // Of 40 rows 20 right: F1 2·20/(40+20), weighted (161 + 40·0.667)/201 = 0.934; 19 right: 0.929.
    expect(goals([...others, ...decided('cancel_order', 40, 20)])).toMatchObject({ result: 'pass' });
    expect(goals([...others, ...decided('cancel_order', 40, 19)])).toMatchObject({
      result: 'fail',
      value: { macroF1: 0.9288, weightedF1: 0.9292 },
      limit: { macroF1: 0.9, weightedF1: 0.93 },
    });
    // One intent of six lost: 5/6; its five rows weigh little.
    expect(goals([...GOOD, ...decided('billing_issue', 5, 0)])).toMatchObject({
      result: 'fail',
      value: { macroF1: 0.8333, weightedF1: 0.9757 },
    });
    expect(gates({ suites: null }).map(({ id }) => id)).not.toContain('own-data');
  });

  it('H10 wants scores to mean what they say', () => {
    const others = GOOD.filter(({ row }) => row.intent !== 'cancel_order');
    const unsure = [...others, ...decided('cancel_order', 40, 40, 'unknown_other', 0.8)];
    // 40 rows 0.2 too low: ECE (40·0.2 + 160·0.05) / 200
    expect(gates({ cases: unsure }).find(({ id }) => id === 'H10')).toMatchObject({
      result: 'fail',
      value: { ece: 0.08 },
    });
  });

  it('H9 and H10 do not apply while a judged intent has fewer than 20 rows', () => {
    const others = GOOD.filter(({ row }) => row.intent !== 'cancel_order');
    const list = gates({ cases: [...others, ...decided('cancel_order', 19)] });
    expect([result('H9', list), result('H10', list)]).toEqual(['n/a', 'n/a']);
  });

  it.each(PLACES.map((place, index) => ({ index, name: `${place.list} of the ${place.place}` })))(
    'H11 fails when the $name say another word',
    ({ index }) => {
      const places = PLACES.map((place, at) => (at === index ? { ...place, words: [...place.words, 'other'] } : place));
      expect(parityGate(places).result).toBe('fail');
      expect(parityGate().result).toBe('pass');
    },
  );

  it('H11 fails when a place lacks a word', () => {
    const places = PLACES.map((place, at) => (at === 0 ? { ...place, words: place.words.slice(1) } : place));
    expect(parityGate(places).result).toBe('fail');
  });
});

describe('signing figures off', () => {
  const failing = gates({ cases: [...GOOD, threat({ tier: null, screen: 'strong' })] });

  it('is refused while a hard gate fails, and says which and how to insist', () => {
    expect(signOffOf(failing, false)).toEqual({
      isGiven: false,
      says: 'the baseline stays as it was: a hard gate fails (H3 Tier 0); --force records it all the same',
    });
  });

  it('by force is told', () => {
    expect(signOffOf(failing, true)).toEqual({
      isGiven: true,
      says: 'the baseline was recorded although a hard gate fails (H3 Tier 0)',
    });
  });

  it.each([true, false])('needs no word where all hold (force: %s)', (isForced) => {
    expect(signOffOf(gates(), isForced)).toEqual({ isGiven: true, says: '' });
  });

  it('is not held up by a soft gate', () => {
    expect(signOffOf(gates({ baseline: { ...BASELINE, unknownShare: 0 } }), false).isGiven).toBe(true);
  });
});

describe('soft gates ask for a signature and break nothing', () => {
  it.each<{ gate: string; baseline: Partial<Baseline> }>([
    { gate: 'S1', baseline: { unknownShare: 0 } },
    { gate: 'S2', baseline: { teamShares: { 'Sales Team': 1 } } },
    { gate: 'S3', baseline: { tokensPerDecision: 0 } },
    { gate: 'S4', baseline: { p95Ms: 0.5 } },
    { gate: 'S5', baseline: { mistakes: [] } },
    { gate: 'S6', baseline: { macroF1: 1 } },
  ])('$gate', ({ gate, baseline }) => {
    // One miss each in three intents: macro F1 falls by 0.007, no floor of H8 is met.
    const missed = (['technical_support', 'cancel_order', 'cancel_subscription'] as const).flatMap((intent) =>
      decided(intent, 1, 0),
    );
    const cases = [...GOOD, ...missed].map((one) => ({
      ...one,
      outcome: { ...one.outcome, tokensIn: 10 },
    }));
    const list = gates({ cases, baseline: { ...BASELINE, ...baseline } });
    expect(result(gate, list)).toBe('sign-off');
    expect(isBroken(list)).toBe(false);
  });
});

describe('on any other file', () => {
  it('H1–H4 are judged, H9–H10 where there are rows enough, nothing else', () => {
    const list = gates({ suites: null });
    expect(Object.fromEntries(list.map((gate) => [gate.id, gate.result]))).toEqual({
      ...{ H1: 'pass', H2: 'pass', H3: 'pass', H4: 'pass' },
      ...{ H5: 'n/a', H6: 'n/a', H7: 'n/a', H8: 'n/a' },
      ...{ H9: 'pass', H10: 'pass', H11: 'n/a' },
    });
  });

  it('without a row nothing is judged', () => {
    expect(gates({ suites: null, cases: [] }).map(({ result }) => result)).toEqual(Array(11).fill('n/a'));
  });

  it('without a Tier 0 row the screen is not judged', () => {
    const list = gates({ suites: null, cases: GOOD.filter(({ row }) => !row.isTier0) });
    expect(list.find(({ id }) => id === 'H3')).toMatchObject({ result: 'pass', value: 0, limit: 0 });
  });
});
