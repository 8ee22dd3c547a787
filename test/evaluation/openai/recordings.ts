/**
 * Answers of the model, recorded by what was asked: a hash of everything that is the same for every message (prompt,
 * schema, model, parameters) and one of the message's own part. No text of a message is kept.
 */
import { createHash } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { canonicalJson } from '../../../functions/shared/envelopes.ts';
import type { OpenAiCall } from '../../../functions/shared/openai/transport.ts';
import { readSuite } from '../suites/read.ts';

export const RECORDINGS_FILE = fileURLToPath(new URL('../recordings/recordings.jsonl', import.meta.url));

const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const Recording = v.strictObject({
  /** `<row>/<schema>`: which row's question this is, and which of the two questions. */
  id: v.pipe(v.string(), v.regex(/^\S{1,600}$/)),
  /** Of the body without its input; another one makes the recording stale. */
  promptSha256: Sha256,
  /** Of the input, its random code left out. */
  inputSha256: Sha256,
  /** Written by hand, not by a model: says nothing about a model's quality. */
  authored: v.boolean(),
  /** Model, and day of the call or of the writing. */
  model: v.string(),
  at: v.pipe(v.string(), v.isoDate()),
  /** Bodies of the vendor's answers, one an attempt; the last one answers every further attempt. */
  answers: v.pipe(v.array(v.record(v.string(), v.unknown())), v.minLength(1)),
});
export type Recording = v.InferOutput<typeof Recording>;

/** Throws with line and key when a row is no recording. */
export function readRecordings(file = RECORDINGS_FILE): Recording[] {
  return existsSync(file) ? readSuite(file, Recording) : [];
}

/** In the order of the ids, so that a new one is a small change. */
export function writeRecordings(recordings: readonly Recording[], file = RECORDINGS_FILE): void {
  const lines = recordings.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((one) => `${JSON.stringify(one)}\n`);
  const aside = `${file}.${process.pid}.new`;
  writeFileSync(aside, lines.join(''));
  renameSync(aside, file);
}

export type Fingerprint = Pick<Recording, 'promptSha256' | 'inputSha256' | 'model'> & {
  /** Name of the answer's schema: which question is asked. */
  readonly schema: string;
};

/** What a call asks. */
export function fingerprintOf({ body }: Pick<OpenAiCall, 'body'>): Fingerprint {
  const { input, ...constant } = body;
  const format = v.parse(v.object({ format: v.object({ name: v.string() }) }), body.text).format;
  return {
    schema: format.name,
    model: v.parse(v.string(), body.model),
    promptSha256: sha256(canonicalJson(constant)),
    inputSha256: sha256(withoutNonce(canonicalJson(input))),
  };
}

/** The marker lines carry another code in every call. */
function withoutNonce(text: string): string {
  return text.replaceAll(/<<<(message|end) [0-9a-f]{12}>>>/g, '<<<$1>>>');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
