import { describe, expect, it } from 'vitest';
import { compilePhrases } from './phrases.ts';

function matches(phrase: string, text: string, options: Partial<Parameters<typeof compilePhrases>[0]> = {}): boolean {
  const book = compilePhrases({
    rules: [{ id: 'rule', phrases: [phrase] }],
    reach: 'text',
    forgivingFrom: 8,
    ...options,
  });
  return book(text).has('rule');
}

describe('the pattern language', () => {
  it.each([
    ['bank', 'my bank', true],
    ['bank', 'my banker', false],
    ['bank*', 'my banker', true],
    ['visa|bank', 'by visa', true],
    ['take court', 'take you to court', false],
    ['take ~2 court', 'take you to court', true],
    ['take ~1 court', 'take you to court', false],
    ['court ~2 take', 'take you to court', false],
    ['court &2 take', 'take you to court', true],
    ['my? bank', 'bank', true],
    ['go to my? bank', 'go to bank', true],
    ['go to my? bank', 'go to the bank', false],
    ['a ~1 b ~1 c', 'a x b x c', true],
    ['a ~1 b ~1 c', 'a x x b x c', false],
  ])('%s in "%s": %s', (phrase, text, expected) => {
    expect(matches(phrase, text)).toBe(expected);
  });

  it('forgives one edit from the set length on, but not an everyday word', () => {
    expect(matches('attorney', 'my atorney')).toBe(true);
    expect(matches('attorney', 'my attroney')).toBe(true);
    expect(matches('attorney', 'my atorny')).toBe(false);
    expect(matches('lawyer', 'my lawyr')).toBe(false);
    expect(matches('charging', 'changing it')).toBe(false);
    expect(matches('chargeback*', 'chargbacks')).toBe(true);
  });

  it('finds a word broken in two, but none made of two words', () => {
    expect(matches('lawsuit*', 'a law suit')).toBe(true);
    expect(matches('promo*', 'the pro model')).toBe(false);
  });

  it('stays inside a sentence only where asked', () => {
    expect(matches('a ~3 b', 'a x. y b', { reach: 'sentence' })).toBe(false);
    expect(matches('a ~3 b', 'a x. y b', { reach: 'text' })).toBe(true);
  });

  it('does not see benign expressions, and sees what stands beside them', () => {
    const benign = ['bank holiday'];
    expect(matches('bank', 'on the bank holiday', { benign })).toBe(false);
    expect(matches('bank', 'my bank on the bank holiday', { benign })).toBe(true);
  });

  it('hides only the first word of an expression marked so, and only inside a sentence', () => {
    const benign = ['^bank account'];
    expect(matches('bank', 'my bank account', { benign })).toBe(false);
    expect(matches('account', 'my bank account', { benign })).toBe(true);
    expect(matches('bank', 'i call my bank. account closed', { benign })).toBe(true);
  });

  it('forgives a misspelling of one rule in another', () => {
    const rules = [
      { id: 'rule', phrases: ['will receive'] },
      { id: 'other', phrases: ['recieve'] },
    ];
    expect(matches('', 'when i will recieve it', { rules, forgivingFrom: 6 })).toBe(true);
  });

  it('uses classes made of earlier classes', () => {
    const classes = { bank: ['bank', 'card company'], mine: ['my @bank'] };
    expect(matches('call @mine', 'call my card company', { classes })).toBe(true);
  });

  it('counts a full stop as a word, a line end as none, and joins no word over a stop', () => {
    expect(matches('a ~1 b', 'a x. b')).toBe(false);
    expect(matches('a ~1 b', 'a. b')).toBe(true);
    expect(matches('a b', 'a\nb')).toBe(true);
    expect(matches('chargeback', 'a charge back')).toBe(true);
    expect(matches('chargeback', 'a charge. back')).toBe(false);
  });

  it('forgives a shuffled inside only where the book says so', () => {
    expect(matches('lawyer', 'my laywer', { shuffledFrom: 6 })).toBe(true);
    expect(matches('lawyer', 'my laywer')).toBe(false);
    expect(matches('court', 'my corut', { shuffledFrom: 6 })).toBe(false);
    expect(matches('trial', 'a trail', { shuffledFrom: 5 })).toBe(false);
  });

  it('refuses what it cannot read', () => {
    expect(() => matches('@nowhere', 'x')).toThrow('unknown word class');
    expect(() => matches('b-c', 'x')).toThrow('not a word');
    expect(() => matches('', 'x')).toThrow('empty phrase');
  });
});
