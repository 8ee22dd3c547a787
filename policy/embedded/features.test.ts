import { describe, expect, it } from 'vitest';
import type { Channel } from '../../events/words.ts';
import { featuresOf } from './features.ts';
import { featureHash, wordNamesOf } from './grams.ts';

describe('the names of a sentence', () => {
  it('words, pairs, triples, gaps, and all without their endings', () => {
    expect(wordNamesOf(['boxes', 'still', 'shipping']).toSorted()).toEqual(
      [
        ...['boxes', 'still', 'shipping', '~box', '~still', '~shipp'],
        ...['^ boxes', 'boxes still', 'still shipping', 'shipping $'],
        ...['~^ box', '~box still', '~still shipp', '~shipp $'],
        ...['^ _ still', 'boxes _ shipping', 'still _ $'],
        ...['^ boxes still', 'boxes still shipping', 'still shipping $'],
      ].toSorted(),
    );
  });

  it.each([
    { word: 'boxes', stem: 'box' },
    { word: 'leaks', stem: 'leak' },
    { word: 'leaked', stem: 'leak' },
    { word: 'badly', stem: 'bad' },
    { word: 'uses', stem: 'uses' },
    { word: 'lamp', stem: 'lamp' },
  ])('$word is a form of $stem', ({ word, stem }) => {
    expect(wordNamesOf([word])).toContain(`~${stem}`);
    expect(wordNamesOf([word])).toContain(`~^ ${stem}`);
  });

  const denied = (sentence: string) => wordNamesOf(sentence.split(' ')).filter((name) => name.startsWith('!'));

  it.each([
    { says: 'it came late', denies: [] },
    { says: 'dont cancel it please', denies: ['!cancel', '!it', '!please'] },
    { says: 'not one of my four boxes came', denies: ['!one', '!of', '!my', '!four'] },
    { says: 'not broken never opened at all today then', denies: ['!broken', '!open', '!at', '!all', '!today'] },
    { says: 'not today but now', denies: ['!today'] },
    { says: 'no quiero cancelar sino cambiar', denies: ['!quiero', '!cancelar'] },
  ])('$says: denied are $denies', ({ says, denies }) => {
    expect(denied(says)).toEqual(denies);
  });
});

/** Names with how often each stands there, as features of one group: 1 + ln n each, then all to the group's length. */
function group(name: string, length: number, counts: Readonly<Record<string, number>>): [number, number][] {
  const values = Object.entries(counts).map(([feature, count]) => [feature, 1 + Math.log(count)] as const);
  const own = Math.hypot(...values.map(([, value]) => value));
  return values.map(([feature, value]) => [featureHash(name, feature), (length * value) / own]);
}

const once = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 1]));

function expectFeatures(text: string, channel: Channel, expected: readonly [number, number][]): void {
  const found = featuresOf(text, channel);
  expect([...found.keys()].toSorted()).toEqual(expected.map(([hash]) => hash).toSorted());
  for (const [hash, value] of expected) expect(found.get(hash)).toBeCloseTo(value, 10);
}

describe('the features of a message', () => {
  const LAMP = once('lamp', '~lamp', '^ lamp', '~^ lamp', 'lamp $', '~lamp $', '^ _ $', '^ lamp $');

  it('one word that nothing knows', () => {
    expectFeatures('Lamp', 'email', [
      ...group('words', 2, LAMP),
      ...group('letters', 0.8, once('<la', 'lam', 'amp', 'mp>', '<lam', 'lamp', 'amp>', '<lamp', 'lamp>')),
      ...group('rules', 0.7, once('unknown_other=0.4')),
      ...group('channel', 0.8, once('email')),
      ...group('last', 0.4, LAMP),
    ]);
  });

  it('counts what stands there again, and reads the last sentence twice', () => {
    const twice = Object.fromEntries(Object.keys(LAMP).map((name) => [name, 2]));
    const a = once('a', '~a', '^ a', '~^ a', 'a $', '~a $', '^ a $');
    const letters = { '<la': 2, lam: 2, amp: 2, 'mp>': 2, '<lam': 2, lamp: 2, 'amp>': 2, '<lamp': 2, 'lamp>': 2 };
    expectFeatures('lamp. lamp. a', 'tiktok', [
      ...group('words', 2, { ...twice, ...a, '^ _ $': 3 }),
      ...group('letters', 0.8, { ...letters, '<a>': 1 }),
      ...group('rules', 0.7, once('unknown_other=0.4')),
      ...group('channel', 0.8, once('tiktok')),
      ...group('last', 0.4, { ...a, '^ _ $': 1 }),
    ]);
  });

  it('has nothing but rules and channel where nothing is said', () => {
    expectFeatures('', 'email', [
      ...group('rules', 0.7, once('unknown_other=0.4')),
      ...group('channel', 0.8, once('email')),
    ]);
  });
});

