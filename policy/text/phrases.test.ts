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

  it.each([
    ['a letter wrong in front', 'xisputed'],
    ['a second letter wrong', 'dxsputed'],
    ['a letter missing in front', 'isputed'],
    ['a letter too many in front', 'xdisputed'],
    ['the first two swapped', 'idsputed'],
    ['a letter missing at the end of the stem', 'dispued'],
    ['the stem itself', 'disputgh'],
  ])('forgives in a stem %s: %s', (_name, text) => {
    expect(matches('disput*', text, { forgivingFrom: 6 })).toBe(true);
    expect(matches('disput*', text, { forgivingFrom: 7 })).toBe(text.startsWith('disput'));
  });

  it.each([
    ['attorney', 'attorneyy', true],
    ['attorney', 'attorneyyy', false],
    ['attorney', 'attorneyhood', false],
    ['attorneys', 'attornyes', true],
    ['bank*', 'bxnking', false],
    ['zzzzzzzz', 'zzzzzzz', true],
    ['zzzzzzz', 'zzzzzzzz', false],
  ])('forgives one edit in eight letters: %s in "%s": %s', (phrase, text, expected) => {
    expect(matches(phrase, text)).toBe(expected);
  });

  it('does not take one literal for a misspelling of another', () => {
    const rules = [
      { id: 'rule', phrases: ['reembolsos'] },
      { id: 'other', phrases: ['reembolso'] },
    ];
    expect(matches('reembolsos', 'mi reembolso')).toBe(true);
    expect(matches('', 'mi reembolso', { rules })).toBe(false);
    expect(matches('', 'mi reembolsso', { rules })).toBe(true);
  });

  it.each([
    ['carrier', 'carr ier', true],
    ['carrier', 'carri er', false],
    ['carpet', 'car pet', false],
    ['lawyer', 'law yer', true],
    ['planet', 'pla net', true],
    ['brand', 'br and', false],
    ['promo*', 'pr omotion', true],
    ['promo*', 'prom otion', false],
    ['lawsuit filed', 'a law suit filed', true],
    ['file lawsuit', 'file law suit', true],
    ['lawsuit ~1 filed', 'law suit was filed', true],
    ['lawsuit ~1 filed', 'law suit was not filed', false],
    ['attorney', 'attor neyy', false],
  ])('a word broken in two, %s in "%s": %s', (phrase, text, expected) => {
    expect(matches(phrase, text)).toBe(expected);
  });

  it.each([
    ['c ~2 d', 'c d', true],
    ['c ~2 d', 'd c', false],
    ['c ~2 d', 'c x x x d', false],
    ['c ~1 d', 'c c d', true],
    ['c ~1 d', 'c x x d d', false],
    ['c ~1 d', 'd c x d', true],
    ['c &1 d', 'd x c', true],
    ['c &1 d', 'd x x c', false],
    ['c &1 d', 'd x x c x d', true],
    ['c &1 d', 'c x x d x c', true],
    ['c &0 d', 'd c', true],
    ['c ~1 c', 'c', false],
    ['c ~1 c', 'c c', true],
    ['c &1 c', 'c', false],
    ['c ~1 d ~1 e', 'c d e', true],
    ['c ~1 d ~1 e', 'c d d x e', true],
    ['c &1 d ~1 e', 'd c e', true],
    ['c &1 d ~1 e', 'd c x x e', false],
    ['c ~2 d? ~1 e', 'c x x x e', true],
    ['c ~2 d? ~1 e', 'c x x x x e', false],
    ['c &2 d? ~1 e', 'e x x x c', true],
    ['c ~2 d? &1 e', 'e x x x c', true],
    ['c? d', 'd', true],
    ['c? d? e', 'c e', true],
    ['c|d e', 'd e', true],
    ['c ~12 d', `c${' x'.repeat(12)} d`, true],
    ['c ~12 d', `c${' x'.repeat(13)} d`, false],
    [' c  d ', 'c d', true],
  ])('gaps and orders, %s in "%s": %s', (phrase, text, expected) => {
    expect(matches(phrase, text)).toBe(expected);
  });

  it('a class may be words, phrases and other classes, anywhere in a phrase', () => {
    const classes = { bank: ['bank', 'card ~1 company'], rich: ['@bank owner', 'owner|lord'] };
    expect(matches('@bank ~1 calls', 'my card and company then calls', { classes })).toBe(true);
    expect(matches('@bank ~1 calls', 'my company calls', { classes })).toBe(false);
    expect(matches('call @rich|king', 'call bank owner', { classes })).toBe(true);
    expect(matches('call @rich|king', 'call lord', { classes })).toBe(true);
    expect(matches('call @rich|king', 'call king', { classes })).toBe(true);
    expect(matches('call @rich|king', 'call bank', { classes })).toBe(false);
    expect(matches('@rich', 'the owner', { classes })).toBe(true);
  });

  it('refuses a class that comes later', () => {
    expect(() => matches('x', 'x', { classes: { first: ['@second'], second: ['x'] } })).toThrow('unknown word class');
  });

  it('a span of a class counts by its words, the longest and the shortest of them', () => {
    const classes = { span: ['c', 'c c c'] };
    expect(matches('@span ~1 d', 'c c c x d', { classes })).toBe(true);
    expect(matches('e ~1 @span', 'e x c c c', { classes })).toBe(true);
    expect(matches('e ~0 @span ~0 d', 'e c c c d', { classes })).toBe(true);
  });

  it('hides all words of a harmless expression, between its ends too', () => {
    const benign = ['bank ~2 holiday'];
    expect(matches('long', 'a bank long holiday', { benign })).toBe(false);
    expect(matches('bank', 'a bank long holiday', { benign })).toBe(false);
    expect(matches('holiday', 'a bank long holiday', { benign })).toBe(false);
    expect(matches('a', 'a bank long holiday', { benign })).toBe(true);
    expect(matches('after', 'a bank holiday after', { benign })).toBe(true);
    expect(matches('bank holiday', 'a bank holiday', { benign })).toBe(false);
    // A word broken in two is hidden with either part.
    expect(matches('lawsuit', 'a big law suit', { benign: ['big law'] })).toBe(false);
    expect(matches('lawsuit', 'a law suit case', { benign: ['suit case'] })).toBe(false);
    expect(matches('lawsuit', 'a law suit', { benign: ['big law', 'suit case'] })).toBe(true);
  });

  it('hides nothing for another text, nor in a class that stands beside it', () => {
    const book = compilePhrases({
      classes: { bank: ['bank'] },
      benign: ['bank holiday'],
      rules: [{ id: 'rule', phrases: ['@bank'] }],
      reach: 'text',
      forgivingFrom: 8,
    });
    expect([book('bank holiday').size, book('bank').size, book('bank holiday').size]).toEqual([0, 1, 0]);
  });

  it('says each rule that matches, by the first of its phrases or the last', () => {
    const rules = [
      { id: 'one', phrases: ['c', 'd'] },
      { id: 'two', phrases: ['e', 'c'] },
      { id: 'three', phrases: ['f'] },
    ];
    const book = compilePhrases({ rules, reach: 'text', forgivingFrom: 8 });
    expect([...book('x d x c')]).toEqual(['one', 'two']);
    expect([...book('f')]).toEqual(['three']);
    expect([...book('x')]).toEqual([]);
    expect([...book('')]).toEqual([]);
  });

  it('keeps sentences apart at each stop and line end where asked, and takes each stop for a word where not', () => {
    for (const stop of ['.', '!', '?', ';']) {
      expect(matches('c ~1 d', `c${stop} d`)).toBe(true);
      expect(matches('c d', `c${stop} d`)).toBe(false);
      expect(matches('c ~9 d', `c${stop} d`, { reach: 'sentence' })).toBe(false);
    }
    expect(matches('c ~9 d', 'c\nd', { reach: 'sentence' })).toBe(false);
    expect(matches('c ~2 d', 'c. x. d')).toBe(false);
    expect(matches('c ~3 d', 'c. x. d')).toBe(true);
    expect(matches('c d', 'c, d', { reach: 'sentence' })).toBe(true);
    expect(matches('e ~1 f', 'c. d. e x f', { reach: 'sentence' })).toBe(true);
    expect(matches('e ~1 f', 'c. d. e x f')).toBe(true);
  });

  it('shuffles the inside of a word alone, from the set length on', () => {
    expect(matches('lawyer', 'my lweyar', { shuffledFrom: 6 })).toBe(true);
    expect(matches('lawyer', 'my lweyar', { shuffledFrom: 7 })).toBe(false);
    expect(matches('lawyer', 'my alwyer', { shuffledFrom: 6 })).toBe(false);
    expect(matches('lawyer', 'my lawyre', { shuffledFrom: 6 })).toBe(false);
    expect(matches('lawyer*', 'my lweyar', { shuffledFrom: 6 })).toBe(false);
    expect(matches('attorneys', 'my aenrottys', { forgivingFrom: 20, shuffledFrom: 6 })).toBe(true);
  });

  it('refuses what it cannot read', () => {
    expect(() => matches('@nowhere', 'x')).toThrow('unknown word class');
    expect(() => matches('b-c', 'x')).toThrow('not a word');
    expect(() => matches('', 'x')).toThrow('empty phrase');
  });
});
