/** What every command is made with. */
import type { Command } from 'commander';
import type { Answer, Context } from '../context.ts';

/** Hands a command its context and prints what it answers; `aws` for one that reaches a deployed stage as well. */
export type RunCommand = (
  command: (context: Context) => Answer | Promise<Answer>,
  reaches?: 'local' | 'aws',
) => Promise<void>;

/** A command below another, with its words, its help and an example that can be run. */
export function under(parent: Command, usage: string, says: string, example: string): Command {
  const command = parent
    .command(usage)
    .description(says)
    .helpOption('--help', 'show help')
    .helpCommand(false)
    .allowExcessArguments(false)
    .addHelpText('after', `\nExample:\n  ${example}`);
  return command.showHelpAfterError(seeHelpOf(command));
}

/** What wrong usage is told to look at: the help of the very command. */
function seeHelpOf(command: Command): string {
  const names = [];
  for (let at: Command | null = command; at !== null; at = at.parent) names.unshift(at.name());
  return `see \`npx ${names.join(' ')} --help\``;
}