describe('one group of features', () => {
  const expectGroup = (name: string, text: string, expected: readonly [number, number][]): void => {
    const found = featuresOf(text, 'email');
    for (const [hash, value] of expected) expect(found.get(hash), `${name} of ${text}`).toBeCloseTo(value, 10);
  };

  it('concepts, and which stand together in a sentence', () => {
    // By hand: 1 + ln 2 = 1.6931 for the parcel; √(1.6931² + 1 + 1) = 2.2062; half of 1.6931 / 2.2062 = 0.3837.
    const found = featuresOf('parcel refunded parcel', 'email');
    expect(found.get(featureHash('concepts', 'parcel'))).toBeCloseTo(0.3837, 4);
    expect(found.get(featureHash('concepts', 'refund'))).toBeCloseTo(0.2266, 4);
    expect(found.get(featureHash('concepts', 'parcel&refund'))).toBeCloseTo(0.2266, 4);
    expectGroup('concepts', 'refund lamp. parcel lamp', group('concepts', 0.5, once('refund', 'parcel')));
    expect(featuresOf('refund lamp. parcel lamp', 'email').has(featureHash('concepts', 'parcel&refund'))).toBe(false);
  });

  it('three concepts make three pairs', () => {
    expectGroup(
      'concepts',
      'refunded parcel color',
      group(
        'concepts',
        0.5,
        once('refund', 'parcel', 'color', 'variant', ...pairs(['color', 'parcel', 'refund', 'variant'])),
      ),
    );
  });

  it('phrase rules that hit, and what they score', () => {
    expectGroup(
      'rules',
      'cancel my order',
      group('rules', 0.7, once('cancel.order', 'cancel.order_weak', 'cancel_order=0.9')),
    );
  });

  it('moods, and the concepts beside them', () => {
    expectGroup(
      'moods',
      'found my parcel',
      group('moods', 0.6, once('settled', 'placed', 'settled&parcel', 'placed&parcel')),
    );
    expectGroup('moods', 'lamp?', group('moods', 0.6, once('asking')));
  });

  it('shapes have no letters', () => {
    expectGroup('letters', '#1234 ok', group('letters', 0.8, once('<ok', 'ok>', '<ok>')));
    expect(featuresOf('#1234 ok', 'email').has(featureHash('letters', 'sha'))).toBe(false);
    expect(featuresOf('#1234 ok', 'email').has(featureHash('words', 'shapenumber'))).toBe(true);
  });

  it('what is denied is not seen', () => {
    expect(featuresOf('dont cancel it, lamp', 'email').has(featureHash('words', 'cancel'))).toBe(false);
  });
});

const pairs = (names: readonly string[]): string[] =>
  names.flatMap((one, at) => names.slice(at + 1).map((other) => `${one}&${other}`));

describe('the hash of a feature', () => {
  // FNV-1a, 32 bits, from the test vectors its authors publish (test_fnv.c); those that read as group and name.
  it.each([
    ['http', '//antwrp.gsfc.nasa.gov/apod/astropix.html', 0xce524afa],
    ['http', '//en.wikipedia.org/wiki/Fowler_Noll_Vo_hash', 0xdd16ef45],
    ['http', '//epod.usra.edu/', 0x60648bb3],
    ['http', '//exoplanet.eu/', 0x7fa4bcfc],
    ['http', '//hvo.wr.usgs.gov/cam3/', 0x5053ae17],
  ])('%s:%s', (name, feature, hash) => {
    expect(featureHash(name, feature)).toBe(hash);
  });
});
