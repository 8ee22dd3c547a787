/** Tables of docs/benchmarks.md. */
import { arch, availableParallelism, platform } from 'node:os';

type Cell = string | number | undefined;

export function markdownTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]): string => `| ${cells.map((cell) => cell ?? '–').join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Puts text between `<!-- NAME -->` and `<!-- /NAME -->`; throws where a mark is missing. */
export function withSection(document: string, name: string, text: string): string {
  const marks = [`<!-- ${name} -->`, `<!-- /${name} -->`] as const;
  const [from, to] = marks.map((mark) => document.indexOf(mark));
  if (from === undefined || to === undefined || from < 0 || to < from) throw new Error(`no place for ${name}`);
  return `${document.slice(0, from)}${marks[0]}\n${text}\n${document.slice(to)}`;
}

export function machineLine(commit: string): string {
  const date = new Date().toISOString().slice(0, 10);
  return `${platform()}-${arch()}, ${availableParallelism()} cores, Node ${process.version.slice(1)}, commit ${commit}, ${date}.`;
}
