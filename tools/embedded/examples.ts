/** Corpus rows → training examples: the rows, the same with a phone keyboard's slips, and two wishes in one message. */
import type { Channel, Intent } from '../../events/words.ts';
import type { CorpusRow } from '../corpus/source.ts';
import { seeded, shuffle } from './random.ts';

export type Example = {
  readonly text: string;
  readonly channel: Channel;
  readonly intents: readonly Intent[];
  readonly weight: number;
};

const SHARES = { slips: 0.5, pairs: 0.5 };
const PAIR_WEIGHT = 0.5;
/** Residual wishes: beside an issue they are none of their own (decisions §1.3). */
const RESIDUAL: readonly Intent[] = [
  'unknown_other',
  'phone_support_request',
  'tiktok_support_request',
  'social_media_support_request',
];
const JOINTS = ['\n', '\n\n', ' ', '. ', ' also ', ' and ', ', and ', '. Also, ', ' plus ', '. One more thing: '];

/** @param share  of rows that come with slips, and that make a pair, once more */
export function examplesOf(rows: readonly CorpusRow[], seed: number, share: Partial<typeof SHARES> = {}): Example[] {
  const shares = { ...SHARES, ...share };
  const random = seeded(seed);
  const plain = rows.map(
    (row): Example => ({ text: row.text, channel: channelOf(row, random), intents: [row.intent], weight: 1 }),
  );
  const slips = rows
    .filter(() => random() < shares.slips)
    .map(
      (row): Example => ({
        text: withSlips(row.text, random),
        channel: channelOf(row, random),
        intents: [row.intent],
        weight: 0.5,
      }),
    );
  return [...plain, ...slips, ...pairs(rows, shares.pairs, random)];
}

function pairs(rows: readonly CorpusRow[], share: number, random: () => number): Example[] {
  const firsts = shuffle(rows, random).slice(0, Math.round(rows.length * share));
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  // Small talk beside a wish is learnt from the firsts; what the pairs are for is two wishes.
  const wishes = rows.filter(({ intent }) => !RESIDUAL.includes(intent));
  return firsts.map((first) => {
    const second = pick(wishes);
    const both = [...new Set([first.intent, second.intent])];
    const clear = both.filter((intent) => !RESIDUAL.includes(intent));
    return {
      text: `${first.text}${pick(JOINTS)}${second.text}`,
      channel: channelOf(clear.length > 0 ? { ...first, intent: 'unknown_other' } : first, random),
      intents: clear.length > 0 ? clear : [both.find((intent) => intent !== 'unknown_other') ?? 'unknown_other'],
      weight: PAIR_WEIGHT,
    };
  });
}

/** Where a message of this kind may have been written: authors did not say, except by intent and voice. */
export function channelOf({ intent, voice }: CorpusRow, random: () => number): Channel {
  const draw = random();
  if (intent === 'tiktok_support_request') return 'tiktok';
  if (intent === 'social_media_support_request') return 'social';
  if (voice === 'social' && draw < 0.5) return draw < 0.15 ? 'tiktok' : 'social';
  if (draw < 0.12) return draw < 0.05 ? 'tiktok' : 'social';
  return draw < 0.35 ? 'livechat' : 'email';
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Lower case or no punctuation now and then, and a slip in about every eighth longer word. */
function withSlips(text: string, random: () => number): string {
  const cased = random() < 0.5 ? text.toLowerCase() : text;
  const marked = random() < 0.4 ? cased.replace(/[.,!?;'’]/g, '') : cased;
  return marked.replace(/\p{L}{4,}/gu, (word) => (random() < 0.12 ? slip(word, random) : word));
}

function slip(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const [before, letter, after] = [word.slice(0, at), word.slice(at, at + 1), word.slice(at + 1)];
  const kind = Math.floor(random() * 4);
  if (kind === 0) return before + after;
  if (kind === 1) return before + letter + letter + after;
  if (kind === 2) return before + after.slice(0, 1) + letter + after.slice(1);
  return before + LETTERS[Math.floor(random() * LETTERS.length)] + after;
}
