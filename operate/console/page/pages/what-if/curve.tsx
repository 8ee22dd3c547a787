/** Coverage against expected risk over the values of one setting, with the shipped and the edited value marked. */
import { useState } from 'preact/hooks';
import type { Point, Swept } from '../../../../whatif/sweep.ts';
import type { RunInput } from '../../../what-if/judge.ts';
import { Chart } from '../../parts/chart.tsx';
import { percent, whole } from '../../parts/numbers.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { fieldNamed } from './policy.ts';

type Of = 'replies' | 'routes';
type Drawn = { readonly value: number; readonly coverage: number; readonly risk: number };

const coverageOf = (point: Point, of: Of): number => (of === 'replies' ? point : point.routed).coverage;
const riskOf = (point: Point, of: Of): number | null => (of === 'replies' ? point : point.routed).expectedRisk;

export function Curve({ swept: { key, points }, input }: { swept: Swept; input: RunInput }) {
  const moves = (of: Of): boolean => new Set(points.map((point) => coverageOf(point, of))).size > 1;
  const [of, setOf] = useState<Of>(moves('replies') || !moves('routes') ? 'replies' : 'routes');
  const field = fieldNamed(key);
  const shipped = Number(field?.shipped);
  const edited = Number(input.changes[key] ?? shipped);
  // Where several values come to the same coverage, one point stands for them.
  const drawn = [
    ...new Map(
      points
        .flatMap((point): Drawn[] => {
          const risk = riskOf(point, of);
          return risk === null ? [] : [{ value: point.value, coverage: coverageOf(point, of), risk }];
        })
        .map((point) => [point.coverage, point]),
    ).values(),
  ].toSorted((a, b) => a.coverage - b.coverage);
  const marked = (value: number): (number | null)[] => {
    const point = points.find((one) => one.value === value);
    const at = point === undefined ? null : coverageOf(point, of);
    return drawn.map(({ coverage, risk }) => (coverage === at ? risk : null));
  };
  const name = field?.name ?? key;
  return (
    <section class="panel" aria-labelledby="curve">
      <h2 id="curve">Risk and coverage: {name}</h2>
      <label class="curve-of">
        Curve of{' '}
        <select
          value={of}
          onChange={({ currentTarget }) => setOf(currentTarget.value === 'routes' ? 'routes' : 'replies')}
        >
          <option value="replies">approved replies</option>
          <option value="routes">routes to the intent’s team</option>
        </select>
      </label>
      <Chart
        title={of === 'replies' ? 'Chance that an approved reply is wrong' : 'Chance that a route is wrong'}
        unit={`against the share of messages ${of === 'replies' ? 'with an approved reply' : 'routed by their intent'}`}
        x={{ kind: 'number', name: 'coverage', values: drawn.map(({ coverage }) => coverage), show: percent }}
        series={[
          { name: `values of “${name}”`, values: drawn.map(({ risk }) => risk) },
          { name: `as shipped, ${shipped}`, values: marked(shipped), tone: 'replied', isMark: true },
          ...(edited === shipped
            ? []
            : [{ name: `as edited, ${edited}`, values: marked(edited), tone: 'failed' as const, isMark: true }]),
        ]}
        show={percent}
        height={260}
        table={
          <Table
            caption={`Risk and coverage over ${name}`}
            columns={COLUMNS}
            rows={points.map((point) => ({ ...point, mark: markOf(point.value, shipped, edited) }))}
            keyOf={({ value }) => String(value)}
            empty="No value was tried."
          />
        }
      />
      <p class="quiet">
        As the calibrated scores have it, not as people judged it: expected risk is the mean of one minus the
        confidence.
      </p>
    </section>
  );
}

function markOf(value: number, shipped: number, edited: number): string {
  if (value === shipped) return 'as shipped';
  return value === edited ? 'as edited' : '';
}

type Row = Point & { readonly mark: string };

const COLUMNS: readonly Column<Row>[] = [
  { name: 'value', isNumber: true, show: ({ value }) => value },
  { name: '', show: ({ mark }) => <b>{mark}</b> },
  { name: 'replies approved', isNumber: true, show: ({ replies }) => whole(replies) },
  { name: 'coverage', isNumber: true, show: ({ coverage }) => percent(coverage) },
  { name: 'expected risk', isNumber: true, show: ({ expectedRisk }) => percent(expectedRisk) },
  { name: 'routed', isNumber: true, show: ({ routed }) => percent(routed.coverage) },
  { name: 'risk of these', isNumber: true, show: ({ routed }) => percent(routed.expectedRisk) },
  { name: 'different', isNumber: true, show: ({ different }) => whole(different) },
];
