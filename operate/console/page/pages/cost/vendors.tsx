/** The vendors: breakers, and how full the shared budgets of calls are. */
import type { HealthValue } from '../../../../commands/health.ts';
import { shareText } from '../../parts/amounts.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';

type Bucket = HealthValue['buckets'][number];
type Calls = HealthValue['calls'][number];

const BUCKETS: readonly Column<Bucket>[] = [
  { name: 'Calls', show: ({ name }) => name },
  {
    name: 'Taken of 30 s',
    show: ({ taken, places, name }) => (
      <span class="budget">
        <meter min={0} max={places} high={places * 0.9} optimum={0} value={taken} aria-label={`${name} taken`} />
        {taken} of {places}
      </span>
    ),
  },
  { name: 'Refused lately', isNumber: true, show: ({ refusals }) => refusals },
  { name: 'Closed until', show: ({ blockedUntil }) => (blockedUntil === null ? '–' : <Time at={blockedUntil} />) },
];
const CALLS: readonly Column<Calls>[] = [
  { name: 'Last five minutes', show: ({ name }) => name },
  { name: 'Calls', isNumber: true, show: ({ calls }) => calls },
  { name: 'Failed', isNumber: true, show: ({ calls, failed }) => `${failed} (${shareText(failed / calls)})` },
];

export function Vendors({ health: { breakers, buckets, calls, limits } }: { health: HealthValue }) {
  const moved = Object.entries(breakers);
  return (
    <div class="grid">
      <section class="panel" aria-labelledby="buckets">
        <h2 id="buckets">Shared budgets of calls</h2>
        {limits === 'off' ? <p class="lead">Limits are off: nobody takes a place.</p> : null}
        <Table caption="Shared budgets of calls" columns={BUCKETS} rows={buckets} keyOf={({ name }) => name} empty="" />
      </section>
      <section class="panel" aria-labelledby="breakers">
        <h2 id="breakers">Circuit breakers</h2>
        <p>
          {moved.length === 0
            ? 'None has ever opened.'
            : moved.map(([vendor, state]) => (
                <span key={vendor} class={`badge breaker ${state}`}>
                  {vendor} {state}
                </span>
              ))}
        </p>
        <Table
          caption="Calls as the breakers counted them"
          columns={CALLS}
          rows={calls}
          keyOf={({ name }) => name}
          empty="No call was counted within the last five minutes."
        />
      </section>
    </div>
  );
}
