/** `completion SHELL`: a script that completes commands, options and their values; made of the program itself. */
import type { Command } from 'commander';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { commandTree } from '../completion/tree.ts';
import { zshScript } from '../completion/zsh.ts';
import type { Answer } from '../context.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export function completion(program: Command, shell: Shell): Answer {
  const script = SCRIPTS[shell](commandTree(program));
  return { value: { shell, script }, text: script.trimEnd() };
}
