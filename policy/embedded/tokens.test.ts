import { describe, expect, it } from 'vitest';
import { sentencesOf } from './tokens.ts';

const wordsOf = (text: string): readonly string[] => sentencesOf(text).flat();

describe('the words of a message', () => {
  it.each([
    { text: 'Where IS my café order', words: ['where', 'is', 'my', 'cafe', 'order'] },
    { text: "don't they’re", words: ['dont', 'theyre'] },
    { text: 'black, white (both)', words: ['black', 'white', 'both'] },
    { text: 'why??? now?! no!!', words: ['why', '?', 'now', '?', 'no', '!'] },
    { text: 'lost 📦', words: ['lost', '📦'] },
    { text: 'pleeeease sooo good', words: ['pleease', 'soo', 'good'] },
    { text: 'abcdefghijklmnopqrstuvwx', words: ['abcdefghijklmnopqrstuvwx'] },
    { text: 'abcdefghijklmnopqrstuvwxyz', words: ['abcdefghijklmnopqrstuvwx'] },
    { text: '', words: [] },
  ])('$text', ({ text, words }) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it.each([
    {
      shape: 'shapeurl',
      is: ['https://a.example/x?y=1', 'http://a.example', 'www.shop.example'],
      no: ['shop.example'],
    },
    { shape: 'shapemail', is: ['mira@shop.example'], no: ['mira@home', '@mira'] },
    {
      shape: 'shapemoney',
      is: ['$12.50', '£ 5', '€1,200', '30€', '12 dollars', '1 euro', '9.99 usd', '20 quid'],
      no: ['12 cups', 'usd'],
    },
    { shape: 'shapepercent', is: ['20%', '12.5 %'], no: ['20 percent', '%'] },
    { shape: 'shapedate', is: ['3rd', '21st', '12/05/2026', '2026-05-12', '5/6'], no: ['100th', '5 / 6'] },
    { shape: 'shapetime', is: ['5pm', '5:30 am', '17:45'], no: ['5 people', '17:4'] },
    {
      shape: 'shapenumber',
      is: ['#123', '# 1042', '#ab-123', 'ord-1234', 'AB123456789', '1234', '123456789', '#1234567890'],
      no: ['#12', '123', 'ord-123', '1234567890'],
    },
    { shape: 'shapecode', is: ['1Z999AA10123456784', '1abcdefghi', '1234567890'], no: ['1abcdefgh', 'abcdefghijkl'] },
    { shape: 'shapedigit', is: ['7', '2.5', '123'], no: ['2x', 'seven', '1234'] },
  ])('$shape stands for $is, not for $no', ({ shape, is, no }) => {
    for (const value of is) expect(wordsOf(`for ${value} please`), value).toEqual(['for', shape, 'please']);
    for (const value of no) expect(wordsOf(`for ${value} please`), value).not.toContain(shape);
  });

  it('an answer by return mail sends nothing back', () => {
    expect(wordsOf('reply by return of mail please')).toEqual(['reply', 'please']);
    expect(wordsOf('answer by return e-mail')).toEqual(['answer']);
    expect(wordsOf('I return it by mail')).toEqual(['i', 'return', 'it', 'by', 'mail']);
  });
});

describe('the sentences of a message', () => {
  it.each([
    {
      text: 'It came. It broke',
      sentences: [
        ['it', 'came'],
        ['it', 'broke'],
      ],
    },
    {
      text: 'It came; it broke.',
      sentences: [
        ['it', 'came'],
        ['it', 'broke'],
      ],
    },
    { text: 'Hi\n\nit broke\n', sentences: [['hi'], ['it', 'broke']] },
    {
      text: 'Where is it? Hurry!',
      sentences: [
        ['where', 'is', 'it', '?'],
        ['hurry', '!'],
      ],
    },
    { text: '... it came, it broke ...', sentences: [['it', 'came', 'it', 'broke']] },
    { text: 'now', sentences: [['now']] },
    { text: '?', sentences: [['?']] },
    { text: '. . .', sentences: [] },
  ])('$text', ({ text, sentences }) => {
    expect(sentencesOf(text)).toEqual(sentences);
  });
});

describe('how much is read', () => {
  const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `w${at % 10}x`);

  it('600 words, not one more', () => {
    expect(wordsOf(numbered(600).join(' '))).toEqual(numbered(600));
    expect(wordsOf(numbered(601).join(' '))).toEqual(numbered(600));
  });
  it('8,000 characters, not one more', () => {
    expect(wordsOf(`first ${' '.repeat(7_988)}refund`)).toEqual(['first', 'refund']);
    expect(wordsOf(`first ${' '.repeat(7_989)}refund`)).toEqual(['first', 'refun']);
  });
});
