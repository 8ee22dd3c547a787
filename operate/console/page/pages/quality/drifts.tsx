/** The drift rules, each with its figure, its limit and its verdict. */
import type { Drift, DriftRule } from '../../../../quality/drift.ts';
import { counted, percent, whole } from '../../parts/numbers.ts';
import { type Column, Table } from '../../parts/table.tsx';

const RULES: Readonly<Record<DriftRule, string>> = {
  intent_mix: 'Mix of intents',
  unknown_share: 'Messages nobody could name',
  confidence_mean: 'Mean confidence',
  confidence_low: 'Low confidence',
  confidence_spread: 'Spread of the confidence',
  template_mix: 'Mix of templates',
  tier2_use: 'Order answers',
  misroute: 'Misroutes that agents report',
  wrong_reply: 'Wrong replies that agents report',
  tier0_silent: 'Tier 0 in the last 24 hours',
  schema_invalid: 'Unusable answers of the model',
  match_rate: 'Orders that were matched',
  language_share: 'Other languages',
};

const STATES: Readonly<Record<Drift['state'], readonly [word: string, className: string]>> = {
  alert: ['alert', 'failed-outcome'],
  ok: ['within its limit', 'replied'],
  too_few: ['too few to tell', 'quiet-badge'],
  explained: ['explained by a switch', 'suppressed'],
};

const ORDER: readonly Drift['state'][] = ['alert', 'explained', 'ok', 'too_few'];
const AS_SCORE: readonly DriftRule[] = ['confidence_mean', 'confidence_spread'];

function figure({ rule }: Drift, value: number | null): string {
  if (value === null) return '–';
  if (rule === 'tier0_silent') return whole(value);
  return AS_SCORE.includes(rule) ? value.toFixed(2) : percent(value);
}

const COLUMNS: readonly Column<Drift>[] = [
  {
    name: 'Verdict',
    show: ({ state }) => <span class={`badge ${STATES[state][1]}`}>{STATES[state][0]}</span>,
  },
  { name: 'Rule', show: ({ rule }) => RULES[rule] },
  { name: 'Of', show: ({ subject }) => subject ?? '' },
  { name: 'Now', isNumber: true, show: (drift) => figure(drift, drift.value) },
  { name: 'Before', isNumber: true, show: (drift) => figure(drift, drift.before) },
  { name: 'Alert when it', show: ({ limit }) => limit },
  { name: 'Messages', isNumber: true, show: ({ n }) => whole(n) },
];

export function Drifts({ drift }: { drift: readonly Drift[] }) {
  const told = drift.filter(({ state }) => state !== 'too_few');
  const open = drift.filter(({ state }) => state === 'too_few');
  return (
    <section class="panel" aria-labelledby="drift">
      <h2 id="drift">Drift</h2>
      <Table
        caption="Drift rules"
        columns={COLUMNS}
        rows={told.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))}
        keyOf={({ rule, subject }) => `${rule} ${subject}`}
        empty="No rule has enough to compare yet."
      />
      {open.length === 0 ? null : (
        <details>
          <summary>{counted(open.length, 'rule has', 'rules have')} too few messages to tell</summary>
          <Table
            caption="Drift rules with too few messages"
            columns={COLUMNS}
            rows={open}
            keyOf={({ rule, subject }) => `${rule} ${subject}`}
            empty=""
          />
        </details>
      )}
    </section>
  );
}
