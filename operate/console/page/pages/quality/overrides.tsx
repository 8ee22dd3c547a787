/** What agents put right: their tags, misroutes by intent, and the messages that are candidates for the golden set. */
import type { QualityView } from '../../../../quality/view.ts';
import { percent, whole } from '../../parts/numbers.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';

const PREFIX = 'mw:feedback:';
const word = (code: string): string => code.replace(PREFIX, '').replaceAll('_', ' ').replace(':', ': ');

type Tag = QualityView['feedback'][number];
type Misrouted = QualityView['overrides']['misroutes']['byIntent'][number];
type Week = QualityView['overrides']['misroutes']['byWeek'][number];
type Candidate = QualityView['candidates']['shown'][number];

const TAGS: readonly Column<Tag>[] = [
  { name: 'agents say', show: ({ code }) => word(code) },
  { name: 'times', isNumber: true, show: ({ n }) => whole(n) },
];

const MISROUTED: readonly Column<Misrouted>[] = [
  { name: 'intent', show: ({ intent }) => intent },
  { name: 'routed', isNumber: true, show: ({ routed }) => whole(routed) },
  { name: 'misroutes', isNumber: true, show: ({ misroutes }) => whole(misroutes) },
  { name: 'rate', isNumber: true, show: ({ rate }) => percent(rate) },
];

const WEEKS: readonly Column<Week>[] = [
  { name: 'week from', show: ({ from }) => <Time at={from} /> },
  { name: 'routed', isNumber: true, show: ({ routed }) => whole(routed) },
  { name: 'misroutes', isNumber: true, show: ({ misroutes }) => whole(misroutes) },
  { name: 'rate', isNumber: true, show: ({ rate }) => percent(rate) },
];

const CANDIDATES: readonly Column<Candidate>[] = [
  { name: 'said', show: ({ at }) => <Time at={at} /> },
  {
    name: 'message',
    show: ({ messageKey }) => (
      <a class="id" href={`/conversations/${encodeURIComponent(messageKey)}`} title={messageKey}>
        {messageKey}
      </a>
    ),
  },
  { name: 'decided', show: ({ decided: { intent, team } }) => `${intent}${team === null ? '' : `, ${team}`}` },
  { name: 'agents say', show: ({ says }) => says.codes.map(word).join('; ') },
  { name: 'labelled', show: ({ isLabelled }) => (isLabelled ? 'yes' : 'not yet') },
];

export function Overrides({ view: { overrides, feedback, candidates } }: { view: QualityView }) {
  const misrouted = overrides.misroutes.byIntent.filter(({ misroutes }) => misroutes > 0);
  return (
    <>
      <div class="grid">
        <section class="panel" aria-labelledby="tags">
          <h2 id="tags">What agents say by tag</h2>
          <Table
            caption="Feedback tags of 7 days"
            columns={TAGS}
            rows={feedback}
            keyOf={({ code }) => code}
            empty="No agent has set a feedback tag in the last 7 days."
          />
        </section>
        <section class="panel" aria-labelledby="misroutes">
          <h2 id="misroutes">Misroutes by intent</h2>
          <Table
            caption="Misroutes by intent"
            columns={MISROUTED}
            rows={misrouted}
            keyOf={({ intent }) => intent}
            empty="None reported in the last 7 days."
          />
        </section>
        <section class="panel" aria-labelledby="weeks">
          <h2 id="weeks">Misroutes by week</h2>
          <Table
            caption="Misroutes by week"
            columns={WEEKS}
            rows={overrides.misroutes.byWeek}
            keyOf={({ from }) => from}
            empty="No week yet."
          />
        </section>
      </div>
      <section class="panel" aria-labelledby="candidates">
        <h2 id="candidates">Candidates for the golden set: {whole(candidates.n)}</h2>
        <Table
          caption="Candidates for the golden set"
          columns={CANDIDATES}
          rows={candidates.shown}
          keyOf={({ messageKey }) => messageKey}
          empty="No agent said in the last 7 days that something was wrong."
        />
      </section>
    </>
  );
}
