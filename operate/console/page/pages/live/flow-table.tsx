/** The choreography as a table: for who listens to the page, and for who wants the numbers. */
import { useState } from 'preact/hooks';
import type { Choreography, Flow } from '../../../live/choreography/choreography.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { figures, rulesOff, totalOf } from './flow.ts';
import { shortNumber } from './words.ts';

const rateOf = ({ id }: Flow): number => (figures.value?.stated[id] ?? figures.value?.heard[id])?.rate ?? 0;

const COLUMNS: readonly Column<Flow>[] = [
  { name: 'Fact', show: ({ event }) => event },
  { name: 'From', show: ({ from }) => from },
  { name: 'To', show: ({ to }) => to ?? 'the bus' },
  { name: 'Rule', show: ({ rule }) => (rule === null ? '' : `${rule}${rulesOff.value.has(rule) ? ' (off)' : ''}`) },
  { name: 'Since the start', isNumber: true, show: ({ id }) => totalOf(id) },
  { name: 'A second', isNumber: true, show: (flow) => shortNumber(rateOf(flow)) },
];

export function FlowTable({ choreography: { flows } }: { choreography: Choreography }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details class="as-table" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>The choreography as a table</summary>
      {isOpen ? (
        <Table
          caption="Facts on their way"
          columns={COLUMNS}
          rows={flows}
          keyOf={({ id }) => id}
          empty="Nobody states a fact."
        />
      ) : null}
    </details>
  );
}
