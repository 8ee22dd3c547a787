import type { ShownPath } from '../../../live/traffic.ts';
import { OutcomeBadge } from '../../parts/outcome.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import { paths } from './traffic.ts';

const COLUMNS: readonly Column<ShownPath>[] = [
  { name: 'Time', show: ({ receivedAt }) => <Time at={receivedAt} /> },
  { name: 'Ticket', show: ({ ticket, conversationId }) => ticket ?? conversationId },
  { name: 'Channel', show: ({ channel }) => channel },
  { name: 'Way', show: ({ steps }) => steps.map(({ label }) => label).join(' → ') },
  { name: 'Outcome', show: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
  { name: 'ms', isNumber: true, show: ({ ms }) => ms ?? '' },
  { name: 'Team', show: ({ team }) => team ?? '' },
  { name: 'Reply', show: ({ template }) => template ?? '' },
];

export function Recent() {
  return (
    <section class="panel" aria-labelledby="recent">
      <h2 id="recent">The last 100 messages</h2>
      <Table
        caption="The last 100 messages"
        columns={COLUMNS}
        rows={paths.value}
        keyOf={({ root }) => root}
        empty="Nothing was written yet."
      />
    </section>
  );
}
