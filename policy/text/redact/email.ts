/** E-mail addresses in any script, and the usual ways of writing one so that machines miss it (platform §4.3). */
import { type Detector, spansOf } from './detector.ts';

const LOCAL = "[\\p{L}\\p{M}\\p{N}._%+'’-]";
const LABEL = '[\\p{L}\\p{M}\\p{N}-]';
/** A local part is begun only where none runs already, so that a long word is read once. */
const PLAIN = new RegExp(`(?<!${LOCAL})${LOCAL}+@(?:${LABEL}+\\.)+${LABEL}{2,24}`, 'gu');
/** A host without a dot is one of a company's own network. */
const DOTLESS = new RegExp(`(?<!${LOCAL})${LOCAL}+@localhost`, 'giu');
const SPELT_AT = '(?: ?[([{] ?at ?[)\\]}] ?| at | @ )';
const SPELT_DOT = '(?: ?[([{] ?dot ?[)\\]}] ?| dot |\\.| \\. )';
const SPELT = new RegExp(
  `(?<!${LOCAL})${LOCAL}{1,64}${SPELT_AT}(?:${LABEL}{1,40}${SPELT_DOT}){1,3}(?:com|net|org|edu|gov|co|uk|us|es|de|fr|it|io|me|info|test|example)(?!${LABEL})`,
  'giu',
);

export const email: Detector = {
  code: 'email',
  find: (text) => [PLAIN, DOTLESS, SPELT].flatMap((pattern) => spansOf(text, pattern, '[EMAIL]')),
};
