import { describe, expect, it } from 'vitest';
import type { CorpusRow } from './source.ts';
import { alikeRows, goldenRows } from './variety.ts';

const row = (text: string, intent: CorpusRow['intent'] = 'unknown_other'): CorpusRow => ({
  ...{ id: `train-x:${text}`, author: 'train-x', voice: 'plain', intent, text },
});
const found = (text: string, golden: string) =>
  goldenRows([row(text)], [{ id: 'gold:1', text: golden }]).map(({ jaccard }) => jaccard);

describe('a corpus row and a golden one', () => {
  it.each([
    { when: 'word for word', text: 'says delivered but i dont have it', golden: 'Says delivered but I dont have it!!' },
    { when: 'two words', text: 'call me', golden: 'Call me' },
    { when: 'names, numbers and products apart', text: 'where is my mug 1234', golden: 'where is my hoodie 99' },
    { when: 'no word at all', text: '👍', golden: '👍' },
  ])('are the same: $when', ({ text, golden }) => {
    expect(found(text, golden)).toEqual([1]);
  });

  it('are the same from half of their triples of words on, and not below', () => {
    // "a b c", "b c d" against "a b c", "b c d", "c d e", "d e f": two of four; with "e f g" two of five.
    expect(found('alpha bravo charlie delta', 'alpha bravo charlie delta echo foxtrot')).toEqual([0.5]);
    expect(found('alpha bravo charlie delta', 'alpha bravo charlie delta echo foxtrot golf')).toEqual([]);
  });

  it.each([
    { when: 'other words', text: 'call me', golden: 'phone me' },
    { when: 'other signs', text: '👍', golden: '😡' },
    { when: 'two words of more', text: 'call me', golden: 'please call me today' },
  ])('are two: $when', ({ text, golden }) => {
    expect(found(text, golden)).toEqual([]);
  });

  it('are named both, whatever the intent', () => {
    const known = row('see you in court', 'legal_threat');
    expect(goldenRows([known, row('hello')], [{ id: 'gold:7', text: 'See you in court.' }])).toEqual([
      { row: known, golden: 'gold:7', jaccard: 1 },
    ]);
  });
});

describe('rows of one intent', () => {
  it('are alike from half of their triples of words on; another intent may say the same', () => {
    const rows = [row('call me'), row('Call me!'), row('call me', 'phone_support_request')];
    expect(alikeRows(rows)).toEqual([{ one: rows[0], other: rows[1], jaccard: 1 }]);
  });
});
