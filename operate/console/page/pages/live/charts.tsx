/** The last ten minutes: facts a second and the lag of consumers, drawn and as a table. */
import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Moment } from '../../../live/flow/figures.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';
import { moments } from './flow.ts';
import { shortNumber, shortTime } from './words.ts';

type Series = {
  readonly name: string;
  readonly of: (moment: Moment) => number | null;
  readonly text: (value: number | null) => string;
};

const SERIES: readonly [Series, Series] = [
  {
    name: 'Facts a second',
    of: ({ perSecond }) => perSecond,
    text: (value) => (value === null ? '–' : shortNumber(value)),
  },
  { name: 'Lag, p95', of: ({ lagP95 }) => lagP95, text: shortTime },
];
const HEIGHT = 150;
const WINDOW_S = 600;
/** One row of the table for so many moments of two seconds. */
const ROW_EVERY = 15;

export function Charts() {
  return (
    <section class="panel" aria-labelledby="charts">
      <h2 id="charts">The last ten minutes</h2>
      <div class="charts">
        {SERIES.map((series) => (
          <Chart key={series.name} series={series} />
        ))}
      </div>
      <AsTable />
    </section>
  );
}

function Chart({ series }: { series: Series }) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const look = useTheme();
  const data = dataOf(moments.value, series);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const made = new uPlot(optionsOf(series, element), data, element);
    plot.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
    };
    // The colours are read when it is made.
  }, [series, look]);
  useEffect(() => plot.current?.setData(data), [moments.value]);
  const last = moments.value.at(-1);
  return (
    <figure class="chart">
      <figcaption>
        {series.name} <b class="now">{series.text(last === undefined ? null : series.of(last))}</b>
      </figcaption>
      <div ref={place} class="plot" aria-hidden="true" />
    </figure>
  );
}

function dataOf(found: readonly Moment[], { of }: Series): uPlot.AlignedData {
  return [found.map(({ at }) => at / 1000), found.map(of)];
}

function optionsOf({ text }: Series, element: HTMLElement): uPlot.Options {
  const { color } = getComputedStyle(element);
  const quiet = getComputedStyle(element.closest('.chart') ?? element).color;
  const line = { stroke: quiet, width: 0.3 };
  const axis = { stroke: quiet, grid: line, ticks: line, font: '11px system-ui, sans-serif' };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { range: () => [Date.now() / 1000 - WINDOW_S, Date.now() / 1000] },
      y: { range: (_, __, most) => [0, Math.max(1, (most ?? 0) * 1.1)] },
    },
    axes: [
      { ...axis, incrs: [120], values: (_, splits) => splits.map((at) => ago(at)) },
      { ...axis, size: 56, values: (_, splits) => splits.map((value) => text(value)) },
    ],
    series: [{}, { stroke: color, width: 1.6, points: { show: false }, spanGaps: false }],
  };
}

function ago(at: number): string {
  const minutes = Math.round((Date.now() / 1000 - at) / 60);
  return minutes <= 0 ? 'now' : `−${minutes} min`;
}

const COLUMNS: readonly Column<Moment>[] = [
  { name: 'Time', show: ({ at }) => <Time at={at} /> },
  ...SERIES.map(({ name, of, text }): Column<Moment> => ({ name, isNumber: true, show: (moment) => text(of(moment)) })),
];

function AsTable() {
  const [isOpen, setIsOpen] = useState(false);
  const rows = isOpen ? moments.value.filter((_, index) => index % ROW_EVERY === 0).toReversed() : [];
  return (
    <details class="as-table" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>The last ten minutes as a table</summary>
      {isOpen ? (
        <Table
          caption="The last ten minutes"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ at }) => String(at)}
          empty="Nothing was measured yet."
        />
      ) : null}
    </details>
  );
}

/** Changes with the theme, of the system or chosen. */
function useTheme(): string {
  const [theme, setTheme] = useState('');
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const look = (): void => setTheme(`${document.documentElement.dataset.theme} ${dark.matches}`);
    look();
    const watch = new MutationObserver(look);
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    dark.addEventListener('change', look);
    return () => {
      watch.disconnect();
      dark.removeEventListener('change', look);
    };
  }, []);
  return theme;
}
