/** Commands that a person is shown reach the same place when they are pasted: they carry what this one was pointed with. Pure. */
import { DEFAULT_FOLDER } from './context.ts';

export type Pointed = { readonly target: string; readonly stage?: string; readonly data: string };

/** What the release itself answers; `doctor` looks at a folder, and at no stage. */
const OF_A_FOLDER = /npx frontdesk (?=[a-z])(?!(?:config|policy|templates?|catalog)\b)/g;
const OF_A_STAGE = /npx frontdesk (?=[a-z])(?!(?:config|policy|templates?|catalog|doctor)\b)/g;
const NEEDS_NO_QUOTES = /^[\w./~@%+:,=-]+$/;

/** The text with `--data`, or `--target` and `--stage`, in every command of ours that it names. */
export function pointedAt(text: string, { target, stage, data }: Pointed): string {
  // A function: in a replacement text `$` would have a meaning.
  if (target === 'aws' && stage !== undefined)
    return text.replace(OF_A_STAGE, () => `npx frontdesk --target aws --stage ${stage} `);
  if (target === 'aws' || data === DEFAULT_FOLDER) return text;
  return text.replace(OF_A_FOLDER, () => `npx frontdesk --data ${quoted(data)} `);
}

function quoted(word: string): string {
  return NEEDS_NO_QUOTES.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
