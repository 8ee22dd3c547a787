/** The invented messages in `policy/embedded/corpus`, as their authors wrote them. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { INTENTS, type Intent } from '../../events/words.ts';

/** `#` lines of a file: how the group of messages under them is written. */
export const VOICES = [
  'terse',
  'plain',
  'email',
  'typos',
  'nopunct',
  'nonnative',
  'indirect',
  'angry',
  'social',
  'spanish',
] as const;
export type Voice = (typeof VOICES)[number];

export type CorpusRow = {
  /** `<file>:<line>`. */
  readonly id: string;
  /** File name without its end: one author's hand. */
  readonly author: string;
  readonly intent: Intent;
  readonly voice: Voice;
  readonly text: string;
};

/** Roles of the files, by folder. */
export type CorpusPart = 'train' | 'calibration' | 'benign';

export const CORPUS_FOLDER = join(import.meta.dirname, '../../policy/embedded/corpus');

/** Rows of every file of a part, files in name order. */
export function readPart(part: CorpusPart, folder: string = CORPUS_FOLDER): CorpusRow[] {
  return filesOf(part, folder).flatMap(readAuthorFile);
}

export function filesOf(part: CorpusPart, folder: string = CORPUS_FOLDER): string[] {
  return readdirSync(join(folder, part))
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => join(folder, part, name));
}

/**
 * One author's file: `## intent`, `# voice`, then one message a line, with `\n` for its line ends.
 *
 * @throws when a heading is unknown or a message stands above the first heading; the error names file and line
 */
export function readAuthorFile(file: string): CorpusRow[] {
  const author = basename(file, '.txt');
  const rows: CorpusRow[] = [];
  let intent: Intent | undefined;
  let voice: Voice = 'plain';
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    const id = `${author}:${index + 1}`;
    if (line.trim() === '') continue;
    if (line.startsWith('## ')) {
      intent = known(INTENTS, line.slice(3), id);
      voice = 'plain';
    } else if (line.startsWith('# ')) voice = known(VOICES, line.slice(2), id);
    else if (intent === undefined) throw new Error(`${id}: a message above the first "## intent"`);
    else rows.push({ id, author, intent, voice, text: line.replaceAll('\\n', '\n').trim() });
  }
  return rows;
}

function known<Word extends string>(words: readonly Word[], written: string, id: string): Word {
  const word = words.find((one) => one === written.trim());
  if (word === undefined) throw new Error(`${id}: "${written.trim()}" is none of ${words.join(', ')}`);
  return word;
}
