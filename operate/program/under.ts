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
  return parent
    .command(usage)
    .description(says)
    .helpOption('--help', 'show help')
    .helpCommand(false)
    .allowExcessArguments(false)
    .addHelpText('after', `\nExample:\n  ${example}`);
}
