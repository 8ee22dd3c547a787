/** A trend: lines or bars over time or over a number, with the same values as a table for who cannot see them or wants to read them. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './chart.css';
import { coloursOf, onTheme, type Tone, toneClass } from './chart-colours.ts';
import { aloneAmong } from './chart-points.ts';
import { PLAIN_NUMBER, rowsOf, summaryOf } from './chart-words.ts';
import { Table } from './table.tsx';
import { timeText, zoneShown } from './time.tsx';

export type ChartSeries = {
  readonly name: string;
  /** One for each x; `null` leaves a gap. */
  readonly values: readonly (number | null)[];
  readonly tone?: Tone;
  readonly isDashed?: boolean;
  /** Single points that stand out, with no line between them. */
  readonly isMark?: boolean;
};

export type ChartProps = {
  readonly title: string;
  /** Of the values: `messages an hour`, `seconds`, `US dollars`. */
  readonly unit: string;
  /** `time`: epoch milliseconds. Rising. */
  readonly x: {
    readonly kind: 'time' | 'number';
    readonly name: string;
    readonly values: readonly number[];
    /** Of a number; digits in groups unless told. */
    readonly show?: (value: number) => string;
  };
  readonly series: readonly ChartSeries[];
  readonly shape?: 'line' | 'bars';
  /** A value as it is read; digits in groups unless told. */
  readonly show?: (value: number) => string;
  readonly height?: number;
  /** In place of the values as they are drawn, where people read them in another order. */
  readonly table?: ComponentChildren;
};

const HEIGHT = 190;
const TONES: readonly Tone[] = ['accent', 'replied', 'suppressed', 'failed', 'quiet'];

export function Chart(props: ChartProps) {
  const { title, unit, x, series, show = PLAIN_NUMBER } = props;
  const hasValues = series.some(({ values }) => values.some((value) => value !== null));
  const xText = (value: number): string => (x.kind === 'time' ? timeText(value) : (x.show ?? PLAIN_NUMBER)(value));
  return (
    <figure class="chart">
      <figcaption>
        <b>{title}</b> <span class="unit">{unit}</span>
        <span class="unseen">{summaryOf(series, show)}</span>
        {series.length > 1 ? (
          <ul class="legend" aria-hidden="true">
            {series.map(({ name, tone, isDashed, isMark }, index) => (
              <li
                key={name}
                class={`${toneClass(tone ?? toneAt(index))}${isDashed ? ' dashed' : ''}${isMark ? ' mark' : ''}`}
              >
                {name}
              </li>
            ))}
          </ul>
        ) : null}
      </figcaption>
      {hasValues ? <Canvas {...props} /> : <p class="empty">Nothing was measured in this time.</p>}
      {hasValues ? (
        <details>
          <summary>As a table</summary>
          {props.table ?? (
            <Table
              caption={`${title}, ${unit}`}
              columns={[
                { name: x.name, show: (row: Row) => xText(row.at) },
                ...series.map(({ name }, index) => ({
                  name,
                  isNumber: true,
                  show: (row: Row) => textOf(row.values[index], show),
                })),
              ]}
              rows={rowsOf(x.values, series)}
              keyOf={({ at }) => String(at)}
              empty="Nothing was measured in this time."
            />
          )}
        </details>
      ) : null}
    </figure>
  );
}

type Row = ReturnType<typeof rowsOf>[number];

const toneAt = (index: number): Tone => TONES[index % TONES.length] ?? 'accent';
const textOf = (value: number | null | undefined, show: (value: number) => string): string =>
  value === null || value === undefined ? '–' : show(value);

/** Drawn anew when what it shows, the theme or the zone changes; a change of width is only a change of size. */
function Canvas({ x, series, shape = 'line', show = PLAIN_NUMBER, height = HEIGHT }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const zone = zoneShown();
  const key = JSON.stringify([x, series, shape, height, zone]);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let plot: uPlot | null = null;
    const draw = (): void => {
      plot?.destroy();
      plot = plotIn(element, { x, series, shape, show, height, zone });
    };
    draw();
    const stopTheme = onTheme(draw);
    const resized = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    return () => {
      stopTheme();
      resized.disconnect();
      plot?.destroy();
    };
  }, [key]);
  return <div class="canvas" ref={place} aria-hidden="true" />;
}

