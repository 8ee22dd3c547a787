import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import type { Shown } from './message.tsx';

type Write = Shown['writes'][number];
const KINDS = { route: 'route', reply: 'reply', resolve: 'closing' } as const;

const COLUMNS: readonly Column<Write>[] = [
  { name: 'Time', show: ({ at }) => <Time at={at} /> },
  { name: 'What', show: ({ kind }) => KINDS[kind] },
  { name: 'By', show: ({ by }) => by },
  {
    name: 'On the ticket',
    show: ({ team, tags, kind, templateId }) => (
      <>
        {team === null ? null : <div>team {team}</div>}
        {kind === 'reply' ? <div>message {templateId}</div> : null}
        {kind === 'resolve' ? <div>status closed</div> : null}
        <ul class="tags">
          {tags.map((tag) => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
      </>
    ),
  },
];

export function Writes({ message: { writes } }: { message: Shown }) {
  return (
    <section class="panel" aria-labelledby="writes">
      <h2 id="writes">Written to the ticket</h2>
      <Table
        caption="Written to the ticket"
        columns={COLUMNS}
        rows={writes}
        keyOf={({ at, by, kind }) => `${at} ${by} ${kind}`}
        empty="Nothing was written."
      />
    </section>
  );
}
