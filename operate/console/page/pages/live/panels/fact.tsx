/** What is told of a fact: who states it, who hears it, and the last ones. Ids only. */
import type { Choreography, Flow } from '../../../../live/choreography/choreography.ts';
import type { SeenFact } from '../../../../live/flow/figures.ts';
import { type Column, Table } from '../../../parts/table.tsx';
import { Time } from '../../../parts/time.tsx';
import { figures, rulesOff, seen, totalOf } from '../flow.ts';
import { shortNumber } from '../words.ts';
import { BoxLink, DocsLink } from './parts.tsx';

const LAST = 12;

const rateOf = (id: string): number => (figures.value?.stated[id] ?? figures.value?.heard[id])?.rate ?? 0;
const COUNTS: readonly Column<Flow>[] = [
  { name: 'All', isNumber: true, show: ({ id }) => totalOf(id) },
  { name: 'A second', isNumber: true, show: ({ id }) => shortNumber(rateOf(id)) },
];
const STATED: readonly Column<Flow>[] = [{ name: 'Function', show: ({ from }) => <BoxLink id={from} /> }, ...COUNTS];
const HEARD: readonly Column<Flow>[] = [
  { name: 'Function', show: ({ to }) => (to === null ? '' : <BoxLink id={to} />) },
  ...COUNTS,
  { name: 'Only where', show: ({ filter }) => filter ?? '' },
  { name: 'Rule', show: ({ rule }) => (rule === null ? '' : `${rule}${rulesOff.value.has(rule) ? ' (off)' : ''}`) },
  { name: 'From', show: ({ from }) => from },
];
const SEEN: readonly Column<SeenFact>[] = [
  { name: 'Time', show: ({ at }) => <Time at={at} /> },
  { name: 'Conversation', show: (fact) => <ConversationLink fact={fact} /> },
  { name: 'Event id', show: ({ eventId }) => <code>{eventId}</code> },
];

function ConversationLink({ fact: { conversation, ticket } }: { fact: SeenFact }) {
  if (conversation === null) return <>none</>;
  const name = ticket === null ? conversation : String(ticket);
  return <a href={`/conversations/${encodeURIComponent(name)}`}>{ticket === null ? name : `#${name}`}</a>;
}

export function FactPanel({ event, choreography: { flows, facts } }: { event: string; choreography: Choreography }) {
  const own = flows.filter((flow) => flow.event === event);
  const about = facts[event];
  const last = own
    .flatMap(({ id }) => seen.value.get(id) ?? [])
    .toSorted((one, other) => other.at.localeCompare(one.at))
    .slice(0, LAST);
  return (
    <>
      <p>{about?.says}</p>
      <h3>Stated by</h3>
      <Table
        caption={`Who states ${event}`}
        columns={STATED}
        rows={own.filter(({ to }) => to === null)}
        keyOf={({ id }) => id}
        empty="Nobody."
      />
      <h3>Heard by</h3>
      <Table
        caption={`Who hears ${event}`}
        columns={HEARD}
        rows={own.filter(({ to }) => to !== null)}
        keyOf={({ id }) => id}
        empty="Nobody."
      />
      <h3>The last ones</h3>
      <Table
        caption={`The last ${event}`}
        columns={SEEN}
        rows={last}
        keyOf={({ eventId }) => eventId}
        empty="None since this start."
      />
      {about === undefined ? null : <DocsLink page={about.page}>{event} in the documentation</DocsLink>}
    </>
  );
}
