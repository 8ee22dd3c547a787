import { describe, expect, it } from 'vitest';
import { foldText, normalisedCopies, plainCopy } from './normalise.ts';

describe('normalisation (decisions §2.1)', () => {
  it.each([
    ["I DON'T  know\u00A0it", 'i dont know it'],
    ['ＣＡＦÉ', 'cafe'],
    ['za\u200Bp\u00ADped', 'zapped'],
    ['a\n\n b', 'a\nb'],
    ['Straße', 'strasse'],
  ])('the plain copy of %j is %j', (text, expected) => {
    expect(plainCopy(text)).toBe(expected);
  });

  it.each([
    ['ch@rge', 'charge'],
    ['l3g4l', 'legal'],
    ['$ue', 'sue'],
    ['k1ll', 'kill'],
    ['1awyer', 'lawyer'],
    ['с\u0430sh', 'cash'],
    ['l a w', 'law'],
    ['k.i.l.l', 'kill'],
    ['char*ge', 'charge'],
    ['charge-back', 'chargeback'],
    ['i w i l l s u e', 'iwillsue i will sue'],
    ['s - u  - e', 'sue'],
    ['\u{1F1F8}\u{1F1FA}\u{1F1EA}', 'sue'],
    ['\u{1F162}\u{1F164}\u{1F154}', 'sue'],
    ['suuuue', 'sue'],
    ['s\u{1F525}ue', 'sue'],
  ])('an undisguised copy of %j is %j', (text, expected) => {
    expect(normalisedCopies(text)).toContain(expected);
  });

  it('leaves numbers, closing signs and ordinary text alone', () => {
    expect(normalisedCopies('order 10457 is late!')).toEqual(['order 10457 is late!']);
    expect(normalisedCopies('where is it?')).toEqual(['where is it?']);
  });

  it.each([
    ["an apostrophe inside a word goes: don't", 'an apostrophe inside a word goes: dont'],
    ['it’s it‘s it`s itʼs', 'its its its its'],
    ["'quoted'", "'quoted'"],
    ['a\tb\u0007c', 'a b c'],
    ['  a   b  ', 'a b'],
    ['a \n \n b', 'a\nb'],
    ['\uFE0Fa\u{E0061}b', 'ab'],
    ['¿Dónde está el niño?', '¿donde esta el nino?'],
    ['Привет', 'привет'],
  ])('the plain copy of %j is %j', (text, expected) => {
    expect(plainCopy(text)).toBe(expected);
  });

  it('folding keeps each blank and line end', () => {
    expect(foldText(' A  b\n\n\tC ')).toBe(' a  b\n\n c ');
  });
});

/** A letter of another alphabet beside the Latin one that a reader takes it for. */
const LOOK_ALIKES: readonly (readonly [script: string, pairs: string])[] = [
  ['Cyrillic', 'аa еe оo рp сc хx уy іi їi ѕs һh јj ԁd ԛq ԝw кk мm тt вb нh гr ьb лn пn ѵv ӏl'],
  ['Greek', 'αa βb οo ρp νv τt υu ιi κk εe ηn ωw χx γy σo'],
  ['phonetic', 'ɡg ɑa ıi ɩi'],
  ['Nordic, Polish and Maltese', 'øo đd łl ħh ŧt'],
  ['small capitals', 'ʟl ᴀa ᴄc ᴇe ɢg ʜh ɪi ᴋk ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ʙb ᴅd'],
];

describe('look-alikes (decisions §2.1)', () => {
  it.each(
    LOOK_ALIKES.flatMap(([script, pairs]) =>
      pairs.split(' ').map((pair) => {
        const [strange = '', latin = ''] = [...pair];
        return { script, strange, latin };
      }),
    ),
  )('$script $strange is read as $latin', ({ strange, latin }) => {
    expect(normalisedCopies(`q${strange}p`)).toContain(`q${latin}p`);
    expect(plainCopy(`q${strange}p`)).toBe(`q${strange}p`.normalize('NFD').replace(/\p{M}/gu, ''));
  });

  it.each([
    ['æ', 'ae'],
    ['œ', 'oe'],
  ])('%s is read as %s', (strange, latin) => {
    expect(normalisedCopies(`d${strange}d`)).toContain(`d${latin}d`);
  });

  it.each([
    ['flags', 0x1f1e6],
    ['black circles', 0x1f150],
    ['black squares', 0x1f170],
  ])('the alphabet in %s is one', (_name, first) => {
    const picture = (letter: string) => String.fromCodePoint(first + letter.charCodeAt(0) - 97);
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      expect(normalisedCopies(`q${picture(letter)}p`)).toContain(`q${letter}p`);
    }
    for (const beside of [first - 1, first + 26].map((point) => String.fromCodePoint(point))) {
      for (const letter of ['`', '{']) expect(normalisedCopies(`q${beside}p`)).not.toContain(`q${letter}p`);
    }
  });
});

