/** Runs of the what-if page: the newest few, kept by the worker; everything a run found is a file to download. */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { whatifWindow } from '../../commands/whatif.ts';
import { Failure } from '../../failure.ts';
import { openTables } from '../../instance/tables.ts';
import { policyFileName, policyText } from '../../whatif/export.ts';
import type { Judged } from '../../whatif/message.ts';
import { readPolicyText } from '../../whatif/policy-file.ts';
import { reportValue } from '../../whatif/report.ts';
import { type DifferenceDetail, differenceDetail, type ShownDifference, shownDifference } from '../../whatif/shown.ts';
import { sweepOf } from '../../whatif/sweep.ts';
import { RELEASED, withChange } from '../../whatif/terms.ts';
import { judgeTrail, piecesOf } from '../../whatif/trail.ts';
import type { DeskContext } from '../desk/action.ts';

export type RunInput = {
  /** Dotted keys that differ from the release. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly reason: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sweep?: { readonly key: string; readonly from: number; readonly to: number } | undefined;
};

export type RunValue = {
  readonly run: string;
  readonly input: RunInput;
  readonly report: ReturnType<typeof reportValue>;
  readonly differences: readonly ShownDifference[];
  readonly download: { readonly name: string; readonly bytes: number };
  /** What does the same on a command line. */
  readonly command: string;
};

type Kept = { readonly value: RunValue; readonly judged: readonly Judged[]; readonly file: string };

const MOST_RUNS = 5;
const runs = new Map<string, Kept>();

/** Answers the number of the run; the rest is asked for by that. */
export async function startRun(context: DeskContext, input: RunInput): Promise<{ readonly run: string }> {
  const terms = withChange(RELEASED, readPolicyText(policyText(input), 'the form'));
  const window = whatifWindow(context, {
    ...(input.from !== undefined && { from: input.from }),
    ...(input.to !== undefined && { to: input.to }),
  });
  const sweep = input.sweep === undefined ? null : sweepOf(sweepText(input.sweep), terms, { isMarked: true });
  const tables = await openTables(context);
  try {
    const found = await judgeTrail(tables, { terms, window, sweep, reread: null, tell: context.tell });
    const run = randomUUID().slice(0, 8);
    const name = `whatif-${run}.json`;
    const file = join(context.downloadsDir, name);
    write(file, piecesOf(found));
    found.differences.close();
    found.undecided.close();
    keep(run, {
      value: {
        run,
        input,
        report: reportValue(found.report),
        differences: found.examples.flatMap((judged) => shownDifference(judged) ?? []),
        download: { name, bytes: statSync(file).size },
        command: commandOf(input),
      },
      judged: found.examples,
      file,
    });
    return { run };
  } finally {
    await tables.close();
  }
}

export const runValue = (run: string): RunValue => kept(run).value;

/** @param at  its place in the list */
export function runDifference(run: string, at: number): DifferenceDetail {
  const judged = kept(run).judged[at];
  const detail = judged === undefined ? null : differenceDetail(judged);
  if (detail === null) throw new Failure('unknown_difference', 'the run has no such difference', 'run it again');
  return detail;
}

function kept(run: string): Kept {
  const found = runs.get(run);
  if (found === undefined)
    throw new Failure('unknown_run', 'this run is not kept any more', 'run it again: it takes a few seconds');
  return found;
}

function keep(run: string, one: Kept): void {
  runs.set(run, one);
  for (const [oldest, { file }] of [...runs].slice(0, Math.max(0, runs.size - MOST_RUNS))) {
    runs.delete(oldest);
    rmSync(file, { force: true });
  }
}

function write(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w', 0o600);
  for (const piece of pieces) writeSync(file, piece);
  writeSync(file, '\n');
  closeSync(file);
}

const sweepText = ({ key, from, to }: NonNullable<RunInput['sweep']>): string => `${key}=${from}..${to}`;

function commandOf({ name, from, to, sweep }: RunInput): string {
  return [
    `npx frontdesk whatif --policy ${policyFileName(name)}`,
    ...(from === undefined ? [] : [`--from ${from}`]),
    ...(to === undefined ? [] : [`--to ${to}`]),
    ...(sweep === undefined ? [] : [`--sweep ${sweepText(sweep)}`]),
  ].join(' ');
}
