/** Reads the agent note's folder for tooling; functions use `generated/agent-note.ts` instead. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { Sha256 } from '../events/fields.ts';
import { bodyHash } from './body.ts';
import type { LintedText } from './lint-body.ts';
import { parseBodyFile } from './load.ts';
import { Semver } from './meta.ts';
import { type Parsed, parseYaml } from './parse-yaml.ts';

const FOLDER = 'templates/agent-note';
const Names = v.array(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]*$/)));

const NoteMeta = v.strictObject({
  version: Semver,
  vars: v.strictObject({ required: Names, optional: Names }),
  max_chars: v.pipe(v.number(), v.integer(), v.minValue(1)),
  owner: v.picklist(['engineering']),
});

const NoteHead = v.strictObject({ locale: v.picklist(['en']), variant: v.picklist(['note']), sha256: Sha256 });

export type SourceNote = LintedText & {
  readonly version: string;
  readonly vars: { readonly required: readonly string[]; readonly optional: readonly string[] };
  readonly maxChars: number;
  readonly sha256: string;
  /** The hash as its front matter has it. */
  readonly statedHash: string;
};

/** @param root  the templates folder */
export function loadNote(root: string): Parsed<SourceNote> {
  const read = (name: string) => readFileSync(path.join(root, 'agent-note', name), 'utf8');
  const meta = parseYaml(NoteMeta, read('note.yaml'), `${FOLDER}/note.yaml`, 1);
  if ('findings' in meta) return meta;
  const file = `${FOLDER}/en.note.md`;
  const text = parseBodyFile(NoteHead, read('en.note.md'), file);
  if ('findings' in text) return text;
  const { head, body, bodyLine } = text.value;
  const { version, vars, max_chars: maxChars } = meta.value;
  return {
    value: { version, vars, maxChars, sha256: bodyHash(body), statedHash: head.sha256, body, bodyLine, file },
  };
}
