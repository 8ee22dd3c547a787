/** The shape of a dashboard's declaration (platform §6.4): graphs over the same signals that alarms look at. */
import type { Signal } from '../alarms/signal.ts';

export type Line = { readonly label: string; readonly signal: Signal };

export type Graph =
  | {
      readonly kind: 'lines' | 'bars' | 'number';
      readonly title: string;
      readonly lines: readonly Line[];
      readonly periodSeconds: number;
      /** Where AWS keeps the metric, if not with the stage. */
      readonly region?: string;
    }
  /** A question to CloudWatch Logs Insights: what no metric may have as a dimension. */
  | { readonly kind: 'logs'; readonly title: string; readonly groups: readonly string[]; readonly query: string };

export type Dashboard = {
  readonly id: 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G';
  readonly title: string;
  readonly graphs: readonly Graph[];
};
