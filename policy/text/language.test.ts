import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectLanguage } from './language.ts';

const languageOf = (text: string, locale?: string) => detectLanguage(text, locale).language;

describe('detectLanguage (replies §10)', () => {
  it.each([
    ['Where is my package? It has been two weeks since I placed the order.', 'en'],
    ['my diffuser is not misting and the app will not connect', 'en'],
    ['Could you tell me when order #20417 will arrive? Thanks, Mirela', 'en'],
    ['¿Dónde está mi pedido? Lo compré hace dos semanas y no ha llegado.', 'es'],
    ['quiero saber cuando llega mi paquete, gracias', 'es'],
    ['Wo ist meine Bestellung? Ich warte seit zwei Wochen darauf.', 'other'],
    ["Où est ma commande s'il vous plaît ? J'attends depuis deux semaines.", 'other'],
    ['Onde está a minha encomenda? Estou à espera há duas semanas.', 'other'],
    ['Где мой заказ? Я жду уже две недели и никто не отвечает.', 'other'],
    ['我的订单在哪里？我已经等了两个星期了，请尽快告诉我物流信息谢谢', 'other'],
  ])('%s → %s', (text, language) => {
    expect(languageOf(text)).toBe(language);
  });

  it('takes short text for English only when every word is in the list', () => {
    expect(languageOf('where is my order')).toBe('en');
    expect(languageOf('status?')).toBe('en');
    expect(languageOf('ok thanks')).toBe('en');
    expect(languageOf('donde esta')).toBe('unknown');
    expect(languageOf('qwrt zxc')).toBe('unknown');
    expect(languageOf('wo ist es')).toBe('unknown');
  });

  it.each([
    'My mug arrived broken',
    'teapot cracked',
    'wen will my pakage come',
    'where’s my hoodie',
    'cancle ordr pls',
    'yo any word',
  ])('knows everyday goods and misspellings: %s', (text) => {
    expect(languageOf(text)).toBe('en');
  });

  it.each([
    'mi taza llegó rota',
    'où est mon colis',
    'paket kaputt',
    'cadê meu pedido',
    'commande',
    'pedido',
    'mijn pakket',
    'ordine rotto',
    'bonjour',
    'hola',
  ])('takes no other language for short English: %s', (text) => {
    expect(languageOf(text)).not.toBe('en');
  });

  it('believes an English locale for short text that could be English', () => {
    expect(languageOf('xyzzy plz', 'en-GB')).toBe('en');
    expect(languageOf('xyzzy plz', 'es')).toBe('unknown');
    expect(languageOf('hola pedido', 'en')).toBe('unknown');
    expect(languageOf('где он', 'en')).toBe('unknown');
  });

  it.each([
    'Hola, where is my order? Gracias',
    'Where is my order please? Estoy esperando mi paquete hace dos semanas.',
    'I ordered two weeks ago and it is not here. Wo ist meine Bestellung, ich warte seit Wochen?',
  ])('calls two languages mixed: %s', (text) => {
    expect(detectLanguage(text).mixed).toBe(true);
  });

  it.each([
    'Where is my order? I live in San Jose, near El Paso street.',
    'I would like the vanilla and the lavender one please.',
  ])('does not call names mixed: %s', (text) => {
    expect(detectLanguage(text)).toMatchObject({ language: 'en', mixed: false });
  });

  it('has nothing to say without letters', () => {
    expect(detectLanguage('123 👍 https://shop.test/x')).toEqual({
      language: 'unknown',
      code: null,
      confidence: 0,
      mixed: false,
    });
  });

  it('gives the same answer twice', () => {
    const text = 'cuando llega mi order';
    expect(detectLanguage(text)).toEqual(detectLanguage(text));
  });
});

