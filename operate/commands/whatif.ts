/** `whatif`: what another policy would have decided, from the audit trail alone; needs no running instance and writes nothing but `--out`. */
import { closeSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import type { Answer, Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { requireInstance } from '../instance/instance.ts';
import { openTables } from '../instance/tables.ts';
import { parseInstant } from '../instants.ts';
import { businessZone } from '../shop.ts';
import { sweepPage, sweepSvg } from '../whatif/picture.ts';
import { readPolicyFile } from '../whatif/policy-file.ts';
import type { Window } from '../whatif/recorded.ts';
import { type Report, reportText, reportValue } from '../whatif/report.ts';
import { countToRead, type Reread, rereadFrom } from '../whatif/reread.ts';
import { clockUntil, shadowClassifier, ticketReader } from '../whatif/reread-parts.ts';
import { rereadProgress } from '../whatif/reread-progress.ts';
import { sweepOf } from '../whatif/sweep.ts';
import { isReleased, RELEASED, type Terms, withChange } from '../whatif/terms.ts';
import { judgeTrail, piecesOf } from '../whatif/trail.ts';
import { requireShop } from './config.ts';

export type WhatifOptions = {
  readonly policy: string;
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
  readonly sweep?: string;
  readonly reread?: boolean;
};

const EXAMPLES = 10;

export async function whatif(context: Context, options: WhatifOptions): Promise<Answer> {
  if (options.out !== undefined) requireNew(options.out);
  const terms = withChange(RELEASED, readPolicyFile(options.policy));
  const window = whatifWindow(context, options);
  const sweep = options.sweep === undefined ? null : sweepOf(options.sweep, terms);
  const stopping = new AbortController();
  const rereadOn = options.reread ? rereadOf(context, terms, stopping.signal) : null;
  const tables = await openTables(context);
  try {
    const judging = { terms, window, sweep, tell: context.tell };
    const found = await (rereadOn === null
      ? judgeTrail(tables, { ...judging, reread: null })
      : untilInterrupted(stopping, async () => {
          const toRead = await countToRead(tables, window, stopping.signal);
          return judgeTrail(tables, { ...judging, reread: rereadOn(toRead) });
        }));
    const { report, examples } = found;
    const pieces = () => piecesOf(found);
    if (options.out !== undefined) writeOut(options.out, report, pieces());
    const hasDrifted = isReleased(terms) && rereadOn === null && report.totals.differentOfThisRelease > 0;
    return {
      value: reportValue(report),
      pieces,
      text: reportText(report, examples.slice(0, EXAMPLES), businessZone(context.variables)),
      exitCode: hasDrifted ? 1 : 0,
    };
  } finally {
    await tables.close();
  }
}

/** Nobody's file is written over, the policy's own above all; a pipe or a device is no file. */
function requireNew(path: string): void {
  if (kindOf(path) === 'file') throw exists(path);
}

function kindOf(path: string): 'file' | 'other' | null {
  try {
    return statSync(path).isFile() ? 'file' : 'other';
  } catch {
    // What cannot be looked at is not written to either, and that is told then.
    return null;
  }
}

const exists = (path: string): Failure =>
  new Failure('exists', `${path} exists`, 'name another file with --out, or move that one away');

/** Tickets are where the helpdesk is, so this needs the running instance; nothing is written to it. */
function rereadOf(context: Context, terms: Terms, signal: AbortSignal): (toRead: number) => Reread {
  const instance = requireInstance(context);
  const { config } = requireShop(context.variables);
  const clock = clockUntil(signal);
  const classifier = shadowClassifier(terms, config, instance.classifier ?? 'embedded', context.variables, clock);
  return (toRead) => {
    const progress = rereadProgress(context.note, toRead);
    const tickets = ticketReader(instance, { clock, signal, onNoPlace: progress.waits });
    return rereadFrom({ tickets, classifier, clock, config, signal, onMessage: progress.done });
  };
}

/** `--out` is written afterwards, so that nothing half-written is left. */
async function untilInterrupted<T>(stopping: AbortController, run: () => Promise<T>): Promise<T> {
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await run();
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    throw new Failure('interrupted', 'the reading was interrupted; nothing is written', 'start it again');
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** @throws Failure (2) on words that are no time, and on an end before the beginning */
export function whatifWindow(
  { variables }: Pick<Context, 'variables'>,
  { from, to }: Pick<WhatifOptions, 'from' | 'to'>,
): Window {
  const zone = businessZone(variables);
  const at = (text: string | undefined) => (text === undefined ? null : parseInstant(text, zone, Date.now()));
  const window = { from: at(from), to: at(to) };
  if (window.from !== null && window.to !== null && window.from >= window.to)
    throw misuse('invalid_window', '--from is not before --to', 'give the earlier time to --from');
  return window;
}

/** `.svg` and `.html` take the picture of a sweep, anything else the whole JSON value. */
function writeOut(path: string, { swept }: Report, pieces: Iterable<string>): void {
  const isPicture = /\.(svg|html?)$/i.test(path);
  if (isPicture && swept === null)
    throw misuse(
      'no_picture',
      '--out names a picture, and there is no sweep to draw',
      'add --sweep, or name a .json file',
    );
  const flag = kindOf(path) === 'other' ? 'w' : 'wx';
  try {
    if (isPicture && swept !== null) {
      writeFileSync(path, /\.svg$/i.test(path) ? `${sweepSvg(swept)}\n` : sweepPage(swept), { flag });
      return;
    }
    const file = openSync(path, flag);
    for (const piece of pieces) writeSync(file, piece);
    writeSync(file, '\n');
    closeSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'EEXIST') throw exists(path);
    throw new Failure('not_written', `${path} cannot be written (${code})`, 'name a file in a folder that exists');
  }
}