type Drawn = Required<Pick<ChartProps, 'x' | 'series' | 'shape' | 'show' | 'height'>> & { readonly zone: string };

function plotIn(element: HTMLElement, { x, series, shape, show, height, zone }: Drawn): uPlot {
  const colours = coloursOf(element);
  const axis = { stroke: colours.quiet, grid: { stroke: colours.line, width: 1 }, ticks: { show: false }, font: FONT };
  const bars = shape === 'bars' ? { paths: uPlot.paths.bars?.({ size: [0.7, 40] }) as uPlot.Series.PathBuilder } : {};
  return new uPlot(
    {
      width: element.clientWidth,
      height,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 7 } },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
      scales: {
        x: {
          time: x.kind === 'time',
          ...(x.values[0] !== undefined && x.values.length === 1 && { range: aroundOne(x.kind, x.values[0]) }),
          ...(x.values.length > 1 && shape === 'bars' && x.kind === 'number' && { range: withRoom(x.values) }),
        },
        y: { range: (_, low, high) => rangeOf(low, high) },
      },
      axes: [
        x.kind === 'time'
          ? { ...axis, values: TIME_MARKS }
          : { ...axis, ...(x.show && { values: (_: uPlot, marks: number[]) => marks.map(x.show ?? String) }) },
        { ...axis, size: widthOf, values: (_, marks) => marks.map(show) },
      ],
      series: [
        {},
        ...series.map(({ name, values, tone, isDashed, isMark }, index): uPlot.Series => {
          const stroke = colours[tone ?? toneAt(index)];
          return {
            label: name,
            stroke,
            width: isMark ? 0 : 2,
            ...(isDashed && { dash: [6, 4] }),
            ...bars,
            ...(shape === 'bars' && { fill: stroke }),
            points: isMark
              ? { show: true, size: 13, width: 3, stroke, fill: colours.panel }
              : { show: shape === 'line' && x.values.length <= 40, size: 5, filter: aloneOf(shape, values) },
          };
        }),
      ],
    },
    [x.values.map((at) => (x.kind === 'time' ? at / 1000 : at)), ...series.map(({ values }) => [...values])],
    element,
  );
}

const FONT = '12px system-ui, sans-serif';

/** Hours and days as the rest of the console writes them: day before month, 24 hours. */
const TIME_MARKS: uPlot.Axis.Values = [
  [86_400, '{D} {MMM}', null, null, null, null, null, null, 1],
  [3_600, '{HH}:{mm}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
  [60, '{HH}:{mm}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
];

/** Wide enough for the longest mark; for most charts the same, so that they stand under one another. */
const widthOf = (_: uPlot, marks: readonly string[] | null): number =>
  Math.max(62, ...(marks ?? []).map((mark) => mark.length * 7 + 16));

/** Where not every value of a line has its point, those have one that no line leads to. */
function aloneOf(shape: 'line' | 'bars', values: readonly (number | null)[]): uPlot.Series.Points.Filter {
  const alone = shape === 'line' ? aloneAmong(values) : [];
  return (_, __, isEach) => (isEach || alone.length === 0 ? null : alone);
}

/** Half a step to both sides, so that the outer bars stand there whole. */
function withRoom(values: readonly number[]): [number, number] {
  const [first = 0, second = first + 1] = values;
  const half = (second - first) / 2;
  return [first - half, (values.at(-1) ?? first) + half];
}

/** A day, or one, to both sides: uPlot would draw a single value at the edge of years. */
function aroundOne(kind: ChartProps['x']['kind'], value: number): [number, number] {
  const [at, about] = kind === 'time' ? [value / 1000, 86_400] : [value, 1];
  return [at - about, at + about];
}

/** From nought, since what is drawn are amounts. */
function rangeOf(low: number, high: number): [number, number] {
  return [Math.min(0, low), high <= 0 ? 1 : high * 1.08];
}
