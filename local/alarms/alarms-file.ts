/** What rings, in the data folder: `npx frontdesk status` reads it, and the next start knows since when. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { SEVERITIES } from '../../stacks/alarms/types.ts';
import type { Ringing } from './standing.ts';

/** Name of the file in a data folder. */
export const ALARMS_FILE = 'alarms.json';

const Text = v.pipe(v.string(), v.maxLength(2_000));
const Kept = v.array(
  v.object({
    id: Text,
    title: Text,
    severity: v.picklist(SEVERITIES),
    signal: Text,
    value: v.nullable(v.number()),
    threshold: v.nullable(v.number()),
    runbook: Text,
    since: Text,
  }),
);

/** None where there is no file, or one that cannot be read: the next judgement makes it anew. */
export function readRinging(file: string): readonly Ringing[] {
  try {
    const kept = v.safeParse(Kept, JSON.parse(readFileSync(file, 'utf8')));
    return kept.success ? kept.output : [];
  } catch {
    return [];
  }
}

/** Whole or not there: written aside and renamed. */
export function writeRinging(file: string, ringing: readonly Ringing[]): void {
  const aside = `${file}.new`;
  writeFileSync(aside, `${JSON.stringify(ringing, null, 2)}\n`, { mode: 0o600 });
  renameSync(aside, file);
}
