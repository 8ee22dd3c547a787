/** The first differences of a run, message by message; each opens with both gate reports side by side. */
import { useState } from 'preact/hooks';
import type { ShownDifference, Verdict } from '../../../../whatif/shown.ts';
import type { RunValue } from '../../../what-if/judge.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { whole } from '../../parts/numbers.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import { Comparison } from './comparison.tsx';

/** Decisions about one message that come out otherwise, in their order. */
export type Changed = { readonly at: number; readonly difference: ShownDifference };
type Row = { readonly messageKey: string; readonly all: readonly [Changed, ...Changed[]] };

const PAGE = 25;

export function Differences({ value: { run, report, differences } }: { value: RunValue }) {
  const [shown, setShown] = useState(PAGE);
  const [open, setOpen] = useState<Row | null>(null);
  const rows = rowsOf(differences);
  const columns: readonly Column<Row>[] = [
    { name: 'Decided', show: ({ all: [{ difference }] }) => <Time at={difference.at} /> },
    {
      name: 'Message',
      show: ({ messageKey }) => (
        <a class="id" href={`/conversations/${encodeURIComponent(messageKey)}`} title={messageKey}>
          {messageKey}
        </a>
      ),
    },
    { name: 'Intent', show: ({ all: [{ difference }] }) => difference.intent },
    { name: 'Was', show: ({ all }) => verdictText(all.at(-1)?.difference.was ?? all[0].difference.was) },
    { name: 'Would be', show: ({ all: [{ difference }] }) => verdictText(difference.would) },
    { name: 'Gates that change', show: ({ all: [{ difference }] }) => difference.gates.join(', ') },
    {
      name: 'Compare',
      show: (row) => (
        <button type="button" class="small" onClick={() => setOpen(row)}>
          Compare<span class="unseen"> {row.messageKey}</span>
        </button>
      ),
    },
  ];
  return (
    <section class="panel differences" aria-labelledby="differences">
      <h2 id="differences">Differences</h2>
      {report.different > differences.length ? (
        <p class="quiet">
          The first {whole(differences.length)} of {whole(report.different)} decisions; the file above has them all.
        </p>
      ) : null}
      <Table
        caption="Differences"
        columns={columns}
        rows={rows.slice(0, shown)}
        keyOf={({ messageKey }) => messageKey}
        empty="No decision would have come out otherwise."
      />
      {shown < rows.length ? (
        <div class="actions">
          <button type="button" onClick={() => setShown(shown + PAGE)}>
            Show {Math.min(PAGE, rows.length - shown)} more messages
          </button>
        </div>
      ) : null}
      <Dialog
        name={open === null ? 'Comparison' : `Message ${open.messageKey}: was and would be`}
        isOpen={open !== null}
        onClose={() => setOpen(null)}
      >
        {open === null ? null : <Comparison run={run} all={open.all} onClose={() => setOpen(null)} />}
      </Dialog>
    </section>
  );
}

function rowsOf(differences: readonly ShownDifference[]): Row[] {
  const changed = differences.map((difference, at): Changed => ({ at, difference }));
  return [...Map.groupBy(changed, ({ difference }) => difference.messageKey)].flatMap(([messageKey, all]) =>
    isSome(all) ? [{ messageKey, all }] : [],
  );
}

const isSome = (all: readonly Changed[]): all is readonly [Changed, ...Changed[]] => all.length > 0;

function verdictText({ templateId, tierCandidate, team, reason }: Verdict): string {
  if (templateId !== null) return `reply ${templateId}`;
  if (tierCandidate !== null) return `a tier ${tierCandidate} reply is judged`;
  return `${team ?? 'no team'}${reason === null ? '' : `: ${reason}`}`;
}
