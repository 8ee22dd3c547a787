/** The copies of a text that phrase rules read: plain, and with disguises undone (decisions §2.1). */
import { isEnglishWord } from './english-words.ts';

/** Characters that render as nothing: zero-width, soft hyphen, bidi, variation selectors, tags. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const CONTROL = /[\p{Cc}]/gu;

/** Letters of other scripts that look Latin; read only on the second copy, so that real Cyrillic or Greek stays itself on the first. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    е: 'e',
    о: 'o',
    р: 'p',
    с: 'c',
    х: 'x',
    у: 'y',
    і: 'i',
    ї: 'i',
    ѕ: 's',
    һ: 'h',
    ј: 'j',
    ԁ: 'd',
    ԛ: 'q',
    ԝ: 'w',
    к: 'k',
    м: 'm',
    т: 't',
    в: 'b',
    н: 'h',
    г: 'r',
    ь: 'b',
    л: 'n',
    п: 'n',
    ѵ: 'v',
    ӏ: 'l',
    ɡ: 'g',
    ɑ: 'a',
    ı: 'i',
    ɩ: 'i',
    α: 'a',
    β: 'b',
    ο: 'o',
    ρ: 'p',
    ν: 'v',
    τ: 't',
    υ: 'u',
    ι: 'i',
    κ: 'k',
    ε: 'e',
    η: 'n',
    ω: 'w',
    χ: 'x',
    γ: 'y',
    σ: 'o',
    ø: 'o',
    đ: 'd',
    ł: 'l',
    ħ: 'h',
    ŧ: 't',
    æ: 'ae',
    œ: 'oe',
    ʟ: 'l',
    ᴀ: 'a',
    ᴄ: 'c',
    ᴇ: 'e',
    ɢ: 'g',
    ʜ: 'h',
    ɪ: 'i',
    ᴋ: 'k',
    ᴍ: 'm',
    ɴ: 'n',
    ᴏ: 'o',
    ᴘ: 'p',
    ʀ: 'r',
    ꜱ: 's',
    ᴛ: 't',
    ᴜ: 'u',
    ᴠ: 'v',
    ᴡ: 'w',
    ʏ: 'y',
    ʙ: 'b',
    ᴅ: 'd',
  }),
);

/** Digits and signs written for letters; `1` has two readings, so it gets two copies. */
const SWAPS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '0': 'o',
    '3': 'e',
    '4': 'a',
    '5': 's',
    '7': 't',
    '8': 'b',
    '@': 'a',
    $: 's',
    '€': 'e',
    '!': 'i',
    '|': 'l',
  }),
);
const SWAPPABLE_RUN = /[\p{L}\d@$€!|]+/gu;

/** NFKC, no invisible characters, no accents, lower case; apostrophes inside words vanish ("don't" → "dont"). */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/[^\S\n]/gu, ' ')
    .replace(CONTROL, (sign) => (sign === '\n' ? '\n' : ' '))
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/(\p{L})['’‘`´ʼ](?=\p{L})/gu, '$1');
}

function collapse(folded: string): string {
  return folded
    .replace(/ {2,}/g, ' ') // first, so that the next need not look over a long run again and again
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/** Undoes swaps in a run that holds a letter, or in a single sign that may be one letter of a spaced-out word. */
function swapRun(run: string, one: 'i' | 'l'): string {
  const letters = /\p{L}/u.test(run);
  if (!letters && run.length > 1) return run;
  // A closing "!" or a leading "$" or "@" is ordinary punctuation unless letters stand on both sides of it.
  const body = run.replace(/!+$/, '');
  let out = '';
  for (const sign of body) out += sign === '1' ? one : (SWAPS.get(sign) ?? sign);
  return out + run.slice(body.length);
}

/** Blocks of 26 letters A–Z that NFKC leaves as they are: regional indicators (flags), and letters in black circles and squares. */
const PICTURE_ALPHABETS = [0x1f1e6, 0x1f150, 0x1f170] as const;

function letterOfPicture(sign: string): string | undefined {
  const point = sign.codePointAt(0) ?? 0;
  const start = PICTURE_ALPHABETS.find((first) => point >= first && point < first + 26);
  return start === undefined ? undefined : String.fromCharCode(0x61 + point - start);
}

function mapLookAlikes(text: string): string {
  let out = '';
  for (const sign of text) out += LOOK_ALIKES.get(sign) ?? letterOfPicture(sign) ?? sign;
  return out;
}

/** "suuue" → "sue", "chargebackkkk" → "chargeback": no word has a letter three times in a row. */
function shortenRepeats(text: string): string {
  return text.replace(/(\p{L})\1{2,}/gu, '$1');
}

/** Joins "c h a r g e", "c.h.a.r.g.e" and "s - u - e": three or more single letters, each few separators apart. */
function joinSpacedLetters(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])\p{L}(?:[ .\-_*·•,/|+~]{1,3}\p{L}(?![\p{L}\p{N}])){2,}/gu, (run) => {
    const letters = run.replace(/[^\p{L}]/gu, '');
    const words = splitIntoWords(letters);
    return words === null ? letters : `${letters} ${words.join(' ')}`;
  });
}

const MAX_RUN_LETTERS = 80; // a spelt-out sentence; longer runs are noise
const MAX_WORD_LETTERS = 14;

/** "iwillsueyou" → four words, where a whole sentence was spelt out; `null` when it is one word or none. */
function splitIntoWords(letters: string): readonly string[] | null {
  if (letters.length < 5 || letters.length > MAX_RUN_LETTERS) return null;
  // Fewest words for each beginning of the run; `null` where no split exists.
  const best: (readonly string[] | null)[] = [[]];
  for (let end = 1; end <= letters.length; end += 1) {
    let chosen: readonly string[] | null = null;
    for (let start = Math.max(0, end - MAX_WORD_LETTERS); start < end; start += 1) {
      const before = best[start];
      const word = letters.slice(start, end);
      if (!before || (chosen !== null && before.length + 1 >= chosen.length) || !isEnglishWord(word)) continue;
      chosen = [...before, word];
    }
    best.push(chosen);
  }
  const words = best[letters.length] ?? null;
  return words !== null && words.length > 1 ? words : null;
}

function undisguise(folded: string, one: 'i' | 'l'): string {
  const swapped = mapLookAlikes(folded).replace(SWAPPABLE_RUN, (run) => swapRun(run, one));
  const joined = joinSpacedLetters(shortenRepeats(swapped.replace(/ {2,}/g, ' ')));
  return collapse(joined.replace(/(\p{L})(?:[*_·•~^"+.|/\\-]|\p{Extended_Pictographic}){1,2}(?=\p{L})/gu, '$1'));
}

/** The plain copy first, then the undisguised ones that differ from it. */
export function normalisedCopies(text: string): readonly string[] {
  const folded = foldText(text);
  return [...new Set([collapse(folded), undisguise(folded, 'i'), undisguise(folded, 'l')])];
}

/** The plain copy alone: for rules where nobody gains by disguise. */
export function plainCopy(text: string): string {
  return collapse(foldText(text));
}
