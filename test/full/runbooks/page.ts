/** A runbook as its page has it: sections of steps, each a command with what is noted and expected, or a deed of a person. Pure. */
import { type Condition, parseCondition } from './condition.ts';

export const SECTIONS = ['Contain', 'Diagnose', 'Repair', 'Verify', 'Resume'] as const;
export type SectionName = (typeof SECTIONS)[number];

export type Command = {
  readonly kind: 'command';
  /** One line, with placeholders. */
  readonly line: string;
  /** Whether a deployed stage takes it as well. */
  readonly reaches: 'local' | 'aws' | 'both';
  readonly exitCode: number;
  readonly notes: readonly { readonly path: string; readonly name: string }[];
  readonly expects: readonly string[];
  /** It is given again until that is true, or until it is not refused. */
  readonly again: 'while refused' | { readonly until: string } | null;
};
/** What a person does outside of our commands. */
export type Deed = { readonly kind: 'deed'; readonly text: string };
export type Step = Command | Deed;

export type Page = {
  readonly title: string;
  readonly headings: readonly string[];
  readonly sections: Readonly<Record<SectionName, readonly Step[]>>;
};

const HEADING = /^## (.+)$/;
const FENCE = /^```(.*)$/;
const KINDS = {
  sh: 'both',
  'sh local': 'local',
  console: 'aws',
} as const;

export function pageOf(text: string): Page {
  const sections = Object.fromEntries(SECTIONS.map((name) => [name, [] as Step[]])) as Record<SectionName, Step[]>;
  const headings: string[] = [];
  let block: { readonly info: string; readonly lines: string[] } | null = null;
  let steps: Step[] = [];
  for (const line of text.split('\n')) {
    const heading = HEADING.exec(line)?.[1];
    const fence = FENCE.exec(line)?.[1];
    if (block === null && heading !== undefined) {
      headings.push(heading);
      const name = SECTIONS.find((one) => one === heading);
      steps = name === undefined ? [] : sections[name];
    } else if (fence !== undefined && block === null) block = { info: fence.trim(), lines: [] };
    else if (fence !== undefined && block !== null) {
      steps.push(...stepsOf(block.info, block.lines));
      block = null;
    } else block?.lines.push(line);
  }
  return { title: /^# (.+)$/m.exec(text)?.[1] ?? '', headings, sections };
}

function stepsOf(info: string, lines: readonly string[]): readonly Step[] {
  if (info === 'text by hand') return [{ kind: 'deed', text: lines.join(' ').trim() }];
  if (!Object.hasOwn(KINDS, info)) return [];
  const reaches = KINDS[info as keyof typeof KINDS];
  const commands: Command[] = [];
  for (const line of lines.map((one) => one.trim()).filter((one) => one !== '')) {
    const last = commands.at(-1);
    if (!line.startsWith('#'))
      commands.push({ kind: 'command', line, reaches, exitCode: 0, notes: [], expects: [], again: null });
    else if (last !== undefined) commands.splice(-1, 1, told(last, line.slice(1).trim()));
  }
  return commands;
}

/** The command with what the line below it says; any other words are for people. */
function told(command: Command, words: string): Command {
  const expected = /^expect (.+)$/.exec(words)?.[1];
  if (expected !== undefined) return { ...command, expects: [...command.expects, expected] };
  const { path, name } = /^note (?<path>\.\S*) as <(?<name>[a-z-]+)>$/.exec(words)?.groups ?? {};
  if (path !== undefined && name !== undefined) return { ...command, notes: [...command.notes, { path, name }] };
  const exitCode = /^exit (\d)\b/.exec(words)?.[1];
  if (exitCode !== undefined) return { ...command, exitCode: Number(exitCode) };
  if (words === 'again while refused') return { ...command, again: 'while refused' };
  const until = /^again until (.+)$/.exec(words)?.[1];
  return until === undefined ? command : { ...command, again: { until } };
}

/** `<name>` of a line. */
export const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(/<([a-z-]+)>/g)].map(([, name = '']) => name);

/** The text with a value for each placeholder; throws for one that nothing is known of. */
export function filled(text: string, known: ReadonlyMap<string, string>): string {
  return text.replaceAll(/<([a-z-]+)>/g, (whole, name: string) => {
    const value = known.get(name);
    if (value === undefined) throw new Error(`${whole} is not known`);
    return value;
  });
}

/** As a shell takes a line apart, as far as the pages need it. */
export const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

/** The condition of a line, once its placeholders are known. */
export const conditionOf = (text: string, known: ReadonlyMap<string, string>): Condition =>
  parseCondition(filled(text, known));
