/** From words on a command line to one answer and an exit code: 0 done, 1 refused or failed, 2 wrong usage (interfaces §3). */
import { resolve } from 'node:path';
import { CommanderError } from 'commander';
import { RELEASE } from '../local/platform/release.ts';
import { STAGE } from '../local/platform/stage.ts';
import type { StageTable } from '../stacks/stages.ts';
import type { Answer, Context, Variables } from './context.ts';
import { type Failure, failureOf, misuse } from './failure.ts';
import { type GlobalOptions, programOf, type Run } from './program.ts';
import { onScreen, ownScreen, PLAIN, type Screen } from './screen.ts';
import { pointedAt } from './shown-commands.ts';

export type Terminal = {
  out(text: string): void;
  err(text: string): void;
  readonly variables: Variables;
  /** Other stages than those of stacks/stages.ts. */
  readonly stages?: StageTable;
  /** Absent where a program listens: then nothing is cut and nothing coloured. */
  readonly screen?: Screen;
};

const ownTerminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  variables: process.env,
  screen: ownScreen(),
};

type Said = { readonly help: string[]; readonly complaint: string[] };

/** Runs one command; resolves with the exit code and never rejects. */
export async function runCommandLine(args: readonly string[], terminal: Terminal = ownTerminal): Promise<0 | 1 | 2> {
  const isJson = asksForJson(args);
  let code: 0 | 1 | 2 = 0;
  let shown: (text: string) => string = (text) => text;
  let seen: (failure: Failure) => Failure = (failure) => failure;
  const run: Run = async (options, command, reaches) => {
    shown = (text) => pointedAt(text, options);
    const context = contextOf(options, isJson, terminal, shown, reaches);
    if (context.target === 'aws') {
      // Loaded where it is asked: the SDK is no matter of commands on this machine.
      seen = (await import('./instance/clients.ts')).seenOnAws;
      await (await import('./instance/own-place.ts')).requireOwnPlace(context);
    }
    const answer = await onScreen({ ...(isJson ? PLAIN : terminal.screen), shown }, async () => command(context));
    code = answer.exitCode ?? 0;
    if (isJson) printJson(answer, terminal);
    else terminal.out(`${shown(answer.text)}\n`);
  };
  const said: Said = { help: [], complaint: [] };
  const program = programOf(run, {
    writeOut: (text) => void said.help.push(text),
    writeErr: (text) => void said.complaint.push(text),
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      const text = said.help.join('');
      const value = error.code === 'commander.version' ? { version: RELEASE } : { help: text };
      terminal.out(isJson ? `${JSON.stringify(value)}\n` : text);
      return 0;
    }
    const failure =
      error instanceof CommanderError ? usageFailure(error, said.complaint.join('')) : seen(failureOf(error));
    complain({ ...failure, message: shown(failure.message), cure: shown(failure.cure) }, isJson, terminal);
    return failure.exitCode;
  }
}

function printJson({ value, pieces }: Answer, { out }: Terminal): void {
  for (const piece of pieces?.() ?? [JSON.stringify(value)]) out(piece);
  out('\n');
}

/** Known before the words are parsed, since what cannot be parsed is answered in JSON too. */
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).includes('--json');
}

/** Of a deployed stage: what SST takes as a name. */
const STAGE_NAME = /^[a-z][a-z0-9-]{0,30}$/;

function contextOf(
  { data, target, stage }: GlobalOptions,
  isJson: boolean,
  terminal: Terminal,
  shown: (text: string) => string,
  reaches: 'local' | 'aws' = 'local',
): Context {
  if (target !== 'local' && target !== 'aws')
    throw misuse('unknown_target', 'there is no such target', 'leave --target out, or name local or aws');
  if (target === 'aws' && reaches !== 'aws') {
    throw misuse(
      'not_in_this_release',
      '--target aws is not in this release',
      'leave it out: this command reaches the instance on this machine',
    );
  }
  if (target === 'aws' && stage !== undefined && !STAGE_NAME.test(stage))
    throw misuse('unknown_stage', 'this is no name of a stage', 'name the stage, for example prod');
  if (target === 'local' && stage !== undefined && stage !== STAGE.env) {
    throw misuse('unknown_stage', 'there is one stage on this machine', `leave --stage out, or name ${STAGE.env}`);
  }
  return {
    dataDir: resolve(data),
    dataDirGiven: data,
    variables: terminal.variables,
    ...(terminal.stages && { stages: terminal.stages }),
    target,
    stage: stage ?? null,
    isJson,
    note: (line) => terminal.err(`${shown(line)}\n`),
    tell: (line) => (isJson ? terminal.err : terminal.out)(`${shown(line)}\n`),
  };
}

/** commander's own sentence without its prefix; no command at all is answered with the help. */
function usageFailure(error: CommanderError, complaint: string): Failure {
  if (error.code === 'commander.help') return misuse('no_command', 'name a command', `${complaint.trim()}\n`);
  // The name that may be meant stands before the help, and helps more.
  const [sentence = '', said = ''] = (complaint === '' ? error.message : complaint).trim().split('\n');
  const hint = said.replace(/[()]/g, '');
  const code = error.code.replace(/^commander\./, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const cure = hint === '' ? 'see `npx frontdesk --help`' : `${hint.charAt(0).toLowerCase()}${hint.slice(1)}`;
  return misuse(code, sentence.replace(/^error: /, ''), cure);
}

type Complaint = Pick<Failure, 'code' | 'message' | 'cure'>;

function complain({ code, message, cure }: Complaint, isJson: boolean, { out, err }: Terminal): void {
  if (isJson) out(`${JSON.stringify({ error: { code, message, cure } })}\n`);
  else err(`frontdesk: ${message}; ${cure}\n`);
}
