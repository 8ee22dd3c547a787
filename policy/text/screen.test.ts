import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from './hostile.testing.ts';
import { screenTier0 } from './screen.ts';
import { CHARGEBACK } from './screen-chargeback.ts';
import { FRAUD } from './screen-fraud.ts';
import { HARASSMENT } from './screen-harassment.ts';
import { LEGAL } from './screen-legal.ts';
import { SCREEN_RULES } from './screen-rules.ts';
import { SHARED_CLASSES } from './screen-words.ts';

function readLines<Row>(file: string): Row[] {
  const text = readFileSync(new URL(`./testdata/${file}`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

const samples = readLines<{ rule: string; hits: string[]; benign: string[] }>('screen-samples.jsonl');
const cases = readLines<{ section: string; strength: string; family: string | null; text: string }>(
  'screen-cases.jsonl',
);

const own = (text: string) => screenTier0({ own: text, quoted: '' });
const ruleIds = (text: string) => own(text).hits.map((hit) => hit.ruleId);

describe('rule data (decisions §8.7)', () => {
  it('gives every rule at least two hits and one benign sample', () => {
    const sampled = samples.filter((row) => row.hits.length >= 2 && row.benign.length >= 1).map((row) => row.rule);
    expect([...sampled].sort()).toEqual(SCREEN_RULES.map((rule) => rule.id).sort());
  });

  it('names no rule and no word class twice', () => {
    const ids = SCREEN_RULES.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    const classes = [SHARED_CLASSES, ...[CHARGEBACK, FRAUD, HARASSMENT, LEGAL].map((family) => family.classes)].flatMap(
      Object.keys,
    );
    expect(new Set(classes).size).toBe(classes.length);
  });

  it.each(samples.flatMap((row) => row.hits.map((text) => ({ rule: row.rule, text }))))(
    '$rule hits: $text',
    ({ rule, text }) => {
      expect(ruleIds(text)).toContain(rule);
    },
  );

  it.each(samples.flatMap((row) => row.benign.map((text) => ({ rule: row.rule, text }))))(
    '$rule leaves alone: $text',
    ({ rule, text }) => {
      expect(ruleIds(text)).not.toContain(rule);
    },
  );
});

describe('families (decisions §2.1, §7)', () => {
  it.each(cases)('$section $strength $family: $text', ({ text, strength, family }) => {
    const result = own(text);
    expect({ strength: result.strength, family: result.family }).toEqual({ strength, family });
  });
});

describe('where the words stand', () => {
  const FILLER = 'I like the lavender one and the walnut finish very much. ';

  it('finds an escalation past the cap of the model and at the end of 64,000 characters (A11)', () => {
    expect(own(`${FILLER.repeat(75)}I opened a chargeback.`).strength).toBe('strong');
    expect(own(`${FILLER.repeat(1_120).slice(0, 63_900)} I will sue you.`).strength).toBe('strong');
  });

  it('calls a hit that stands only in quoted text weak (A12)', () => {
    const result = screenTier0({ own: 'Thanks, any update?', quoted: 'I will dispute the charge with my bank.' });
    expect(result.strength).toBe('weak');
    expect(result.family).toBe('CHARGEBACK_DISPUTE');
    expect(new Set(result.hits.map((hit) => hit.strength))).toEqual(new Set(['weak']));
  });

  it('keeps a strong hit strong when the quoted text has it too', () => {
    expect(screenTier0({ own: 'I will sue.', quoted: 'I will sue.' }).strength).toBe('strong');
  });

  it('does not consider negation', () => {
    expect(own('I will not sue you.').strength).toBe('strong');
  });

  it('names the first family of M1 when several are strong (decisions §6.3)', () => {
    expect(own('My lawyer will contact you and I did a chargeback.').family).toBe('CHARGEBACK_DISPUTE');
    expect(own('I will kill you and my lawyer will contact you.').family).toBe('LEGAL_THREAT');
  });

  it.each(['chargebck', 'chargebaack', 'chargebazk', 'chargebavk'])(
    'forgives one edit in a long word: %s (decisions §2.1)',
    (word) => {
      expect(own(`I am filing a ${word} today`).strength).toBe('strong');
    },
  );

  it('finds nothing in nothing', () => {
    expect(screenTier0({ own: '', quoted: '' })).toEqual({ hits: [], strength: 'none', family: null });
  });
});

describe('hostile input', () => {
  // How long it takes is measured in test/full/screen-speed.ts.
  it.each(HOSTILE_TEXTS)('$name is read to the end', ({ text }) => {
    expect(screenTier0({ own: text.slice(0, 64_000), quoted: '' }).hits.length).toBeLessThanOrEqual(40);
  });
});