describe('digits and signs for letters (decisions §2.1)', () => {
  it.each(['0o', '3e', '4a', '5s', '7t', '8b', '@a', '$s', '€e', '!i', '|l', '1i', '1l'])('%s', (pair) => {
    const [sign = '', letter = ''] = [...pair];
    expect(normalisedCopies(`q${sign}p`)).toContain(`q${letter}p`);
    expect(plainCopy(`q${sign}p`)).toBe(`q${sign}p`);
  });

  it.each([
    ['a number is none', '10457', ['10457']],
    ['a short one neither', '45', ['45']],
    ['an amount is none', '$45', ['$45']],
    ['a closing "!" is none', 'now!!', ['now!!']],
    ['a single sign may be a letter of a spaced-out word', '$ u e', ['$ u e', 'sue']],
    ['a digit too, with either reading', 'k 1 l l', ['k 1 l l', 'kill', 'klll']],
  ])('%s: %s', (_name, text, expected) => {
    expect(normalisedCopies(text)).toEqual(expected);
  });
});

describe('letters that were pulled apart (decisions §2.1)', () => {
  it.each([
    ['two single letters are none', 'a b', ['a b']],
    ['three are a word', 's u e', ['s u e', 'sue']],
    ['three blanks apart at most', 's   u   e', ['s u e', 'sue']],
    ['not out of a longer word', 'is u e', ['is u e']],
    ['nor into one', 's u er', ['s u er']],
    ['three of a letter are one', 'suuue', ['suuue', 'sue']],
    ['two are two', 'book', ['book']],
    ['a sign between', 's*u*e', ['s*u*e', 'sue']],
    ['two signs between', 'su**ing', ['su**ing', 'suing']],
    ['not three', 'su***ing', ['su***ing']],
    ['a sentence of words', 'i s u e y o u', ['i s u e y o u', 'isueyou i sue you']],
    ['four letters are one word', 'i s u e', ['i s u e', 'isue']],
    ['five may be two', 'i s u e d', ['i s u e d', 'isued i sued']],
    ['as few words as will do', 'c a n n o t', ['c a n n o t', 'cannot']],
    ['and as they stand where there are none', 'x q z v w', ['x q z v w', 'xqzvw']],
  ])('%s: %s', (_name, text, expected) => {
    expect(normalisedCopies(text)).toEqual(expected);
  });

  it('a run of eighty letters is split into words, a longer one is noise', () => {
    const spelt = (letters: string) => [...letters].join(' ');
    const eighty = `${'suethem'.repeat(11)}sue`;
    expect(eighty).toHaveLength(80);
    expect(normalisedCopies(spelt(eighty))).toContain(`${eighty} ${'sue them '.repeat(11)}sue`);
    expect(normalisedCopies(spelt(`i${eighty}`))).toContain(`i${eighty}`);
  });

  it('words of fourteen letters are found, no longer ones', () => {
    const spelt = (letters: string) => [...letters].join(' ');
    expect(normalisedCopies(spelt('congratulationyou'))).toContain('congratulationyou congratulation you');
    expect(normalisedCopies(spelt('congratulationsyou'))).toContain('congratulationsyou');
  });

  it('of two readings that with fewer words is taken, whichever is found first', () => {
    expect(normalisedCopies('w i l l w a n t o w n')).toContain('willwantown will want own');
    expect(normalisedCopies('s u e h e a r a t e')).toContain('suehearate sue hear ate');
  });
});
