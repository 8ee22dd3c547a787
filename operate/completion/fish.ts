/** Completion for fish: one function knows which command the line is at; the candidates are lines of their own. Pure. */
import type { CommandNode, Words } from './tree.ts';

export function fishScript(tree: readonly CommandNode[]): string {
  const valued = tree.map(({ path, options }) => ({
    path,
    names: options.filter(({ takesValue }) => takesValue).map(({ name }) => name),
  }));
  const cases = (entries: readonly { path: string; names: readonly string[] }[]) =>
    entries
      .filter(({ names }) => names.length > 0)
      .map(({ path, names }) => `        case ${quote(path)}\n            printf '%s\\n' ${names.join(' ')}`)
      .join('\n');
  return `# fish completion for frontdesk: npx frontdesk completion fish | source
function __frontdesk_commands
    switch "$argv[1]"
${cases(tree.map(({ path, commands }) => ({ path, names: commands.map(({ name }) => name) })))}
    end
end
function __frontdesk_valued
    switch "$argv[1]"
${cases(valued)}
    end
end
# Prints the command that the line is at and what is completed: an option's value, or how many arguments stand before.
function __frontdesk_where
    set -l words (commandline -opc)
    set -e words[1]
    if test "$argv[1]" = npx
        test "$words[1]" = frontdesk; or return 1
        set -e words[1]
    end
    set -l path ""
    set -l value ""
    set -l args 0
    for word in $words
        if test -n "$value"
            set value ""
        else if string match -q -- '-*' $word
            contains -- $word (__frontdesk_valued "$path") (__frontdesk_valued ""); and set value $word
        else if contains -- $word (__frontdesk_commands "$path")
            set path (string trim "$path $word")
        else
            set args (math $args + 1)
        end
    end
    echo "$path"
    if test -n "$value"
        echo $value
    else
        echo "#$args"
    end
end
# Is it this command, and this part of it? @npx as first word: behind npx.
function __frontdesk_at
    set -l at (__frontdesk_where $argv[1])
    or return 1
    test "$at[1]" = "$argv[2]"; and test "$at[2]" = "$argv[3]"
end
function __frontdesk_below
    set -l at (__frontdesk_where $argv[1])
    or return 1
    string match -q -- '#*' "$at[2]"; or return 1
    test "$at[1]" = "$argv[2]"; or test -z "$argv[2]"
end
function __frontdesk_value
    set -l at (__frontdesk_where $argv[1])
    or return 1
    test "$at[2]" = "$argv[2]"
end
complete -c frontdesk -f
complete -c npx -n 'test (count (commandline -opc)) -eq 1' -a frontdesk
${(['frontdesk', 'npx'] as const).flatMap((command) => tree.flatMap((node) => linesOf(command, node))).join('\n')}
`;
}

function linesOf(command: 'frontdesk' | 'npx', { path, commands, options, args }: CommandNode): string[] {
  const line = (condition: string, rest: string) => `complete -c ${command} -f -n ${quote(condition)} ${rest}`;
  const at = (part: string) => `__frontdesk_at ${command} ${word(path)} ${word(part)}`;
  const candidates = (words: Words): string | null =>
    words === null
      ? null
      : words === 'file'
        ? '-a "(__fish_complete_path)"'
        : words === 'folder'
          ? '-a "(__fish_complete_directories)"'
          : `-a ${quote(words.join(' '))}`;
  return [
    ...commands.map(({ name, says }) => line(at('#0'), `-a ${name} -d ${quote(says)}`)),
    ...options.flatMap(({ name, says, words }) => {
      const own = line(`__frontdesk_below ${command} ${word(path)}`, `-l ${name.slice(2)} -d ${quote(says)}`);
      const value = candidates(words);
      const place = path === '' ? `__frontdesk_value ${command} ${word(name)}` : at(name);
      return value === null ? [own] : [own, line(place, value)];
    }),
    ...args.flatMap((words, number) => {
      const value = candidates(words);
      return value === null ? [] : [line(at(`#${number}`), value)];
    }),
  ];
}

const word = (text: string): string => `"${text}"`;
const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
