/** Plain tables for terminals: columns by content, two spaces apart, nothing but text. */
import { stripVTControlCharacters } from 'node:util';
import { asShown, screenColumns } from './screen.ts';

export type Cell = string | number | boolean | null | undefined;

/**
 * Rows under a head line, in which a name may be empty; an empty list of rows gives `nothing`. On a terminal it fits: the widest
 * columns give way, the last one by going on below, the others by `…`. What is piped is whole.
 */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[], nothing = 'none'): string {
  if (rows.length === 0) return nothing;
  return aligned([head, ...rows.map((row) => row.map(cellText))]);
}

/** Two columns without a head: a name and what is said about it; an empty name goes on with the one above. */
export function pairs(rows: readonly (readonly [string, Cell])[]): string {
  return aligned(rows.map(([name, said]) => [name, cellText(said)]));
}

const GAP = '  ';
/** A column is not made narrower: three letters and the sign that there was more. */
const NARROWEST = 4;
/** Nor is the one that can go on below, while others can be cut. */
const LAST_NARROWEST = 12;

function aligned(rows: readonly (readonly string[])[]): string {
  const natural = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  const columns = screenColumns();
  const widths = columns === null ? natural : fitted(natural, columns - GAP.length * (natural.length - 1));
  const last = natural.length - 1;
  return rows
    .flatMap((row) =>
      linesOf(row.map((cell, at) => (at === last ? wrapped(cell, widths[at] ?? 0) : [cut(cell, widths[at] ?? 0)]))),
    )
    .map((line) =>
      line
        .map((cell, at) => (at === last ? cell : cell + ' '.repeat((widths[at] ?? 0) - width(cell))))
        .join(GAP)
        .trimEnd(),
    )
    .join('\n');
}

/** The cells of one row, line by line: only the last can have several. */
function linesOf(cells: readonly (readonly string[])[]): string[][] {
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => cells.map((lines) => lines[line] ?? ''));
}

/** The last column gives way first, since it can go on below; then the narrow ones keep what they need, and the others share the rest. */
function fitted(natural: readonly number[], budget: number): number[] {
  const last = natural.at(-1) ?? 0;
  const others = natural.slice(0, -1);
  const left = budget - sum(others);
  if (left >= Math.min(last, LAST_NARROWEST)) return [...others, Math.min(last, left)];
  const narrow = Math.min(last, LAST_NARROWEST);
  return [...shared(others, budget - narrow), narrow];
}

function shared(natural: readonly number[], budget: number): number[] {
  let most = Math.max(NARROWEST, ...natural);
  const at = (cap: number) => natural.map((one) => Math.min(one, cap));
  while (most > NARROWEST && sum(at(most)) > budget) most -= 1;
  // One level lower was not needed for all: what is left goes to the first that can use it.
  let left = budget - sum(at(most));
  return at(most).map((one, column) => {
    const more = left > 0 && (natural[column] ?? 0) > one ? 1 : 0;
    left -= more;
    return one + more;
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function cut(cell: string, most: number): string {
  if (width(cell) <= most) return cell;
  return `${[...stripVTControlCharacters(cell)].slice(0, most - 1).join('')}…`;
}

/** At blanks; a word that is longer than the column is cut. */
function wrapped(cell: string, most: number): string[] {
  if (width(cell) <= most) return [cell];
  const lines: string[] = [];
  let line = '';
  for (const word of stripVTControlCharacters(cell).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) <= most) line = longer;
    else {
      if (line !== '') lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((one) => cut(one, most));
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined || cell === '') return '–';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return asShown(String(cell));
}

function width(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** `1.4 MB`; powers of 1000, as disks are sold. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const scaled = bytes / 1000 ** power;
  return `${power === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${units[power]}`;
}

/** `850 ms`, `12.3 s`, `4 min 10 s`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
