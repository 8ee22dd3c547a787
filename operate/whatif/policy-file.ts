/** Reads the file of `--policy`: YAML or JSON, any subset of what `policy show` prints. */
import { readFileSync } from 'node:fs';
import { readDocument } from '../../config/document.ts';
import { formatConfigError } from '../../config/load.ts';
import { Failure } from '../failure.ts';
import { PolicyFile } from './terms.ts';

/** @throws Failure that names line, key and cure of the first mistake, and how many there are. */
export function readPolicyFile(file: string): PolicyFile {
  return readPolicyText(textOf(file), file);
}

/** @param file  what the text is called in what is said about it */
export function readPolicyText(text: string, file: string): PolicyFile {
  // An empty file changes nothing; YAML reads it as null.
  if (text.split('\n').every((line) => /^\s*(?:#|$)/.test(line))) return {};
  const read = readDocument(text, PolicyFile, () => []);
  if (read.ok) return read.value;
  const [first, ...others] = read.errors;
  if (first === undefined) throw new Error('a document without a mistake was refused');
  const more = others.map((error) => formatConfigError(error, file)).join('; then ');
  const where = `${file}:${first.line}: ${first.key === '' ? '' : `${first.key}: `}${first.problem}`;
  throw new Failure('invalid_policy', where, more === '' ? first.cure : `${first.cure}; then ${more}`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Failure(
      'no_policy',
      `${file} cannot be read`,
      'name a file that `npx frontdesk policy show` gave, or a part of it',
    );
  }
}