describe('where one answer ends and the next begins', () => {
  it('twenty letters are long enough to tell a language by (replies §10)', () => {
    expect(detectLanguage('mi pedido hola gracias')).toEqual({
      language: 'unknown',
      code: null,
      confidence: 0,
      mixed: false,
    });
    expect(detectLanguage('mi pedido hola graciass')).toMatchObject({ language: 'es', code: 'es' });
  });

  it('word lists are sure enough, and surer where more words are listed', () => {
    expect(detectLanguage('quiero saber cuando llega mi paquete')).toEqual({
      language: 'es',
      code: 'es',
      confidence: 1,
      mixed: false,
    });
    // Two of four.
    expect(detectLanguage('pedido paquete qwxzvkq zzkqjw')).toMatchObject({ language: 'es', confidence: 0.9 });
    expect(detectLanguage('please refund my order today')).toEqual({
      language: 'en',
      code: 'en',
      confidence: 1,
      mixed: false,
    });
    // Two of three, and thirteen of fourteen.
    expect(detectLanguage('please refunds qwxzvkq')).toMatchObject({ language: 'en', code: 'en', confidence: 0.9 });
    expect(detectLanguage('please refund my order today and send me one more of the two qwxzvkq')).toMatchObject({
      language: 'en',
      confidence: 0.93,
    });
  });

  it('two thirds of English are, three fifths are not', () => {
    expect(languageOf('please refund order qwxzvkq zzkqjw')).toBe('unknown');
  });

  it('a third of Spanish is too little, two fifths are not', () => {
    expect(languageOf('pedido paquete qwxzvkq zzkqjw xkcdw')).toBe('es');
    expect(languageOf('pedido qwxzvkq zzkqjw xkcdw')).not.toBe('es');
  });

  it('what only looks like English has a fifth of everyday words at least', () => {
    for (const rare of ['philosophers throughout history', 'knights wrought thorough worthwhile wreckage history']) {
      expect(detectLanguage(rare)).toMatchObject({ language: 'unknown', code: null, confidence: 0 });
    }
    const { language, code, confidence } = detectLanguage('knights wrought thorough worthwhile wreckage');
    expect([language, code]).toEqual(['unknown', 'en']);
    // Half, and half of the share of everyday words at most.
    expect(confidence).toBe(0.6);
  });

  it.each([
    'Wo ist meine Bestellung? Ich warte seit zwei Wochen darauf.',
    'Где мой заказ? Я жду уже две недели и никто не отвечает.',
    'Où est ma commande, je ne peux plus attendre',
  ])('certainty is never more than all: %s', (text) => {
    const { code, confidence } = detectLanguage(text);
    expect(code).toMatch(/^(?:de|ru|fr)$/);
    expect(confidence).toBeGreaterThanOrEqual(0.9);
    expect(confidence).toBeLessThanOrEqual(1);
  });

  it.each([
    ['two foreign words and three English ones', 'my late order hola gracias', true],
    ['one foreign word', 'my late order hola', false],
    ['one foreign word twice', 'my late order hola hola', false],
    ['two English words', 'my order hola gracias', false],
    ['words that are both', 'my late order no me a once', false],
  ])('mixed or not: %s', (_name, text, mixed) => {
    expect(detectLanguage(text)).toMatchObject({ language: mixed || text.includes('hola') ? 'unknown' : 'en', mixed });
  });

  it('a sentence of its own makes a message mixed, if it is long enough to tell', () => {
    expect(detectLanguage('Where is my order today? quiero mi paquete hoy').mixed).toBe(true);
    expect(detectLanguage('Where is my order today; Wo ist meine Bestellung, ich warte darauf').mixed).toBe(true);
    expect(detectLanguage('Where is my order today? Wo ist es?').mixed).toBe(false);
    expect(detectLanguage('Where is my order today? Please send my parcel today.').mixed).toBe(false);
  });

  it('English among something else is no English message (replies §10)', () => {
    expect(detectLanguage('where is my late order please hola gracias')).toMatchObject({
      language: 'unknown',
      code: 'en',
      mixed: true,
    });
    expect(detectLanguage('hola gracias xqz qqv zz').mixed).toBe(false);
    // Twenty letters of another language, one less, and half of the words of a sentence.
    expect(detectLanguage('Where is my order today? wo ist meine bestellung').mixed).toBe(true);
    expect(detectLanguage('Where is my order today? wo ist mein bestellung').mixed).toBe(false);
    expect(detectLanguage('Where is my order today? pedido qwxzvkq pedido xkcdw').mixed).toBe(true);
  });

  it('thirteen of twenty words are English enough', () => {
    const words = 'please refund my order today and send me one or two more pots qwxz zqk vkq xkc kqj wvq zzq';
    expect(words.split(' ')).toHaveLength(20);
    expect(detectLanguage(words)).toMatchObject({ language: 'en', confidence: 0.9 });
    expect(languageOf('pedido qwxzvkqq zzkqjwv')).not.toBe('es');
  });

  it('names count for nothing, English words in capitals do', () => {
    expect(detectLanguage('qwxzvkq Please Refund Monday Order')).toMatchObject({ language: 'en', confidence: 0.9 });
    expect(detectLanguage('please refund two Xqzv-Monday Qwx-Order')).toMatchObject({ language: 'en', confidence: 1 });
    const { language, confidence } = detectLanguage(', Zorblattington Quibberish');
    expect(language).toBe('unknown');
    expect(confidence).toBeGreaterThanOrEqual(0);
  });

  it('says nothing of a script that nobody told it of', () => {
    expect(detectLanguage('ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ᎣᏏᏲ ᏙᎯᏧ ᎠᏂᏴᏫᏯ ᏙᎪᏩ')).toEqual({
      language: 'unknown',
      code: null,
      confidence: 0,
      mixed: false,
    });
  });

  it('four thousand characters are read', () => {
    const at = (text: string) => languageOf(`${' '.repeat(3_998)}${text}`);
    expect(at('ok')).toBe('en');
    expect(at('okx')).toBe('en');
    expect(at(' okx')).toBe('unknown');
  });

  it('a locale speaks for what could be English', () => {
    expect(detectLanguage('xyzzy plugh', 'en')).toEqual({ language: 'en', code: 'en', confidence: 0.5, mixed: false });
    expect(detectLanguage('xyzzy plugh', null)).toEqual({
      language: 'unknown',
      code: null,
      confidence: 0,
      mixed: false,
    });
    expect(detectLanguage('ok thanks', 'es')).toEqual({ language: 'en', code: 'en', confidence: 1, mixed: false });
    expect(languageOf('xyzzy plugh', 'eng')).toBe('unknown');
    expect(languageOf('xyzzyxx plughq wubbad', 'en')).toBe('en');
    expect(languageOf('xyzzyxx plughq wubbadd', 'en')).not.toBe('en');
    expect(languageOf('zorblatting quibberi', 'en')).toBe('en');
    expect(languageOf('zorblatting quibberis', 'en')).not.toBe('en');
    expect(languageOf('my late order zzkqj xkcdw vvqkw', 'en')).toBe('en');
    expect(languageOf('my late order zzkqj xkcdw vvqkw qqxzw', 'en')).not.toBe('en');
    expect(languageOf('xyzzy hola', 'en')).toBe('unknown');
  });
});

/** Invented; `notEnglish` where all that matters is that no English reply follows. */
type Sample = { readonly text: string; readonly language?: string; readonly notEnglish?: true; readonly mixed?: true };
const SAMPLES = readFileSync(new URL('./testdata/language-samples.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Sample);

describe('samples in eleven languages, short words, names and typing errors', () => {
  it.each(SAMPLES.filter(({ language }) => language !== undefined))('$language: $text', ({ text, language }) => {
    expect(detectLanguage(text).language).toBe(language);
  });

  it.each(SAMPLES.filter(({ notEnglish, mixed }) => notEnglish ?? mixed))('not English: $text', ({ text }) => {
    expect(detectLanguage(text).language).not.toBe('en');
  });

  it.each(SAMPLES.filter(({ language }) => language === 'en'))('not mixed: $text', ({ text }) => {
    expect(detectLanguage(text).mixed).toBe(false);
  });

  it('an English locale makes no English of two languages', () => {
    for (const { text } of SAMPLES.filter(({ mixed }) => mixed))
      expect(detectLanguage(text, 'en-US').language, text).not.toBe('en');
  });
});
