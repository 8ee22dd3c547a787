/** An archive over time: bars of events, and the window laid over them by mouse or by two sliders. */
import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ArchiveLine } from '../../../../replay/archive-line.ts';
import { useRead } from '../../api.ts';
import { coloursOf, onTheme } from '../../parts/chart-colours.ts';
import { Refused } from '../../parts/notice.tsx';
import { Table } from '../../parts/table.tsx';
import { Time, timeText, zoneShown } from '../../parts/time.tsx';
import type { Period } from './window.tsx';

type Bar = NonNullable<ArchiveLine['bars']>[number];

const DAY_MS = 86_400_000;
const HEIGHT = 170;
const VIEWS = [
  ['all', 'everything kept', null],
  ['week', 'last 7 days', 7 * DAY_MS],
  ['day', 'last 24 hours', DAY_MS],
] as const;
type View = (typeof VIEWS)[number][0] | 'window';

export function TimeLine({
  archive,
  period,
  onChoose,
}: {
  archive: string;
  period: Period | null;
  onChoose: (period: Period) => void;
}) {
  const [view, setView] = useState<View>('all');
  const [shown, setShown] = useState<Period | null>(null);
  const zone = zoneShown();
  const input = { archive, zone, ...(shown !== null && { from: iso(shown.from), to: iso(shown.to) }) };
  const { value: line, refusal } = useRead<ArchiveLine>('archive-line', input);
  const look = (next: View): void => {
    setView(next);
    const length = VIEWS.find(([name]) => name === next)?.[2] ?? null;
    if (next === 'window') setShown(period);
    else setShown(length === null ? null : { from: Date.now() - length, to: Date.now() });
  };
  if (line === null || line.name !== archive)
    return refusal === null ? <p role="status">loading the archive</p> : <Refused refusal={refusal} />;
  return (
    <figure class="time-line">
      <figcaption>
        <b>Archive {archive}</b>
        <span class="quiet">
          {line.events.toLocaleString('en-GB')} events in {Math.ceil(line.bytes / 1_000_000)} MB, kept for{' '}
          {line.retentionDays} days
        </span>
        <label class="view">
          <span>Show</span>
          <select value={view} onChange={(event) => look(event.currentTarget.value as View)}>
            {VIEWS.map(([name, title]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
            <option value="window" disabled={period === null}>
              the window
            </option>
          </select>
        </label>
      </figcaption>
      {line.bars === null ? (
        <p class="empty">AWS tells how much an archive holds, and not when it happened. Choose the window below.</p>
      ) : (
        <>
          <Bars line={line} bars={line.bars} period={period} onChoose={onChoose} />
          <Sliders shown={line.shown} bars={line.bars} period={period} onChoose={onChoose} />
          <details>
            <summary>As a table</summary>
            <Table
              caption={`Events of the archive ${archive} over time`}
              columns={[
                { name: 'From', show: (bar: Bar) => <Time at={bar.from} /> },
                { name: 'To', show: (bar: Bar) => <Time at={bar.to} /> },
                { name: 'Events', isNumber: true, show: (bar: Bar) => bar.events },
              ]}
              rows={line.bars.filter(({ events }) => events > 0).toReversed()}
              keyOf={({ from }) => String(from)}
              empty="Nothing was archived in this time."
            />
          </details>
        </>
      )}
    </figure>
  );
}

const iso = (at: number): string => new Date(at).toISOString();

function Bars({
  line,
  bars,
  period,
  onChoose,
}: {
  line: ArchiveLine;
  bars: readonly Bar[];
  period: Period | null;
  onChoose: (period: Period) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ period, onChoose });
  latest.current = { period, onChoose };
  const key = JSON.stringify([line.shown, bars, zoneShown()]);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const draw = (): void => {
      plot.current?.destroy();
      plot.current = plotIn(element, line.shown, bars, (chosen) => latest.current.onChoose(chosen));
      mark(plot.current, latest.current.period);
    };
    draw();
    const stopTheme = onTheme(draw);
    const resized = new ResizeObserver(() => {
      plot.current?.setSize({ width: element.clientWidth, height: HEIGHT });
      if (plot.current !== null) mark(plot.current, latest.current.period);
    });
    resized.observe(element);
    return () => {
      stopTheme();
      resized.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [key]);
  useEffect(() => {
    if (plot.current !== null) mark(plot.current, period);
  }, [period]);
  return <div class="bars" ref={place} aria-hidden="true" />;
}

/** What the numbers beside the bars take. */
const AXIS_PX = 48;

function plotIn(element: HTMLElement, shown: Period, bars: readonly Bar[], onChoose: (period: Period) => void): uPlot {
  const colours = coloursOf(element);
  const axis = {
    stroke: colours.quiet,
    grid: { stroke: colours.line, width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  };
  const zone = zoneShown();
  const paths = uPlot.paths.bars?.({ size: [0.85, 40] }) as uPlot.Series.PathBuilder;
  return new uPlot(
    {
      width: element.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      // Dragging chooses; it does not enlarge.
      cursor: { drag: { x: true, y: false, setScale: false }, y: false, points: { show: false } },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
      scales: {
        x: { time: true, range: [shown.from / 1000, Math.max(shown.to, shown.from + 1000) / 1000] },
        y: { range: (_, __, high) => [0, high <= 0 ? 1 : high * 1.08] },
      },
      axes: [
        { ...axis, values: TIME_MARKS },
        { ...axis, size: AXIS_PX },
      ],
      series: [{}, { stroke: colours.accent, fill: colours.accent, paths, points: { show: false } }],
      hooks: {
        setSelect: [
          (self) => {
            const { left, width } = self.select;
            if (width < 2) return;
            const at = (px: number): number => Math.round(self.posToVal(px, 'x') * 1000);
            onChoose({ from: at(left), to: Math.min(at(left + width), Date.now() - 1_000) });
          },
        ],
      },
    },
    [bars.map(({ from, to }) => (from + to) / 2000), bars.map(({ events }) => events)],
    element,
  );
}

/** Day before month, 24 hours, as everywhere in the console. */
const TIME_MARKS: uPlot.Axis.Values = [
  [86_400, '{D} {MMM}', null, null, null, null, null, null, 1],
  [60, '{HH}:{mm}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
];

/** Lays the window over the bars, whoever chose it. */
function mark(plot: uPlot, period: Period | null): void {
  if (period === null) return;
  const width = plot.over.clientWidth;
  const px = (at: number): number => Math.min(width, Math.max(0, plot.valToPos(at / 1000, 'x')));
  const left = px(period.from);
  plot.setSelect({ left, width: Math.max(2, px(period.to) - left), top: 0, height: plot.over.clientHeight }, false);
}

/** The same by keyboard: an arrow is one bar. */
function Sliders({
  shown,
  bars,
  period,
  onChoose,
}: {
  shown: Period;
  bars: readonly Bar[];
  period: Period | null;
  onChoose: (period: Period) => void;
}) {
  const step = Math.max(1_000, bars[0] === undefined ? 60_000 : bars[0].to - bars[0].from + 1);
  const held = period ?? shown;
  const move = (end: 'from' | 'to', at: number): void => {
    const next = { ...held, [end]: end === 'to' ? Math.min(at, Date.now() - 1_000) : at };
    if (next.from < next.to) onChoose(next);
  };
  const ends = [
    ['from', 'Window begins'],
    ['to', 'Window ends'],
  ] as const;
  return (
    <div class="sliders">
      {ends.map(([end, name]) => (
        <label key={end}>
          <span>{name}</span>
          <input
            type="range"
            min={shown.from}
            max={shown.to}
            step={step}
            value={Math.min(shown.to, Math.max(shown.from, held[end]))}
            aria-valuetext={timeText(held[end])}
            onInput={(event) => move(end, Number(event.currentTarget.value))}
          />
        </label>
      ))}
    </div>
  );
}
