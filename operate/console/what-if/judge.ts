/** One run over the trail, from the form's words to what is shown of it, and everything in a file. Long: it belongs into a thread of its own. */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { whatifWindow } from '../../commands/whatif.ts';
import { openTablesAside } from '../../instance/tables.ts';
import { policyFileName, policyText } from '../../whatif/export.ts';
import type { Judged } from '../../whatif/message.ts';
import { readPolicyText } from '../../whatif/policy-file.ts';
import { reportValue } from '../../whatif/report.ts';
import { type ShownDifference, shownDifference } from '../../whatif/shown.ts';
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

/** What the differences that are shown were made from; the file has them all. */
export type Run = { readonly value: RunValue; readonly judged: readonly Judged[]; readonly file: string };

/** @throws Failure (2) where the form's words mean no policy, no time or no number of it. */
export async function judgeRun(context: DeskContext, input: RunInput): Promise<Run> {
  const terms = withChange(RELEASED, readPolicyText(policyText(input), 'the form'));
  const window = whatifWindow(context, {
    ...(input.from !== undefined && { from: input.from }),
    ...(input.to !== undefined && { to: input.to }),
  });
  const sweep = input.sweep === undefined ? null : sweepOf(sweepText(input.sweep), terms, { isMarked: true });
  const tables = openTablesAside(context);
  try {
    const found = await judgeTrail(tables, { terms, window, sweep, reread: null, tell: context.tell });
    const run = randomUUID().slice(0, 8);
    const name = `whatif-${run}.json`;
    const file = join(context.downloadsDir, name);
    write(file, piecesOf(found));
    found.differences.close();
    found.undecided.close();
    return {
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
    };
  } finally {
    await tables.close();
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
