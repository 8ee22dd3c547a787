/** The commands of this release, in the order in which the help shows them. Each loads its code when it runs. */
import { Command, type OutputConfiguration } from 'commander';
import { VERSION_LINE } from '../local/platform/release.ts';
import { DEFAULT_FOLDER } from './context.ts';
import { addCompletion } from './program/completion.ts';
import { addContract } from './program/contract.ts';
import { addCost } from './program/cost.ts';
import { addDoctor } from './program/doctor.ts';
import { addEveryday } from './program/everyday.ts';
import { addObserve } from './program/observe.ts';
import { addPolicy } from './program/policy.ts';
import { addQuality } from './program/quality.ts';
import { addDeadLetters, addRecovery, addState } from './program/recovery.ts';
import { addReplay } from './program/replay.ts';
import { addSecrets } from './program/secrets.ts';
import { addConfig, addTemplates } from './program/shop.ts';
import { addFlags, addSwitches } from './program/switches.ts';
import { addTrail } from './program/trail.ts';
import type { RunCommand } from './program/under.ts';
import { addWorkspace } from './program/workspace.ts';

export type GlobalOptions = { readonly target: string; readonly stage?: string; readonly data: string };

/** As a command asks for it, with the options that stand before every command. */
export type Run = (options: GlobalOptions, ...asked: Parameters<RunCommand>) => Promise<void>;

const THEMES = [
  addEveryday,
  addObserve,
  addFlags,
  addSwitches,
  addTrail,
  addReplay,
  addPolicy,
  addQuality,
  addCost,
  addState,
  addRecovery,
  addDeadLetters,
  addSecrets,
  addContract,
  addDoctor,
  addTemplates,
  addConfig,
  addWorkspace,
  addCompletion,
] as const;

export function programOf(run: Run, output: OutputConfiguration): Command {
  const program = new Command('frontdesk')
    .description('Operates Frontdesk: talks to the instance that `npm start` runs on this machine.')
    .option('--target <WHERE>', 'where it runs: local, or aws for the commands that reach a deployed stage', 'local')
    .option('--stage <ENV>', 'stage of the instance (local on this machine; needed with --target aws)')
    .option('--json', 'print one JSON value on stdout and nothing else there')
    .option('--data <DIR>', 'data folder of the instance', DEFAULT_FOLDER)
    .version(VERSION_LINE, '--version', 'show the version')
    .helpOption('--help', 'show help')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput(output)
    .exitOverride();
  for (const add of THEMES) add(program, (...asked) => run(program.opts<GlobalOptions>(), ...asked));
  return program;
}
