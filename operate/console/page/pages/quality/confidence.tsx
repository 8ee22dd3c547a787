/** How sure the decisions are, channel by channel. */
import type { QualityView } from '../../../../quality/view.ts';
import { Chart } from '../../parts/chart.tsx';
import { percent, whole } from '../../parts/numbers.ts';

type Channel = QualityView['confidence'][number];

const score = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

export function Confidence({ channels }: { channels: readonly Channel[] }) {
  return (
    <section class="panel" aria-labelledby="confidence">
      <h2 id="confidence">Confidence by channel</h2>
      {channels.length === 0 ? <p class="empty">No decision with a confidence in the last 7 days.</p> : null}
      <div class="grid">
        {channels.map(({ channel, n, mean, meanBefore, low, lowBefore, histogram }) => (
          <div key={channel}>
            <Chart
              title={channel}
              unit="messages by confidence"
              shape="bars"
              height={150}
              x={{
                kind: 'number',
                name: 'confidence',
                // Each bar stands over the middle of its tenth.
                values: histogram.map((_, bin) => (bin + 0.5) / histogram.length),
                show: (value) => value.toFixed(2),
              }}
              series={[{ name: 'messages', values: histogram }]}
              show={whole}
            />
            <p class="quiet">
              {whole(n)} messages, mean {score(mean)} (before {score(meanBefore)}), below 0.50 {percent(low)} (before{' '}
              {percent(lowBefore)})
            </p>
          </div>
        ))}
      </div>
    </section>
  );
}
