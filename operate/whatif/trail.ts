/** Every recorded decision of a time, made again on other terms: totals in memory, differences set aside. Reads the trail and nothing else. */
import { TIMES } from '../../functions/shared/times.ts';
import { Failure } from '../failure.ts';
import type { Tables } from '../instance/tables.ts';
import { type Judged, judgeMessage } from './message.ts';
import { byMessage, recordedConversations, type Window } from './recorded.ts';
import { differenceValue, type Report, reportValue } from './report.ts';
import type { Reread } from './reread.ts';
import { openSpool, type Spool } from './spool.ts';
import type { Sweep } from './sweep.ts';
import { isReleased, releaseProblems, type Terms } from './terms.ts';
import { count, newTotals, type Totals } from './totals.ts';

export type Judging = {
  readonly terms: Terms;
  readonly window: Window;
  readonly sweep: Sweep | null;
  readonly reread: Reread | null;
  /** Hears of progress. */
  readonly tell: (line: string) => void;
};

export type Found = {
  readonly report: Report;
  /** The first differences, at most `MOST_EXAMPLES`. */
  readonly examples: readonly Judged[];
  readonly differences: Spool;
  readonly undecided: Spool;
};

export const MOST_EXAMPLES = 200;
const TELL_EVERY = 20_000;

/** @throws Failure where the trail holds nothing of the window any more */
export async function judgeTrail(
  tables: Pick<Tables, 'scan'>,
  { terms, window, sweep, reread, tell }: Judging,
): Promise<Found> {
  const totals = newTotals();
  const differences = openSpool();
  const undecided = openSpool();
  const examples: Judged[] = [];
  for await (const conversation of recordedConversations(tables, window)) {
    for (const recorded of byMessage(conversation)) {
      const decisions = reread === null ? recorded : await reread.read(recorded);
      const told = Math.floor(totals.decisions / TELL_EVERY);
      const verdict = judgeMessage(decisions, terms);
      count(totals, verdict);
      sweep?.judge(decisions);
      for (const judged of verdict.judged) {
        const { result } = judged.redecided;
        if (result === 'different') differences.add(differenceValue(judged));
        if (result === 'undecidable') undecided.add(differenceValue(judged));
        if (result === 'different' && examples.length < MOST_EXAMPLES) examples.push(judged);
      }
      if (Math.floor(totals.decisions / TELL_EVERY) > told) tell(`${totals.decisions} decisions judged again`);
    }
  }
  refuseIfTooOld(window, totals.decisions);
  const report: Report = {
    totals,
    window: { from: instantText(window.from), to: instantText(window.to) },
    notReleasable: releaseProblems(terms),
    notes: notesOn(window, totals, isReleased(terms) && reread === null),
    swept: sweep?.result() ?? null,
    reread: reread?.result() ?? null,
  };
  return { report, examples, differences, undecided };
}

/** The whole as one JSON value, in pieces. */
export function* piecesOf({ report, differences, undecided }: Found): Generator<string> {
  yield `${JSON.stringify(reportValue(report)).slice(0, -1)},"differences":[`;
  yield* differences.pieces();
  yield '],"undecided":[';
  yield* undecided.pieces();
  yield ']}';
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
