import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanMessage, screenable } from './clean.ts';
import { extractFeatures } from './features.ts';
import { classifyByKeywords } from './keywords.ts';
import { detectLanguage } from './language.ts';
import { namedOrderNumbers } from './order-numbers.ts';
import { screenTier0 } from './screen.ts';
import { specialTopics } from './topics.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom('refund', 'my', 'bank', 'or', '\n', '>', '--', '<b>', '1', 'ｘ', '\u200B', 'order', '#12', '.'),
      { maxLength: 60 },
    )
    .map((parts) => parts.join(' ')),
);

describe('whatever a customer writes', () => {
  it('is read without a throw, twice the same', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const read = () => {
          const message = cleanMessage(raw);
          return [
            message,
            screenTier0(screenable(message)),
            classifyByKeywords(message.own),
            extractFeatures(message.own, 0, { carrierHosts: [] }),
            namedOrderNumbers(message.own),
            specialTopics(message.own),
            detectLanguage(message.own),
          ];
        };
        expect(read()).toEqual(read());
      }),
      { numRuns: 300 },
    );
  });

  it('stays an escalation whatever stands around it', () => {
    const words = fc.array(fc.constantFrom('where', 'is', 'it', 'thanks', 'lavender', '10457', '!', '\n'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(words, words, (before, after) => {
        const own = [...before, '. I will file a chargeback. ', ...after].join(' ');
        expect(screenTier0({ own, quoted: '' }).strength).toBe('strong');
      }),
      { numRuns: 200 },
    );
  });
});
