/** A data folder with a few invented conversations over every path, for drills and for walking through docs/recovery.md. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { frontdeskJson } from '../../../operate/instance/testing.ts';

const WRITTEN: readonly (readonly [string, string])[] = [
  ['t-order', 'where is my order?'],
  ['t-damaged', 'My lamp arrived broken, the glass is shattered.'],
  ['t-dispute', 'I have opened a dispute with my bank about this payment.'],
  ['t-return', 'how do I return this?'],
  ['t-cancel', 'I want to cancel my order'],
  ['t-hello', 'hello'],
];

/** Writes as customers, and waits until each message is settled. */
export async function writeAll(data: string): Promise<string[]> {
  const outcomes: string[] = [];
  for (const [conversation, text] of WRITTEN) {
    const { value } = await frontdeskJson(data, 'say', text, '--conversation', conversation);
    outcomes.push(String(value.outcome));
  }
  return outcomes;
}

/** Path → SHA-256 of every file that holds state, in folders of the folder too; SQLite's own index of its log is none. */
export function stateOf(data: string): Record<string, string> {
  const names = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('-shm') && !entry.name.endsWith('-wal'))
    .map((entry) => relative(data, join(entry.parentPath, entry.name)));
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(data, name)))
        .digest('hex'),
    ]),
  );
}
