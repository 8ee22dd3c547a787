/** What the folder takes on disk. Its parts take a while to be told apart: they are asked for when somebody wants them. */
import { useState } from 'preact/hooks';
import type { BytesByPart } from '../../../../health/disk.ts';
import { useRead } from '../../api.ts';
import { bytesText } from '../../parts/amounts.ts';
import { Refused } from '../../parts/notice.tsx';
import { Table } from '../../parts/table.tsx';

type Row = readonly [name: string, bytes: number];

export function Space({ bytes }: { bytes: number | null }) {
  const [isOpen, setIsOpen] = useState(false);
  const { value, refusal } = useRead<BytesByPart | null>('disk', isOpen ? {} : null);
  return (
    <section class="panel" aria-labelledby="disk">
      <h2 id="disk">On disk: {bytes === null ? '–' : bytesText(bytes)}</h2>
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>By part</summary>
        <Refused refusal={refusal} />
        {value === null ? null : (
          <Table
            caption="Bytes on disk by part"
            columns={[
              { name: 'Part', show: ([name]: Row) => name },
              { name: 'Bytes', isNumber: true, show: ([, size]: Row) => bytesText(size) },
            ]}
            rows={rowsOf(value)}
            keyOf={([name]) => name}
            empty="Nothing is kept."
          />
        )}
      </details>
    </section>
  );
}

/** The largest first. */
function rowsOf({ tables, archives, queues, sandbox, logs, freePages, other }: BytesByPart): Row[] {
  const rows: Row[] = [
    ...Object.entries(tables).map(([name, size]): Row => [`table ${name}`, size]),
    ...Object.entries(archives).map(([name, size]): Row => [`archive ${name}`, size]),
    ...Object.entries({ queues, sandbox, logs, 'free pages': freePages, other }),
  ];
  return rows.toSorted(([, one], [, next]) => next - one);
}
