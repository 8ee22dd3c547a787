/** What people write about: this week's shares beside those of the weeks before. */
import type { QualityView } from '../../../../quality/view.ts';
import { Bar } from '../../parts/bar.tsx';
import { percent, whole } from '../../parts/numbers.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { movedText } from './moved.ts';

type Row = { readonly of: string; readonly n: number; readonly share: number; readonly before: number | null };

function columnsOf(name: string, most: number): readonly Column<Row>[] {
  return [
    { name, show: ({ of }) => of },
    { name: 'messages', isNumber: true, show: ({ n }) => whole(n) },
    { name: 'now', isNumber: true, show: ({ share }) => percent(share) },
    { name: 'before', isNumber: true, show: ({ before }) => percent(before) },
    { name: 'moved', isNumber: true, show: ({ share, before }) => movedText(share, before) },
    {
      name: 'share',
      show: ({ share, before }) => <Bar share={share} {...(before !== null && { before })} most={most} />,
    },
  ];
}

export function Intents({ view }: { view: QualityView }) {
  const intents = view.intents.map(({ intent, ...row }): Row => ({ of: intent, ...row }));
  const templates = view.templates.map(({ templateId, ...row }): Row => ({ of: templateId, ...row }));
  return (
    <div class="grid shares">
      <Shares id="intents" name="Intents" of="intent" rows={intents} />
      <Shares id="templates" name="Templates of replies" of="template" rows={templates} />
    </div>
  );
}

function Shares({ id, name, of, rows }: { id: string; name: string; of: string; rows: readonly Row[] }) {
  const most = Math.max(0, ...rows.flatMap(({ share, before }) => [share, before ?? 0]));
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      <Table
        caption={`${name}, share of 7 days and of the 28 before`}
        columns={columnsOf(of, most)}
        rows={rows}
        keyOf={(row) => row.of}
        empty="Nothing in the last 7 days."
      />
      {rows.some(({ before }) => before === null) ? (
        <p class="quiet">None of this kind was decided in the 28 days before: there is no share to compare with.</p>
      ) : null}
    </section>
  );
}
