/** Completion for shells. */
import { Argument, type Command } from 'commander';
import { type RunCommand, under } from './under.ts';

export function addCompletion(program: Command, run: RunCommand): void {
  under(
    program,
    'completion',
    'Prints a script that completes commands, options, levels, flags, templates and intents at a Tab; docs/command-line.md says where it goes.',
    'npx frontdesk completion bash > ~/.local/share/bash-completion/completions/frontdesk',
  )
    .addArgument(new Argument('<shell>', 'for which shell').choices(['bash', 'zsh', 'fish']))
    .action((shell) => run(async () => (await import('../commands/completion.ts')).completion(program, shell)));
}
