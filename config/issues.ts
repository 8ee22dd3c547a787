/** Turns what the schema objects to into a problem and a cure, without repeating the value. */
import type * as v from 'valibot';
import { nearest } from './nearest.ts';
import { childSchema, keysOf } from './walk.ts';

export type Path = readonly (string | number)[];
export type Advice = { readonly problem: string; readonly cure: string };

const KINDS: Readonly<Record<string, string>> = {
  string: "a text, in quotes if it looks like a number ('' for none)",
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  strict_object: 'a section with keys',
  record: 'a section with keys',
  strict_tuple: 'a pair of numbers such as [3, 5]',
};

/** Where an issue lies. */
export function pathOf(issue: v.BaseIssue<unknown>): Path {
  return (issue.path ?? []).map((item) => (typeof item.key === 'number' ? item.key : String(item.key)));
}

/** What is wrong, and what to write instead. */
export function adviceOf(issue: v.BaseIssue<unknown>, schema: v.GenericSchema): Advice {
  if (issue.type === 'strict_object' && issue.expected === 'never') return unknownKey(pathOf(issue), schema);
  if (issue.type === 'strict_object' && issue.received === 'undefined') {
    return { problem: 'this key is missing', cure: `add ${pathOf(issue).at(-1) ?? 'the sections'}:` };
  }
  if (issue.type === 'picklist') return { problem: 'this word is not known', cure: knownWord(issue) };
  if (issue.kind === 'validation') return { problem: 'this value is not allowed', cure: cureOf(issue) };
  return { problem: 'this has another form than expected', cure: `write ${KINDS[issue.type] ?? 'another value'}` };
}

function unknownKey(path: Path, schema: v.GenericSchema): Advice {
  const known = keysOf(path.slice(0, -1).reduce<unknown>(childSchema, schema));
  const meant = nearest(String(path.at(-1)), known);
  const cure = meant === null ? `take it out; known here: ${known.join(', ')}` : `did you mean ${meant}?`;
  return { problem: 'this key is not known', cure };
}

function knownWord(issue: v.BaseIssue<unknown>): string {
  const words = [...(issue.expected ?? '').matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '');
  const meant = typeof issue.input === 'string' ? nearest(issue.input, words) : null;
  return meant === null ? `write one of: ${words.join(', ')}` : `did you mean ${meant}?`;
}

/** Messages of the schema are cures; those that valibot makes itself repeat the value. */
function cureOf(issue: v.BaseIssue<unknown>): string {
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  return issue.expected === null ? 'see `frontdesk config explain`' : `it must be ${issue.expected}`;
}
