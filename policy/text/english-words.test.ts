import { describe, expect, it } from 'vitest';
import { isEnglishWord, isEnglishWriting, isMisspelling } from './english-words.ts';

describe('isEnglishWord', () => {
  it.each([
    ['a word of the list', ['order', 'a', 'where', 'teapot']],
    ['more than one of it', ['orders', 'boxes', 'cats', 'stories', 'parties']],
    ['what was done', ['asked', 'agreed', 'copied', 'replied', 'planned', 'chased']],
    ['what is being done', ['going', 'walking', 'rattling', 'hugging', 'chasing', 'grabbing']],
    ['who does it', ['walker', 'walkers', 'planner', 'chaser']],
    ['more and most of it', ['slower', 'slowest']],
    ['how', ['weirdly']],
  ])('%s', (_name, words) => {
    expect(words.filter((word) => !isEnglishWord(word))).toEqual([]);
  });

  it.each([
    ['no word', ['qwrt', 'xyzzy', 'bestellung', '']],
    ['an ending on too little', ['aing', 'aed', 'goed', 'wes', 'mys', 'zs']],
    ['a letter too many before the ending', ['bagxing', 'planxed', 'walkxing']],
    ['an ending that the word does not take', ['orderz', 'walkung']],
  ])('not: %s', (_name, words) => {
    expect(words.filter((word) => isEnglishWord(word))).toEqual([]);
  });
});

describe('common misspellings', () => {
  it('are English writing, and no English words', () => {
    for (const word of ['recieve', 'tommorow', 'pakage']) {
      expect([isEnglishWord(word), isMisspelling(word), isEnglishWriting(word)]).toEqual([false, true, true]);
    }
  });

  it('are none where the word is English', () => {
    for (const word of ['receive', 'wasnt', 'pls']) {
      expect([isEnglishWord(word), isMisspelling(word), isEnglishWriting(word)]).toEqual([true, false, true]);
    }
  });

  it('are not everything else', () => {
    for (const word of ['bestellung', 'pedido']) {
      expect([isEnglishWord(word), isMisspelling(word), isEnglishWriting(word)]).toEqual([false, false, false]);
    }
  });
});
