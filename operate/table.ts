/** Plain tables for terminals: columns by content, two spaces apart, nothing but text. */

export type Cell = string | number | boolean | null | undefined;

/** Rows under a head line, in which a name may be empty; an empty list of rows gives `nothing`. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[], nothing = 'none'): string {
  if (rows.length === 0) return nothing;
  return aligned([head, ...rows.map((row) => row.map(cellText))]);
}

/** Two columns without a head: a name and what is said about it; an empty name goes on with the one above. */
export function pairs(rows: readonly (readonly [string, Cell])[]): string {
  return aligned(rows.map(([name, said]) => [name, cellText(said)]));
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - width(cell)),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined || cell === '') return '–';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return String(cell);
}

function width(text: string): number {
  return [...text].length;
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
