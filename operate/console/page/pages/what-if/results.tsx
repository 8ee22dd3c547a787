/** What a run has found: totals, by decision, template and intent, the curve, and the differences. */
import { useEffect, useRef } from 'preact/hooks';
import type { RunValue } from '../../../what-if/judge.ts';
import { Notice } from '../../parts/notice.tsx';
import { bytes, change, usd, whole } from '../../parts/numbers.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import { Curve } from './curve.tsx';
import { Differences } from './differences.tsx';
import { APPROVED_SAYS, byDecision, finding } from './words.ts';

type Report = RunValue['report'];

/** @param isNew  it was waited for: then who uses the keyboard goes on here */
export function Results({ value, isNew }: { value: RunValue; isNew: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { run, report, download, command, input } = value;
  useEffect(() => {
    if (isNew && run !== '') heading.current?.focus();
  }, [run, isNew]);
  return (
    <>
      <section class="panel" aria-labelledby="found">
        <h2 id="found" tabIndex={-1} ref={heading}>
          What would have been different
        </h2>
        <p class="finding">{finding(report)}</p>
        <Totals report={report} />
        {report.notes.map((note) => (
          <Notice key={note} kind="plain">
            {note}
          </Notice>
        ))}
        <p class="quiet">
          Judged again: {report.layers.covers.join(', ')}. Left as they were: {report.layers.leavesOut.join('; ')}.
        </p>
        <div class="actions">
          <a href={`/downloads/${download.name}`} download={download.name}>
            Download everything ({bytes(download.bytes)})
          </a>
          <span>
            The same on a command line: <code>{command}</code>
          </span>
        </div>
      </section>
      {report.sweep === undefined ? null : <Curve swept={report.sweep} input={input} />}
      <Differences value={value} />
      <div class="grid">
        <ByDecision report={report} />
        <ByTemplate report={report} />
      </div>
      <ByIntent report={report} />
    </>
  );
}

function Totals({ report }: { report: Report }) {
  const { decisions, messages, same, different, undecidable, replies, cost, undecidableFor, window } = report;
  const causes = Object.entries(undecidableFor).map(([cause, n]) => `${cause} ${n}`);
  const figures: readonly (readonly [string, string])[] = [
    ['messages', whole(messages)],
    ['decisions', whole(decisions)],
    ['same', whole(same)],
    ['different', whole(different)],
    ['undecidable', `${whole(undecidable)}${causes.length > 0 ? ` (${causes.join(', ')})` : ''}`],
    ['replies approved', change(replies, whole)],
    ['model cost', change({ before: cost.usdBefore, after: cost.usdAfter }, usd)],
  ];
  return (
    <>
      <dl class="figures">
        {figures.map(([name, figure]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      {window.first === null || window.last === null ? null : (
        <p class="quiet">
          Decided from <Time at={window.first} /> to <Time at={window.last} />.
        </p>
      )}
    </>
  );
}

type Pair = { readonly before: number; readonly after: number };
type Named = Pair & { readonly of: string };

const named = (pairs: Readonly<Record<string, Pair>>): Named[] =>
  Object.entries(pairs).map(([of, pair]) => ({ of, ...pair }));

const pairColumns = (name: string): readonly Column<Named>[] => [
  { name, show: ({ of }) => of },
  { name: 'before', isNumber: true, show: ({ before }) => whole(before) },
  { name: 'after', isNumber: true, show: ({ after }) => whole(after) },
  {
    name: 'change',
    isNumber: true,
    show: ({ before, after }) =>
      after === before ? '' : `${after > before ? '+' : '−'}${whole(Math.abs(after - before))}`,
  },
];

function ByDecision({ report }: { report: Report }) {
  return (
    <section class="panel" aria-labelledby="by-decision">
      <h2 id="by-decision">By decision</h2>
      <Table
        caption="Messages by decision"
        columns={pairColumns('decision')}
        rows={byDecision(report.byOutcome).map(([of, pair]) => ({ of, ...pair }))}
        keyOf={({ of }) => of}
        empty="No message in this time."
      />
      <p class="quiet">{APPROVED_SAYS}</p>
    </section>
  );
}

function ByTemplate({ report }: { report: Report }) {
  const rows = named(report.byTemplate).toSorted((a, b) => b.before - a.before || (a.of < b.of ? -1 : 1));
  return (
    <section class="panel" aria-labelledby="by-template">
      <h2 id="by-template">By template</h2>
      <Table
        caption="Approved replies by template"
        columns={pairColumns('template')}
        rows={rows}
        keyOf={({ of }) => of}
        empty="No approved reply, neither before nor after."
      />
    </section>
  );
}

type OfIntent = Report['byIntent'][string] & { readonly intent: string };

const INTENT_COLUMNS: readonly Column<OfIntent>[] = [
  { name: 'intent', show: ({ intent }) => intent },
  { name: 'decisions', isNumber: true, show: ({ decisions }) => whole(decisions) },
  { name: 'different', isNumber: true, show: ({ different }) => whole(different) },
  { name: 'undecidable', isNumber: true, show: ({ undecidable }) => whole(undecidable) },
  { name: 'replies approved', isNumber: true, show: ({ replies }) => change(replies, whole) },
];

function ByIntent({ report }: { report: Report }) {
  return (
    <section class="panel" aria-labelledby="by-intent">
      <h2 id="by-intent">By intent</h2>
      <Table
        caption="Decisions by intent"
        columns={INTENT_COLUMNS}
        rows={Object.entries(report.byIntent).map(([intent, row]) => ({ intent, ...row }))}
        keyOf={({ intent }) => intent}
        empty="No decision in this time."
      />
    </section>
  );
}
