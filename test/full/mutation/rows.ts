/** The shipped message rows, read and judged by the demo's own code. */
import { readFileSync } from 'node:fs';
import { missesOf as missesIn } from '../../../local/demo/expected.ts';
import type { OutcomeRow } from '../../../local/demo/outcome-row.ts';
import { type MessageRow, parseRows } from '../../../local/demo/rows.ts';

export type Row = MessageRow;
export const SHIPPED_ROWS = new URL('../../../local/demo/messages.jsonl', import.meta.url);

/** Throws at the first line that is no row, naming it by number. */
export function readRows(file: URL | string): readonly Row[] {
  const { rows, invalid } = parseRows(readFileSync(file, 'utf8'));
  const [first] = invalid;
  if (first !== undefined) throw new Error(`line ${first.line} is no message row: ${first.problem}`);
  return rows;
}

export type Miss = { readonly id: string; readonly key: string; readonly wanted: string; readonly got: string };

/** Every key of `expected` that is not met; the others are not judged. */
export function missesOf({ id, expected }: Row, outcome: OutcomeRow): Miss[] {
  if (expected === null || expected === undefined) return [];
  return missesIn(expected, outcome).map(({ key, expected: wanted, got }) => ({
    id,
    key,
    wanted: inOneLine(wanted),
    got: inOneLine(got),
  }));
}

function inOneLine(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\n', ' ') : (JSON.stringify(value) ?? 'nothing');
}
