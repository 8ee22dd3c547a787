import type { ShownPath } from '../../../live/traffic.ts';
import { OutcomeBadge } from '../../parts/outcome.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import { choose } from './choice.ts';
import { paths } from './traffic.ts';
import { shortTime } from './words.ts';

const COLUMNS: readonly Column<ShownPath>[] = [
  { name: 'Time', show: ({ receivedAt }) => <Time at={receivedAt} /> },
  { name: 'Ticket', show: ({ ticket, conversationId }) => <Conversation ticket={ticket} id={conversationId} /> },
  { name: 'Channel', show: ({ channel }) => channel },
  { name: 'Outcome', show: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
  { name: 'After', isNumber: true, show: ({ ms }) => (ms === null ? '' : shortTime(ms)) },
  { name: 'Team', show: ({ team }) => team ?? '' },
  { name: 'Reply', show: ({ template }) => template ?? '' },
  { name: 'Way', show: ({ steps }) => <Way steps={steps} /> },
];

function Conversation({ ticket, id }: { ticket: number | null; id: string }) {
  return <a href={`/conversations/${encodeURIComponent(ticket ?? id)}`}>{ticket === null ? id : `#${ticket}`}</a>;
}

function Way({ steps }: { steps: ShownPath['steps'] }) {
  return (
    <span class="way">
      {steps.map(({ fact, label }, index) => (
        <span key={`${fact} ${index}`}>
          {index === 0 ? null : ' → '}
          <button type="button" class="plain" title={fact} onClick={() => choose({ kind: 'fact', event: fact })}>
            {label}
          </button>
        </span>
      ))}
    </span>
  );
}

export function Recent() {
  return (
    <section class="panel recent" aria-labelledby="recent">
      <h2 id="recent" tabIndex={-1}>
        The last 100 messages
      </h2>
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
