/**
 * node bin/launch.js test/full/text-in/speed.ts
 *
 * Redacting, stripping and reading 64,000 characters and cleaning 200 kB of texts made to be slow. Exits with 1 when one takes too long: a
 * pattern that looks ahead in vain from every character takes seconds.
 */
import { cleanMessage } from '../../../policy/text/clean.ts';
import { stripForgery } from '../../../policy/text/forgery.ts';
import { writtenHits } from '../../../policy/text/keywords.ts';
import { redactText } from '../../../policy/text/redact/redact.ts';

/** A fifth of what a redaction is given (`TIMES.redactWithinMs`). */
const REDACT_LIMIT_MS = 200;
const CLEAN_LIMIT_MS = 1_000;
const READ_LIMIT_MS = 1_000;
const ROUNDS = 3;

const CONTEXT = { carrierHosts: ['www.ups.com', 'tools.usps.com', 'www.fedex.com', 'www.dhl.com'] };

/** Beginnings of what detectors look for, repeated: each could make a pattern look ahead in vain. */
const PIECES = [
  ...[
    'a',
    'É',
    '1',
    '1 ',
    '12 ',
    '1234 ',
    '1-',
    '1. ',
    '1,',
    '1/',
    '0 ',
    '05 ',
    '+',
    '+1',
    '(5',
    '07700 900123 ',
    '12:30 ',
    '2025-11-',
  ],
  ...[
    'a@',
    '@',
    'a.b@',
    ' at ',
    'a at ',
    'dot ',
    'x@y.',
    'a.com ',
    'a.b.c.',
    'https://',
    'www.',
    'a/',
    `${'a'.repeat(63)}.`,
  ],
  ...[
    '#',
    '#1 ',
    'order ',
    'order #',
    'order 1,',
    'tracking ',
    'tracking number ',
    'package is ',
    '1Z ',
    'ES91 2100 ',
    '4242 ',
  ],
  ...['742 Evergreen ', '1 a b c d e ', '12 Oak Street, ', 'calle a ', 'c/ ', 'PO Box ', 'Reno, NV ', 'SW1A ', 'zip '],
  ...['Aa1', '=', 'password ', 'token: a', 'eyJa.', 'sk-', '550e8400-', '[', '[ORDER_ID]', '\n', '😀', '\u0301'],
];

const MARK_UP = [
  ...[
    '<div>',
    '<b>',
    '<blockquote>',
    '<ul><li>',
    '<table><tr><td>',
    '<p>a</p>',
    '<p style="display:none">x</p>',
    '<br>',
  ],
  ...[
    '<style>',
    '<style>.a{color:red}</style>',
    '<style>.x{display:none}</style><p class="x">',
    '<a ',
    '<',
    '<!--',
    '&amp;',
    '<p class="',
  ],
];
const PLAIN = [
  '\n',
  '>',
  '> a\n',
  'On Mon 3 at 10\n',
  'From: a\n',
  '--\n',
  'x\n\nthis email is ',
  'is it? ',
  'is it ',
  ' ',
  '\u200b',
  '👍',
];

/** What `stripForgery` and the keyword rules of everything written look for. */
const MACHINE = [
  ...['<', '<<', '<<a>>', '<a ', '<%', '<!', '<|', '[[', '{', '{a}', '{"a":', '"', '"a":', '%A', '\\n', '-\n', '--\n'],
  ...['system ( ', 'from:a\n', 'a_', 'a_id=', 'mw-', 'score of 1', 'begin of ', '. ', 'www.', 'cancel it ', 'size=L '],
];

const repeated = (piece: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** The best of some rounds: what the code costs, not what else the machine does. */
function bestMs(run: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  return Math.min(...times);
}

type Measured = { readonly name: string; readonly ms: number };

function measure(name: string, length: number, piece: string, run: (text: string) => unknown): Measured {
  const text = repeated(piece, length);
  return { name: `${name} ${JSON.stringify(piece.slice(0, 24))}`, ms: bestMs(() => run(text)) };
}

const redacted = PIECES.map((piece) => measure('redact', 64_000, piece, (text) => redactText(text, CONTEXT)));
const cleaned = [
  ...MARK_UP.map((piece) => measure('clean', 200_000, piece, (text) => cleanMessage(text, { html: true }))),
  ...PLAIN.map((piece) => measure('clean', 200_000, piece, (text) => cleanMessage(text, { html: false }))),
];

const stripped = MACHINE.map((piece) => measure('strip', 64_000, piece, stripForgery));
const ruled = MACHINE.map((piece) =>
  measure('rules', 64_000, piece, (text) => writtenHits({ own: text, doubtful: text })),
);

const worst = (all: readonly Measured[]) => Math.max(...all.map(({ ms }) => ms));
for (const { name, ms } of [...redacted, ...cleaned, ...stripped, ...ruled]
  .toSorted((a, b) => b.ms - a.ms)
  .slice(0, 12))
  process.stdout.write(`${name.padEnd(44)} ${ms.toFixed(1).padStart(7)} ms\n`);
process.stdout.write(
  `64,000 characters redacted in at most ${worst(redacted).toFixed(0)} ms of ${REDACT_LIMIT_MS}, 200 kB cleaned in at most ` +
    `${worst(cleaned).toFixed(0)} ms of ${CLEAN_LIMIT_MS}, 64,000 characters stripped of a machine's voice in at most ` +
    `${worst(stripped).toFixed(0)} ms and read by the keyword rules twice in ${worst(ruled).toFixed(0)} ms of ${READ_LIMIT_MS} ` +
    `(${redacted.length + cleaned.length + stripped.length + ruled.length} texts)\n`,
);
const isInTime =
  worst(redacted) <= REDACT_LIMIT_MS &&
  worst(cleaned) <= CLEAN_LIMIT_MS &&
  Math.max(worst(stripped), worst(ruled)) <= READ_LIMIT_MS;
process.exitCode = isInTime ? 0 : 1;
