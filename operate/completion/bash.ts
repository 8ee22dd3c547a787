/** Completion for bash, for `frontdesk` and `npx frontdesk`: what is known is in the script, no process is started for a Tab. Pure. */
import { type CommandNode, placesOf } from './tree.ts';

export function bashScript(tree: readonly CommandNode[]): string {
  const [program] = tree;
  if (program === undefined) throw new Error('a program without itself');
  const cases = (told: (node: CommandNode) => string) =>
    tree.flatMap((node) => {
      const text = told(node);
      return text === '' ? [] : [`    ${quote(node.path)}) ${text} ;;`];
    });
  return `# bash completion for frontdesk: eval "$(npx frontdesk completion bash)"
_frontdesk_commands() {
  case "$1" in
${cases(({ commands }) => echoed(commands.map(({ name }) => name))).join('\n')}
  esac
}
_frontdesk_options() {
  case "$1" in
${cases(({ options }) => echoed(options.map(({ name }) => name))).join('\n')}
  esac
}
# Options that take a value, of a command.
_frontdesk_valued() {
  case "$1" in
${cases(({ options }) => echoed(options.filter(({ takesValue }) => takesValue).map(({ name }) => name))).join('\n')}
  esac
}
# What may stand after an option, or as an argument: its words, or @file, or @folder.
_frontdesk_words() {
  case "$1" in
${tree.flatMap(wordCases).join('\n')}
  esac
}
# From the word at $1 on: which command it is, and what is completed.
_frontdesk_complete() {
  local at path="" args=0 word value="" cur="\${COMP_WORDS[COMP_CWORD]}" found=""
  COMPREPLY=()
  for ((at = $1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    if [[ -n "$value" ]]; then value=""; continue; fi
    if [[ "$word" == -* ]]; then
      if [[ " $(_frontdesk_valued "$path") $(_frontdesk_valued "") " == *" $word "* ]]; then value="$word"; fi
    elif [[ " $(_frontdesk_commands "$path") " == *" $word "* ]]; then
      path="\${path:+$path }$word"
    else
      args=$((args + 1))
    fi
  done
  if [[ -n "$value" ]]; then
    found="$(_frontdesk_words "$path $value")"
    [[ -n "$found" ]] || found="$(_frontdesk_words " $value")"
  elif [[ "$cur" == -* ]]; then
    found="$(_frontdesk_options "$path") $(_frontdesk_options "")"
  else
    found="$(_frontdesk_commands "$path")"
    [[ -n "$found" ]] || found="$(_frontdesk_words "$path #$args")"
  fi
  case "$found" in
    @file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")) ;;
    @folder) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur")) ;;
    *) COMPREPLY=($(compgen -W "$found" -- "$cur")) ;;
  esac
}
_frontdesk() { _frontdesk_complete 1; }
_frontdesk_npx() {
  if [[ "\${COMP_WORDS[1]}" == frontdesk && COMP_CWORD -gt 1 ]]; then _frontdesk_complete 2
  elif ((COMP_CWORD == 1)); then COMPREPLY=($(compgen -W frontdesk -- "\${COMP_WORDS[1]}"))
  fi
}
complete -F _frontdesk frontdesk
# Somebody's own completion of npx stays.
complete -p npx >/dev/null 2>&1 || complete -o default -F _frontdesk_npx npx
`;
}

const wordCases = (node: CommandNode): string[] =>
  placesOf(node).map(({ place, words }) => `    ${quote(place)}) ${echoed(words)} ;;`);

const echoed = (words: readonly string[]): string => (words.length === 0 ? '' : `echo ${quote(words.join(' '))}`);
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
