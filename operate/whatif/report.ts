/** What `whatif` found, as one JSON value and for people. Pure. */
import type { Decision } from '../../events/decision.ts';
import { localTime, type Zone } from '../instants.ts';
import { table } from '../table.ts';
import { count } from '../text.ts';
import type { Judged } from './message.ts';
import { sweepText } from './picture.ts';
import type { RereadResult } from './reread.ts';
import type { Swept } from './sweep.ts';
import type { BeforeAfter, Totals } from './totals.ts';

/** What is judged again and what is left as it was (architecture §6). */
const LAYERS = {
  covers: [
    'gates',
    'thresholds',
    'tier policy',
    'template choice',
    'routing',
    'runtime flags',
    'reply limits and ages',
  ],
  leavesOut: [
    'classifier scores and screen hits: as they were read (--reread reads again)',
    'order look-ups and verifier verdicts: as they were given; what was never asked is undecidable',
    'what a customer or an agent would have done after another reply: first-order',
  ],
} as const;

function layersOf({ reread }: Report): { readonly covers: readonly string[]; readonly leavesOut: readonly string[] } {
  if (reread === null) return LAYERS;
  const [, ...others] = LAYERS.leavesOut;
  return {
    covers: ['classifier scores', ...LAYERS.covers],
    leavesOut: ['labels and screen hits: as they were read', ...others],
  };
}

export type Report = {
  readonly totals: Totals;
  readonly window: { readonly from: string | null; readonly to: string | null };
  /** Rules between thresholds that a release may not break. */
  readonly notReleasable: readonly string[];
  readonly notes: readonly string[];
  readonly swept: Swept | null;
  /** `null`: no ticket was read again. */
  readonly reread: RereadResult | null;
};

/** All but the lists of decisions, which are too long for memory. */
export function reportValue(report: Report) {
  const { totals, window, notReleasable, notes, swept, reread } = report;
  const { nanoUsd, byIntent, needs, first, last, ...counts } = totals;
  return {
    ...counts,
    byIntent: sortedByDecisions(byIntent),
    cost: { usdBefore: usd(nanoUsd.before), usdAfter: usd(nanoUsd.after) },
    undecidableFor: needs,
    window: { ...window, first, last },
    layers: layersOf(report),
    notReleasable,
    notes,
    ...(swept && { sweep: swept }),
    ...(reread && { reread }),
  };
}

/** One decision in the list of differences: both decisions whole, gate reports included. */
export function differenceValue({ recorded, redecided }: Judged): Record<string, unknown> {
  const { messageKey, conversationId, eventId, eventName, at, stage, decision } = recorded;
  const named = { messageKey, conversationId, eventId, eventName, at, stage };
  return redecided.result === 'undecidable'
    ? { ...named, needs: `undecidable: ${redecided.needs}`, before: decision }
    : { ...named, before: decision, after: redecided.after };
}

/** @param examples  the first few differences */
export function reportText(report: Report, examples: readonly Judged[], zone: Zone): string {
  const { totals, notReleasable, notes, swept, reread } = report;
  const { covers, leavesOut } = layersOf(report);
  const { decisions, same, different, undecidable, needs, replies, nanoUsd } = totals;
  const causes = Object.entries(needs).map(([name, n]) => `${name} ${n}`);
  return [
    `${count(decisions, 'decision')} about ${count(totals.messages, 'message')}${between(totals, zone)}`,
    `  same ${same}, different ${different}, undecidable ${undecidable}${causes.length > 0 ? ` (${causes.join(', ')})` : ''}`,
    `  replies approved ${change(replies)}, model cost ${usd(nanoUsd.before)} → ${usd(nanoUsd.after)} USD`,
    '',
    section(
      'intent',
      Object.entries(sortedByDecisions(totals.byIntent)),
      ({ decisions: n, different: d, ...rest }) => [n, d, rest.undecidable, change(rest.replies)],
      ['decisions', 'different', 'undecidable', 'replies approved'],
    ),
    '',
    section('template', Object.entries(totals.byTemplate).toSorted(byName), (pair) => [change(pair)], [
      'replies approved',
    ]),
    '',
    section('decision', byDecision(totals), (pair) => [change(pair)], ['messages']),
    APPROVED_SAYS,
    ...(examples.length > 0 ? ['', differencesText(examples, different)] : []),
    ...(swept === null ? [] : ['', sweepText(swept)]),
    ...(notReleasable.length > 0 ? ['', `No release may hold these: ${notReleasable.join('; ')}.`] : []),
    '',
    ...(reread === null ? [] : [rereadText(reread)]),
    `Judged again: ${covers.join(', ')}.`,
    `Left as they were: ${leavesOut.join('; ')}.`,
    ...notes.map((note) => `\n${note}`),
  ].join('\n');
}

function rereadText({ classifier, version, messages, read }: RereadResult): string {
  const gone = messages - read;
  const rest = gone === 0 ? '' : `; ${gone} could not be, and ${gone === 1 ? 'is' : 'are'} undecidable`;
  return `Read again: ${read} of ${count(messages, 'message')}, by the ${classifier} classifier (${version})${rest}.`;
}

const APPROVED_SAYS = 'Approved is what was decided last; whether it was sent afterwards is not counted here.';

/** The JSON calls an approved reply `replied`. */
function byDecision({ byOutcome }: Totals): [word: string, pair: BeforeAfter][] {
  return Object.entries(byOutcome).map(([outcome, pair]) => [outcome === 'replied' ? 'approved' : outcome, pair]);
}

function between({ first, last }: Totals, zone: Zone): string {
  return first === null || last === null
    ? ''
    : `, ${localTime(first, zone)} to ${localTime(last, zone)} (${zone.name})`;
}

function section<T>(
  name: string,
  rows: readonly (readonly [string, T])[],
  cells: (value: T) => readonly (string | number)[],
  head: readonly string[],
): string {
  return table(
    [name, ...head],
    rows.map(([key, value]) => [key, ...cells(value)]),
    `${name}: none`,
  );
}

function differencesText(examples: readonly Judged[], different: number): string {
  const rows = examples.flatMap(({ recorded, redecided }) =>
    redecided.result === 'undecidable'
      ? []
      : [
          [
            recorded.messageKey,
            recorded.stage,
            said(recorded.decision),
            said(redecided.after),
            gatesThatDiffer(recorded.decision, redecided.after),
          ],
        ],
  );
  const more =
    different > rows.length ? `\n… and ${different - rows.length} more: --json or --out FILE has them all` : '';
  return `${table(['message', 'stage', 'was', 'would be', 'gates'], rows)}${more}`;
}

function said({ row, templateId, templateCandidate, reasonCodes, tierCandidate }: Decision): string {
  const reply = templateId ?? (tierCandidate === null ? null : (templateCandidate ?? `tier ${tierCandidate}`));
  return `${row} ${reply ?? reasonCodes[0] ?? 'route only'}`;
}

function gatesThatDiffer(before: Decision, after: Decision): string {
  return after.gateReport
    .flatMap((entry) => {
      const was = before.gateReport.find(({ gate }) => gate === entry.gate)?.result ?? 'n/a';
      return was === entry.result ? [] : [`${entry.gate} ${was}→${entry.result}`];
    })
    .join(' ');
}

function change({ before, after }: BeforeAfter): string {
  return before === after ? String(before) : `${before} → ${after}`;
}

function usd(nano: number): number {
  return Math.round(nano / 1000) / 1_000_000;
}

function sortedByDecisions<T extends { decisions: number }>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([, a], [, b]) => b.decisions - a.decisions));
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
