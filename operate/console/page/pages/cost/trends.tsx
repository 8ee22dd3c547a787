import type { HealthValue } from '../../../../commands/health.ts';
import { usdText } from '../../parts/amounts.ts';
import { Chart, type ChartProps } from '../../parts/chart.tsx';

/** A day in half hours. */
export function Trends({ health: { trends } }: { health: HealthValue }) {
  const x = { kind: 'time', name: 'From', values: trends.at } as const;
  const hasModel = trends.tokensIn.some((value) => value !== null);
  return (
    <div class="charts">
      <ChartPanel
        title="Messages"
        unit="each half hour"
        x={x}
        shape="bars"
        series={[
          { name: 'received', values: trends.received, tone: 'accent' },
          { name: 'replied', values: trends.replied, tone: 'replied' },
        ]}
      />
      <ChartPanel
        title="Time to settle"
        unit="seconds, 95 of 100 are faster"
        x={x}
        series={[{ name: 'time to settle', values: trends.settledP95S, tone: 'accent' }]}
      />
      <ChartPanel
        title="Waits for the helpdesk’s budget"
        unit="milliseconds, 95 of 100 are shorter"
        x={x}
        series={[{ name: 'wait', values: trends.waitP95Ms, tone: 'suppressed' }]}
      />
      {hasModel ? (
        <>
          <ChartPanel
            title="Model tokens"
            unit="each half hour"
            x={x}
            shape="bars"
            series={[
              { name: 'in', values: trends.tokensIn, tone: 'accent' },
              { name: 'out', values: trends.tokensOut, tone: 'suppressed' },
            ]}
          />
          <ChartPanel
            title="Model dollars"
            unit="US dollars each half hour"
            x={x}
            shape="bars"
            show={usdText}
            series={[{ name: 'dollars', values: trends.modelUsd, tone: 'accent' }]}
          />
        </>
      ) : null}
    </div>
  );
}

function ChartPanel(props: ChartProps) {
  return (
    <section class="panel" aria-label={props.title}>
      <Chart {...props} />
    </section>
  );
}
