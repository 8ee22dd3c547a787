/** A dashboard as CloudWatch's JSON: three graphs a row. Pure. */
import { metricMath } from '../alarms/expression.ts';
import type { Series } from '../alarms/signal.ts';
import type { Dashboard, Graph, Line } from './types.ts';

const WIDTH = 8;
const HEIGHT = 6;
const IN_A_ROW = 24 / WIDTH;

/** @param resolve  what stands for a dimension that is known only once it is deployed */
export function dashboardBody(
  { graphs }: Pick<Dashboard, 'graphs'>,
  region: string,
  resolve: (value: string) => string = (value) => value,
): { readonly widgets: readonly object[] } {
  return {
    widgets: graphs.map((graph, index) => ({
      type: graph.kind === 'logs' ? 'log' : 'metric',
      x: (index % IN_A_ROW) * WIDTH,
      y: Math.floor(index / IN_A_ROW) * HEIGHT,
      width: WIDTH,
      height: HEIGHT,
      properties: propertiesOf(graph, region, resolve),
    })),
  };
}

function propertiesOf(graph: Graph, stageRegion: string, resolve: (value: string) => string): object {
  if (graph.kind === 'logs')
    return {
      title: graph.title,
      region: stageRegion,
      view: 'table',
      query: [...graph.groups.map((group) => `SOURCE '${group}'`), graph.query].join(' | '),
    };
  const { title, lines, periodSeconds: period, region = stageRegion } = graph;
  return {
    title,
    region,
    period,
    view: graph.kind === 'number' ? 'singleValue' : 'timeSeries',
    stacked: graph.kind === 'bars',
    metrics: lines.flatMap((line, index) => metricsOf(line, index, resolve)),
  };
}

/** Ids are of the whole graph, so each line has its own letters. */
function metricsOf({ label, signal }: Line, index: number, resolve: (value: string) => string): unknown[][] {
  const { series, expression } = metricMath(signal);
  const prefix = `l${index + 1}`;
  const isMath = expression !== null;
  const metrics = series.map(({ id, series: one }) => [
    ...named(one, resolve),
    { id: `${prefix}${id}`, stat: one.statistic, ...(isMath ? { visible: false } : { label }) },
  ]);
  if (!isMath) return metrics;
  const own = expression.replace(/\bm(\d+)\b/g, `${prefix}m$1`);
  return [...metrics, [{ id: `${prefix}e`, expression: own, label }]];
}

function named({ namespace, metric, dimensions }: Series, resolve: (value: string) => string): string[] {
  return [namespace, metric, ...Object.entries(dimensions).flatMap(([name, value]) => [name, resolve(value)])];
}
