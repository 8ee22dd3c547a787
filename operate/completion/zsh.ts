/** Completion for zsh, with what each candidate says; the same walk as in bash. Pure. */
import { type CommandNode, placesOf } from './tree.ts';

export function zshScript(tree: readonly CommandNode[]): string {
  const cases = (name: string, entries: readonly (readonly [string, readonly string[]])[]) => `${name}() {
  case "$1" in
${entries.flatMap(([key, values]) => (values.length === 0 ? [] : [`    ${quote(key)}) reply=(${values.map(quote).join(' ')}) ;;`])).join('\n')}
    *) reply=() ;;
  esac
}`;
  return `#compdef frontdesk
# zsh completion for frontdesk: eval "$(npx frontdesk completion zsh)"
${cases(
  '_frontdesk_commands',
  tree.map(({ path, commands }) => [path, commands.map(({ name, says }) => told(name, says))]),
)}
${cases(
  '_frontdesk_options',
  tree.map(({ path, options }) => [path, options.map(({ name, says }) => told(name, says))]),
)}
${cases(
  '_frontdesk_valued',
  tree.map(({ path, options }) => [path, options.filter(({ takesValue }) => takesValue).map(({ name }) => name)]),
)}
${cases(
  '_frontdesk_words',
  tree.flatMap(placesOf).map(({ place, words }) => [place, words]),
)}
# From the word at $1 on: which command it is, and what is completed.
_frontdesk_complete() {
  local at where="" word value="" args=0
  local -a reply valued names found
  for ((at = $1; at < CURRENT; at++)); do
    word="\${words[at]}"
    if [[ -n "$value" ]]; then value=""; continue; fi
    _frontdesk_valued "$where"; valued=("\${reply[@]}")
    _frontdesk_valued ""; valued+=("\${reply[@]}")
    _frontdesk_commands "$where"; names=("\${(@)reply%%:*}")
    if [[ "$word" == -* ]]; then
      ((\${valued[(Ie)$word]})) && value="$word"
    elif ((\${names[(Ie)$word]})); then
      where="\${where:+$where }$word"
    else
      ((args++))
    fi
  done
  if [[ -n "$value" ]]; then
    _frontdesk_words "$where $value"; found=("\${reply[@]}")
    ((\${#found})) || { _frontdesk_words " $value"; found=("\${reply[@]}"); }
  elif [[ "\${words[CURRENT]}" == -* ]]; then
    _frontdesk_options "$where"; found=("\${reply[@]}")
    [[ -n "$where" ]] && { _frontdesk_options ""; found+=("\${reply[@]}"); }
    _describe -o option found
    return
  else
    _frontdesk_commands "$where"; found=("\${reply[@]}")
    if ((\${#found})); then _describe command found; return; fi
    _frontdesk_words "$where #$args"; found=("\${reply[@]}")
  fi
  case "\${found[1]}" in
    @file) _files ;;
    @folder) _files -/ ;;
    *) ((\${#found})) && compadd -a found ;;
  esac
}
_frontdesk() { _frontdesk_complete 2; }
_frontdesk_npx() {
  if [[ "\${words[2]}" == frontdesk && CURRENT -gt 2 ]]; then _frontdesk_complete 3
  elif ((CURRENT == 2)); then compadd frontdesk
  else _files
  fi
}
if [[ "\${funcstack[1]}" == _frontdesk ]]; then
  _frontdesk "$@"
elif ((\${+functions[compdef]})); then
  compdef _frontdesk frontdesk
  # Somebody's own completion of npx stays.
  ((\${+_comps[npx]})) || compdef _frontdesk_npx npx
fi
`;
}

/** A colon parts name and words, so one in a name is escaped. */
const told = (name: string, says: string): string => `${name.replaceAll(':', '\\:')}:${says}`;
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
