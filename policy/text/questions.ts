/** Is there a question in it that no order template answers? (decisions §4: a second unrelated question) */
import { INTENT_CATALOGUE } from '../intents.ts';
import { keywordHits } from './keywords.ts';
import { normalisedCopies } from './normalise.ts';
import { compilePhrases } from './phrases.ts';

const ORDER_CLASS = 4;
const MIN_QUESTION_WORDS = 4; // "Any idea?" asks nothing of its own

/** Questions that belong to any order question. */
const genericQuestion = compilePhrases({
  rules: [
    {
      id: 'generic',
      phrases: [
        'help|assist|check|look|looking|advise|confirm|respond|answer|reply|explain',
        'let|tell me|us',
        'whats|what ~3 going|happening|happened|up|wrong|delay|delaying|matter|status|taking',
        'what|anything|something ~4 do|done',
        'anyone|anybody|somebody|someone ~2 there|help|here',
        'how are you',
        'how|what about',
        'get back to',
        'any idea|ideas|news|update|updates|chance',
        'is ~2 normal|right|correct|okay|ok|problem|issue|possible',
        'why',
        'order|parcel|package|delivery|shipment|tracking|it',
      ],
    },
  ],
  reach: 'sentence',
  forgivingFrom: 6,
});

/** A question of its own that no order template answers: "… Also, what are your opening hours?" */
export function asksSomethingElse(text: string): boolean {
  // Sentence by sentence: a pattern that looks ahead for the question mark would read a text without one again and again.
  const sentences = [...text.matchAll(/[^.!?;\n]+[.!?;\n]?/gu)].map(([sentence]) => sentence);
  const questions = new Set(sentences.filter((sentence) => sentence.endsWith('?')));
  return [...questions].some((question) => {
    if (question.trim().split(/\s+/).length < MIN_QUESTION_WORDS) return false;
    const isOrderQuestion = keywordHits(question).some((hit) => INTENT_CATALOGUE[hit.intent].priority === ORDER_CLASS);
    return !isOrderQuestion && !normalisedCopies(question).some((copy) => genericQuestion(copy).has('generic'));
  });
}
