/** The door's gauges on this machine: metric lines (EMF) in the log of the functions. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import * as v from 'valibot';
import { type DoorGauges, lastUsesOf, type Sample, useOf } from './door-gauges.ts';

const Numbers = v.optional(v.union([v.number(), v.array(v.number())]));
const Line = v.object({
  _aws: v.object({ Timestamp: v.number() }),
  'ingress.requests_total': Numbers,
  'ingress.auth_invalid_total': Numbers,
  'ingress.duplicates_total': Numbers,
  'ingress.publish_failed_total': Numbers,
  'ingress.auth_token_slot': Numbers,
});

/** The log is written four times a second. */
const LATE_MS = 1_000;
const PIECE_BYTES = 1024 * 1024;

export function gaugesInLog(dataDir: string): DoorGauges {
  const samples: Sample[] = [];
  const read = lineReader(join(dataDir, 'functions.log'));
  const refresh = (): readonly Sample[] => {
    for (const line of read()) {
      const sample = sampleOf(line);
      if (sample !== null) samples.push(sample);
    }
    return samples;
  };
  return {
    since: async (from, keep) => useOf(refresh(), from, keep),
    lastUses: async (from, slots) => lastUsesOf(refresh(), from, slots),
    lateMs: LATE_MS,
  };
}

/** `null` for a line about something else. */
export function sampleOf(line: string): Sample | null {
  // Most lines are not about the door: they are not parsed.
  if (!line.includes('"ingress.')) return null;
  const parsed = v.safeParse(Line, jsonOf(line));
  if (!parsed.success) return null;
  const { _aws, ...metrics } = parsed.output;
  return {
    at: _aws.Timestamp,
    requests: sum(metrics['ingress.requests_total']),
    authFailures: sum(metrics['ingress.auth_invalid_total']),
    duplicates: sum(metrics['ingress.duplicates_total']),
    failed: sum(metrics['ingress.publish_failed_total']),
    slots: [...new Set(listOf(metrics['ingress.auth_token_slot']))],
  };
}

const listOf = (value: v.InferOutput<typeof Numbers>): readonly number[] => (value === undefined ? [] : [value].flat());
const sum = (value: v.InferOutput<typeof Numbers>): number => listOf(value).reduce((total, one) => total + one, 0);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whole lines since the last call, at first all of the file and the one before it; a file that took its place is followed. */
function lineReader(file: string): () => string[] {
  let place = { inode: 0, offset: 0 };
  let rest = '';
  return () => {
    const current = inodeOf(file);
    let text = '';
    if (current !== place.inode) {
      const former = readFrom(`${file}.1`, inodeOf(`${file}.1`) === place.inode ? place.offset : 0);
      text = former.text;
      place = { inode: current, offset: 0 };
    }
    const read = readFrom(file, place.offset);
    place = { ...place, offset: read.offset };
    const lines = (rest + text + read.text).split('\n');
    rest = lines.pop() ?? '';
    return lines;
  };
}

function inodeOf(file: string): number {
  return withFile(file, (descriptor) => fstatSync(descriptor).ino) ?? 0;
}

function readFrom(file: string, offset: number): { readonly text: string; readonly offset: number } {
  const read = withFile(file, (descriptor) => {
    const piece = Buffer.alloc(PIECE_BYTES);
    const decoder = new StringDecoder('utf8');
    let [text, at] = ['', offset];
    for (let bytes = -1; bytes !== 0; ) {
      bytes = readSync(descriptor, piece, 0, piece.length, at);
      text += decoder.write(piece.subarray(0, bytes));
      at += bytes;
    }
    return { text, offset: at };
  });
  return read ?? { text: '', offset };
}

/** `null` where there is no such file. */
function withFile<T>(file: string, use: (descriptor: number) => T): T | null {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return null;
  }
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
