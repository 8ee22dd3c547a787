/** One message as it was and as it would be, stage by stage: what it comes to, and gate by gate. */
import { useState } from 'preact/hooks';
import type { DifferenceDetail, Seen, ShownField, ShownGate } from '../../../../whatif/shown.ts';
import { useRead } from '../../api.ts';
import { Refused } from '../../parts/notice.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import type { Changed } from './differences.tsx';

const RESULTS: Readonly<Record<Seen['result'], string>> = {
  pass: 'no objection',
  downgrade: 'downgraded',
  block: 'objected',
  'n/a': 'not asked',
};

const GATES: readonly Column<ShownGate>[] = [
  { name: 'Gate', show: ({ gate, name }) => `${gate} ${name}` },
  { name: 'Was', show: ({ was }) => <Saw seen={was} /> },
  { name: 'Would be', show: ({ would }) => <Saw seen={would} /> },
  {
    name: 'Change',
    show: ({ isChanged }) => (isChanged ? <span class="badge suppressed">changed its mind</span> : ''),
  },
];

const FIELDS: readonly Column<ShownField>[] = [
  { name: 'Decision', show: ({ name }) => name },
  { name: 'Was', show: ({ was }) => was ?? '–' },
  { name: 'Would be', show: ({ would }) => would ?? '–' },
  { name: 'Change', show: ({ isChanged }) => (isChanged ? <span class="badge suppressed">changed</span> : '') },
];

const STAGES: Readonly<Record<string, string>> = {
  classification: 'First reading',
  approval: 'Approval',
  sending: 'Last look before sending',
};

export function Comparison({
  run,
  all,
  onClose,
}: {
  run: string;
  all: readonly [Changed, ...Changed[]];
  onClose: () => void;
}) {
  const [at, setAt] = useState(all[0].at);
  const { value, refusal } = useRead<DifferenceDetail>('what-if-difference', { run, at: String(at) });
  return (
    <div class="comparison">
      <fieldset class="stages">
        <legend class="unseen">Stage</legend>
        {all.map(({ at: own, difference: { stage } }) => (
          <button key={own} type="button" class="small" aria-pressed={own === at} onClick={() => setAt(own)}>
            {STAGES[stage] ?? stage}
          </button>
        ))}
      </fieldset>
      <Refused refusal={refusal} />
      {value === null ? null : (
        <>
          <p>{mindsChanged(value)}</p>
          <h3>Gate reports</h3>
          <Table
            caption="Both gate reports"
            columns={GATES}
            rows={value.gateReport.toSorted((a, b) => Number(b.isChanged) - Number(a.isChanged))}
            keyOf={({ gate }) => gate}
            empty="No gate was asked, neither then nor now."
          />
          <h3>What it comes to</h3>
          <Table
            caption="Both decisions"
            columns={FIELDS}
            rows={value.fields}
            keyOf={({ name }) => name}
            empty="Nothing was decided."
          />
        </>
      )}
      <div class="actions">
        {value === null ? null : (
          <a href={`/conversations/${encodeURIComponent(value.messageKey)}`}>Go to the conversation</a>
        )}
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
    </div>
  );
}

function mindsChanged({ gates }: DifferenceDetail): string {
  const [first, ...others] = gates;
  if (first === undefined) return 'No gate changed its mind: the route or its tags are others.';
  return others.length === 0
    ? `One gate changed its mind: ${first}.`
    : `${gates.length} gates changed their minds: ${gates.join(', ')}.`;
}

function Saw({ seen }: { seen: Seen | null }) {
  if (seen === null) return <span class="empty">not in the report</span>;
  const { result, reasons } = seen;
  return (
    <>
      {result === 'block' || result === 'downgrade' ? (
        <b class={result === 'block' ? 'failed-outcome' : 'suppressed'}>{RESULTS[result]}</b>
      ) : (
        RESULTS[result]
      )}
      {reasons.length > 0 ? `: ${reasons.join('; ')}` : null}
    </>
  );
}
