/** What rings, since when, and the page that helps; what waits and what was given up. */
import type { HealthValue } from '../../../../commands/health.ts';
import { RunbookLink } from '../../parts/runbook-link.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';

type Alarm = HealthValue['alarms'][number];

const COLUMNS: readonly Column<Alarm>[] = [
  { name: 'Alarm', show: ({ id }) => <b>{id}</b> },
  { name: 'Severity', show: ({ severity }) => <span class={`severity ${severity}`}>{severity}</span> },
  { name: 'What rings', show: ({ signal }) => signal },
  { name: 'Since', show: ({ since }) => (since === null ? 'just now' : <Time at={since} />) },
  { name: 'Runbook', show: ({ runbook }) => <RunbookLink page={runbook} /> },
];

export function Alarms({
  health: { alarms, inFlight, oldestUnsettledS, deadLetters, limits },
}: {
  health: HealthValue;
}) {
  const dead = Object.entries(deadLetters);
  const figures = [
    ['Alarms', alarms.length],
    ['On their way', inFlight],
    ['Oldest of them', `${oldestUnsettledS} s`],
    ['Dead letters', dead.reduce((sum, [, messages]) => sum + messages, 0)],
    ['Limits', limits],
  ] as const;
  return (
    <section class="panel" aria-labelledby="now">
      <h2 id="now">Just now</h2>
      <dl class="figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Table
        caption="Alarms"
        columns={COLUMNS}
        rows={alarms}
        keyOf={({ id, signal }) => `${id} ${signal}`}
        empty="No alarm rings."
      />
      {dead.length === 0 ? null : (
        <Table
          caption="Dead letters by queue"
          columns={[
            { name: 'Queue', show: ([queue]: readonly [string, number]) => queue },
            { name: 'Dead letters', isNumber: true, show: ([, messages]) => messages },
          ]}
          rows={dead}
          keyOf={([queue]) => queue}
          empty=""
        />
      )}
    </section>
  );
}
