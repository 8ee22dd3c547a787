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
