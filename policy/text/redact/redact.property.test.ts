import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLACEHOLDERS, replaceSpans } from './detector.ts';
import { DETECTORS, redactText } from './redact.ts';

const context = { carrierHosts: ['www.ups.com', 'tools.usps.com'] };

/** Pieces of every entity, words that lend them meaning, and separators that join or tear them. */
const PIECES = [
  ...PLACEHOLDERS,
  'ana@shop.example',
  'ana',
  '@',
  ' at ',
  ' dot ',
  'shop.com',
  'https://',
  'www.',
  'www.ups.com/track?n=1',
  'mailto:',
  '4242424242424242',
  '4242',
  '1234',
  '123456789012',
  '9400111899223100001234',
  '1Z999AA10123456784',
  'RR123456785GB',
  'ES91 2100 0418 4502 0005 1332',
  '555',
  '010',
  '4477',
  '+1',
  '(555)',
  '0',
  '00',
  '34',
  '612 345 678',
  '10457',
  '#',
  '#1042',
  'ORD-',
  'order',
  'orders',
  'tracking',
  'number',
  'is',
  'no.',
  'and',
  'ref',
  'zip',
  'PO Box',
  '12',
  '742',
  'Evergreen',
  'Street',
  'Way',
  'Calle',
  'Mayor',
  '28013',
  'Madrid',
  'CA',
  '90210',
  'SW1A',
  '2AA',
  'Apt',
  'password',
  'cvv',
  'token',
  'sk-',
  'abcDEF123',
  'a0'.repeat(20),
  'aB3'.repeat(9),
  '2025-11-03',
  '10:30',
  '$',
  '500',
  'ml',
  'ü',
  '日本',
  '😀',
  '\ud800',
];
const SEPARATORS = ['', ' ', ' ', ' ', '-', '.', ',', ':', '/', '\n', '(', ')', '[', ']', '_', '=', '#'];
const mixture = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(...SEPARATORS)), { maxLength: 40 })
  .map((parts) => parts.flat().join(''));
const anyText = fc.oneof(
  { weight: 6, arbitrary: mixture },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
);

describe('whatever a customer writes (platform §4.3)', () => {
  it('is redacted, and no detector finds anything in what comes out', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const redacted = redactText(text, context);
        if (!redacted.ok) throw new Error(`${redacted.detectorCode} ${redacted.cause}`);
        expect(DETECTORS.flatMap(({ find }) => find(redacted.text, context))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('stays as it is when redacted again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = redactText(text, context);
        if (once.ok) expect(redactText(once.text, context)).toEqual(once);
      }),
      { numRuns: 1_000 },
    );
  });

  it('no detector fires on a placeholder, alone or among others', () => {
    const placeholders = fc
      .array(fc.tuple(fc.constantFrom(...PLACEHOLDERS), fc.constantFrom(...SEPARATORS)), { maxLength: 20 })
      .map((parts) => parts.flat().join(''));
    fc.assert(
      fc.property(placeholders, (text) => {
        expect(DETECTORS.flatMap(({ find }) => find(text, context))).toEqual([]);
      }),
    );
  });

  it.each(DETECTORS)('$code: spans lie inside the text and hold something', ({ find }) => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { start, end } of find(text, context)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('an identifier in the middle of words', () => {
  const words = fc.array(
    fc.constantFrom('where', 'is', 'it', 'thanks', 'lavender', '500 ml', 'in 24 hours', 'size 38/40', '!'),
    {
      maxLength: 20,
    },
  );
  it.each([
    'ana@shop.example',
    '4242 4242 4242 4242',
    '1Z999AA10123456784',
    '#20417',
    '+1 555 010 4477',
    '742 Evergreen Terrace',
    'ghp_abcdefghij0123456789ABCD',
    'https://shop.example/x?y=1',
  ])('%s never comes out', (identifier) => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const redacted = redactText([...before, identifier, ...after].join(' '), context);
        expect(redacted).toMatchObject({ ok: true });
        if (redacted.ok) expect(redacted.text).not.toContain(identifier);
      }),
      { numRuns: 200 },
    );
  });
});

describe('replaceSpans', () => {
  it('of spans that overlap the first stands, and nothing of the second is left', () => {
    const spans = [
      { start: 2, end: 6, placeholder: '[PHONE]' },
      { start: 0, end: 4, placeholder: '[CARD]' },
    ] as const;
    expect(replaceSpans('abcdefgh', spans)).toBe('[CARD]gh');
  });
});
