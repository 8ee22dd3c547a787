/** `whatif`: what another policy would have decided, from the audit trail alone; needs no running instance and writes nothing but `--out`. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { liveClock } from '../../functions/shared/clock/live.ts';
import { TIMES } from '../../functions/shared/times.ts';
import type { Answer, Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { requireInstance } from '../instance/instance.ts';
import { openTables } from '../instance/tables.ts';
import { parseInstant } from '../instants.ts';
import { businessZone } from '../shop.ts';
import { type Judged, judgeMessage } from '../whatif/message.ts';
import { sweepPage, sweepSvg } from '../whatif/picture.ts';
import { readPolicyFile } from '../whatif/policy-file.ts';
import { type Recorded, recordedConversations, type Window } from '../whatif/recorded.ts';
import { differenceValue, type Report, reportText, reportValue } from '../whatif/report.ts';
import { type Reread, rereadFrom } from '../whatif/reread.ts';
import { shadowClassifier, ticketReader } from '../whatif/reread-parts.ts';
import { openSpool, type Spool } from '../whatif/spool.ts';
import { sweepOf } from '../whatif/sweep.ts';
import { isReleased, RELEASED, releaseProblems, type Terms, withChange } from '../whatif/terms.ts';
import { count, newTotals, type Totals } from '../whatif/totals.ts';
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
const TELL_EVERY = 20_000;

export async function whatif(context: Context, options: WhatifOptions): Promise<Answer> {
  const terms = withChange(RELEASED, readPolicyFile(options.policy));
  const window = windowOf(context, options);
  const sweep = options.sweep === undefined ? null : sweepOf(options.sweep, terms);
  const totals = newTotals();
  const differences = openSpool();
  const undecided = openSpool();
  const examples: Judged[] = [];
  const reread = options.reread ? rereadOf(context, terms) : null;
  const tables = await openTables(context);
  try {
    for await (const conversation of recordedConversations(tables, window)) {
      for (const recorded of byMessage(conversation)) {
        const decisions = reread === null ? recorded : await reread(recorded);
        const told = Math.floor(totals.decisions / TELL_EVERY);
        const verdict = judgeMessage(decisions, terms);
        count(totals, verdict);
        sweep?.judge(decisions);
        for (const judged of verdict.judged) {
          const { result } = judged.redecided;
          if (result === 'different') differences.add(differenceValue(judged));
          if (result === 'undecidable') undecided.add(differenceValue(judged));
          if (result === 'different' && examples.length < EXAMPLES) examples.push(judged);
        }
        if (Math.floor(totals.decisions / TELL_EVERY) > told)
          context.tell(`${totals.decisions} decisions judged again`);
      }
    }
    refuseIfTooOld(window, totals.decisions);
    const report: Report = {
      totals,
      window: { from: instantText(window.from), to: instantText(window.to) },
      notReleasable: releaseProblems(terms),
      notes: notesOn(window, totals, isReleased(terms) && reread === null),
      swept: sweep?.result() ?? null,
    };
    const pieces = () => jsonPieces(report, differences, undecided);
    if (options.out !== undefined) writeOut(options.out, report, pieces());
    const hasDrifted = isReleased(terms) && reread === null && totals.differentOfThisRelease > 0;
    return {
      value: reportValue(report),
      pieces,
      text: reportText(report, examples, businessZone(context.variables)),
      exitCode: hasDrifted ? 1 : 0,
    };
  } finally {
    await tables.close();
  }
}

/** Tickets are where the helpdesk is, so this needs the running instance; nothing is written to it. */
function rereadOf(context: Context, terms: Terms): Reread {
  const instance = requireInstance(context);
  const { config } = requireShop(context.variables);
  const usual = instance.classifier ?? 'embedded';
  return rereadFrom({
    tickets: ticketReader(instance),
    classifier: shadowClassifier(terms, config, usual, context.variables),
    clock: liveClock(),
    config,
  });
}

function windowOf({ variables }: Context, { from, to }: WhatifOptions): Window {
  const zone = businessZone(variables);
  const at = (text: string | undefined) => (text === undefined ? null : parseInstant(text, zone, Date.now()));
  const window = { from: at(from), to: at(to) };
  if (window.from !== null && window.to !== null && window.from >= window.to)
    throw misuse('invalid_window', '--from is not before --to', 'give the earlier time to --from');
  return window;
}

function byMessage(conversation: readonly Recorded[]): Iterable<readonly Recorded[]> {
  return Map.groupBy(conversation, ({ messageKey }) => messageKey).values();
}

/** The trail keeps 60 days, the facts archive 180: a replay to the auditor's rule alone brings facts back (architecture §3). */
function refuseIfTooOld(window: Window, decisions: number): void {
  if (decisions > 0 || window.to === null || window.to > Date.now() - TIMES.ttl.audit) return;
  throw new Failure('older_than_trail', 'the audit trail holds nothing of this window any more', bringBack(window));
}

function bringBack({ from, to }: Window): string {
  const ends = [
    from === null ? [] : ['--from', instantText(from)],
    to === null ? [] : ['--to', instantText(to)],
  ].flat();
  return `bring its facts back, without any effect, with \`npx frontdesk replay start --purpose rebuild ${ends.join(' ')}\`, then try again`;
}

function notesOn(window: Window, { first, decisions, differentOfThisRelease }: Totals, isOwn: boolean): string[] {
  const begins = Date.now() - TIMES.ttl.audit;
  const isOlder = window.from !== null && window.from < begins && (first === null || Date.parse(first) >= begins);
  return [
    ...(decisions === 0 ? ['The audit trail holds no decision of this window.'] : []),
    ...(isOlder ? [`The trail keeps 60 days, and the window begins before: ${bringBack(window)}.`] : []),
    ...(isOwn && differentOfThisRelease > 0
      ? [
          `${differentOfThisRelease} decisions of this very release came out differently: its decisions are not reproducible.`,
        ]
      : []),
  ];
}

function instantText(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

function* jsonPieces(report: Report, differences: Spool, undecided: Spool): Generator<string> {
  yield `${JSON.stringify(reportValue(report)).slice(0, -1)},"differences":[`;
  yield* differences.pieces();
  yield '],"undecided":[';
  yield* undecided.pieces();
  yield ']}';
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
  try {
    if (isPicture && swept !== null) {
      writeFileSync(path, /\.svg$/i.test(path) ? `${sweepSvg(swept)}\n` : sweepPage(swept));
      return;
    }
    const file = openSync(path, 'w');
    for (const piece of pieces) writeSync(file, piece);
    writeSync(file, '\n');
    closeSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Failure('not_written', `${path} cannot be written (${code})`, 'name a file in a folder that exists');
  }
}
