/** The command line as data for shells: every command with its options and arguments, and what may stand there. Pure. */
import type { Argument, Command, Option } from 'commander';
import { VALUES } from './values.ts';

/** Words of a list, names of files or folders, or nothing that a shell could know. */
export type Words = readonly string[] | 'file' | 'folder' | null;

export type OptionNode = {
  readonly name: string;
  readonly says: string;
  readonly takesValue: boolean;
  readonly words: Words;
};
export type CommandNode = {
  /** Words after `frontdesk`, with blanks between; `''` is the program. */
  readonly path: string;
  /** Name and first sentence. */
  readonly commands: readonly { readonly name: string; readonly says: string }[];
  readonly options: readonly OptionNode[];
  readonly args: readonly Words[];
};

/** The program first, then its commands, depth first; a command stands under its alias as well. */
export function commandTree(program: Command): CommandNode[] {
  return nodesOf(program, '', '');
}

/** @param told  the path by proper names, under which values are known */
function nodesOf(command: Command, path: string, told: string): CommandNode[] {
  const names = ({ name, alias }: { name: string; alias: string | undefined }) => [name, ...(alias ? [alias] : [])];
  const below = command.commands.flatMap((child) =>
    names({ name: child.name(), alias: child.alias() }).map((name) => ({ name, child })),
  );
  const join = (to: string, name: string): string => (to === '' ? name : `${to} ${name}`);
  return [
    {
      path,
      commands: below.map(({ name, child }) => ({ name, says: firstSentence(child.description()) })),
      options: command
        .createHelp()
        .visibleOptions(command)
        .map((option) => optionNode(option, told)),
      args: command.registeredArguments.map((argument) => wordsOf(argument, join(told, shownArgument(argument)))),
    },
    ...below.flatMap(({ name, child }) => nodesOf(child, join(path, name), join(told, child.name()))),
  ];
}

function optionNode(option: Option, told: string): OptionNode {
  const name = option.long ?? option.flags;
  return {
    name,
    says: firstSentence(option.description),
    takesValue: option.required || option.optional,
    words: wordsOf(option, told === '' ? name : `${told} ${name}`),
  };
}

function wordsOf(part: Option | Argument, key: string): Words {
  if (part.argChoices !== undefined) return part.argChoices;
  if (VALUES[key] !== undefined) return VALUES[key];
  const metavar = 'flags' in part ? (/<([A-Z]+)>/.exec(part.flags)?.[1] ?? '') : part.name().toUpperCase();
  return metavar === 'FILE' ? 'file' : metavar === 'DIR' ? 'folder' : null;
}

export const shownArgument = (argument: Argument): string =>
  argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;

/** Where words are known: after an option, or as an argument, counted from 0. */
export function placesOf({
  path,
  options,
  args,
}: CommandNode): { readonly place: string; readonly words: readonly string[] }[] {
  const all: (readonly [string, Words])[] = [
    ...options.map(({ name, words }) => [`${path} ${name}`, words] as const),
    ...args.map((words, at) => [`${path} #${at}`, words] as const),
  ];
  return all.flatMap(([place, words]) =>
    words === null ? [] : [{ place, words: typeof words === 'string' ? [`@${words}`] : words }],
  );
}

/** Long ones are cut where the first sentence or clause ends: a list of candidates has one line for each. */
function firstSentence(text: string): string {
  const [first = ''] = text.split(/[.;](?:\s|$)/);
  return first.length <= 72 ? first : `${first.slice(0, 71)}…`;
}
