/** Words that decide whether a text may be sent: banned ones, and the ones a resolving reply needs (replies §1.9, R4–R6). */

type Phrase = { readonly label: string; readonly pattern: RegExp };

/** A phrase as it is written, between word boundaries, in any case. */
function phrase(label: string): Phrase {
  const words = label.split(' ').map((word) => word.replace(/[^\w']/g, '\\$&'));
  return { label, pattern: new RegExp(`(?<![\\p{L}\\p{N}])${words.join('\\s+')}(?![\\p{L}\\p{N}])`, 'iu') };
}

/** TL09; `guarantee` and `promise` also in their other forms, since those say the same thing. */
const BANNED_PHRASES: readonly Phrase[] = [
  { label: 'guarantee', pattern: /(?<![\p{L}\p{N}])guarant(?:ee[sd]?|eeing)(?![\p{L}\p{N}])/iu },
  { label: 'promise', pattern: /(?<![\p{L}\p{N}])promis(?:e[sd]?|ing)(?![\p{L}\p{N}])/iu },
  ...[
    'we have refunded',
    'we will refund',
    'will be replaced',
    'has been cancelled',
    'we contacted the carrier',
    'we spoke',
    'free replacement',
    'compensation',
    'discount of',
    'automated',
    'bot',
    'AI',
    'your address is',
    "we can't find your order",
    'by tomorrow',
    'exact date',
  ].map(phrase),
];

/** Labels of the banned phrases in a text. */
export function bannedIn(text: string): string[] {
  const plain = text.replaceAll('’', "'");
  return BANNED_PHRASES.filter(({ pattern }) => pattern.test(plain)).map(({ label }) => label);
}

/** The phrase class `reply … reopen`, within one sentence; a reply that resolves must carry it (R6, §7.4). */
export function hasReopenSentence(text: string): boolean {
  return /\breply\b[^.?!]*\breopen\b/i.test(text);
}
