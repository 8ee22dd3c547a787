/** The promises of the stage: how much was good, how much of what may go wrong is used, how fast. */
import type { HealthValue } from '../../../../commands/health.ts';
import { shareText } from '../../parts/amounts.ts';
import { type Column, Table } from '../../parts/table.tsx';

type Slo = HealthValue['slos'][number];
const STATES = {
  kept: 'kept',
  'at risk': 'at risk',
  broken: 'broken',
  'nothing measured': 'nothing measured',
} as const;

const COLUMNS: readonly Column<Slo>[] = [
  { name: 'Promise', show: ({ name }) => name },
  { name: 'Target', show: ({ promise }) => promise },
  { name: 'State', show: ({ state }) => <span class={`slo ${state.replace(' ', '-')}`}>{STATES[state]}</span> },
  { name: 'Good', isNumber: true, show: ({ share }) => (share === null ? '–' : shareText(share, 2)) },
  { name: 'Of', isNumber: true, show: ({ total }) => total },
  { name: 'Error budget left', show: (slo) => <Budget slo={slo} /> },
  { name: 'Burn rate', isNumber: true, show: ({ burnRate }) => (burnRate === null ? '–' : burnRate.toFixed(1)) },
];

/** What may never happen has no budget: it is kept or broken. */
function Budget({ slo: { budgetUsed, total } }: { slo: Slo }) {
  if (budgetUsed === null) return <>{total === 0 ? '–' : 'none is allowed'}</>;
  const left = 1 - budgetUsed;
  return (
    <span class="budget">
      <meter min={0} max={1} low={0.25} optimum={1} value={Math.max(0, left)} aria-label="Error budget left" />
      {shareText(left, 0)}
    </span>
  );
}

export function Promises({ health: { slos, windowHours } }: { health: HealthValue }) {
  return (
    <section class="panel" aria-labelledby="promises">
      <h2 id="promises">Promises, over the last {windowHours} hours</h2>
      <p class="lead">
        The budget is what may go wrong in this time; at a burn rate of 1 it would just last. On this machine a day is
        kept, CloudWatch keeps the month.
      </p>
      <Table caption="Promises" columns={COLUMNS} rows={slos} keyOf={({ id }) => id} empty="" />
    </section>
  );
}
