/** The newest messages that Tier 0 took: disputes, threats and fraud, which people always answer. */
import type { QualityView } from '../../../../quality/view.ts';
import { whole } from '../../parts/numbers.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';

type Taken = QualityView['tier0']['latest'][number];

const COLUMNS: readonly Column<Taken>[] = [
  { name: 'decided', show: ({ at }) => <Time at={at} /> },
  {
    name: 'message',
    show: ({ messageKey }) => (
      <a class="id" href={`/conversations/${encodeURIComponent(messageKey)}`} title={messageKey}>
        {messageKey}
      </a>
    ),
  },
  { name: 'channel', show: ({ channel }) => channel },
  { name: 'intent', show: ({ intent }) => intent },
  { name: 'team', show: ({ team }) => team ?? '–' },
  { name: 'answered', show: ({ templateId }) => (templateId === null ? 'no' : <b class="failed-outcome">yes</b>) },
];

export function Tier0({ view: { tier0, messages } }: { view: QualityView }) {
  return (
    <section class="panel" aria-labelledby="tier0">
      <h2 id="tier0">
        Tier 0: {whole(tier0.n)} of {whole(messages)} messages
      </h2>
      <Table
        caption="Newest Tier 0 decisions"
        columns={COLUMNS}
        rows={tier0.latest}
        keyOf={({ messageKey }) => messageKey}
        empty="No dispute, threat or fraud in the last 7 days."
      />
    </section>
  );
}
