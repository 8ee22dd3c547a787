/** Whether a confidence means what it says: by people's labels where there are any, else as the shipped map was measured. */

import type { Calibration } from '../../../../quality/calibration.ts';
import type { QualityAnswer } from '../../../actions/quality.ts';
import { Chart } from '../../parts/chart.tsx';
import { percent, whole } from '../../parts/numbers.ts';
import { type Column, Table } from '../../parts/table.tsx';

type Bin = {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly confidence: number;
  readonly right: number;
};

export function CalibrationPanel({
  calibration,
  shipped,
}: {
  calibration: Calibration;
  shipped: QualityAnswer['shipped'];
}) {
  const own = calibration.bins.flatMap(({ from, to, n, confidence, correct }): Bin[] =>
    confidence === null || correct === null ? [] : [{ from, to, n, confidence, right: correct }],
  );
  const isOwn = own.length > 0;
  const bins = isOwn ? own : shipped.bins.map(({ accuracy, ...bin }): Bin => ({ ...bin, right: accuracy }));
  const { n, accuracy, ece } = isOwn ? calibration : shipped;
  const drawn = [...new Map(bins.map((bin) => [bin.confidence, bin])).values()].toSorted(
    (a, b) => a.confidence - b.confidence,
  );
  return (
    <section class="panel" aria-labelledby="calibration">
      <h2 id="calibration">Calibration</h2>
      <p>
        <span class={`badge ${isOwn ? 'replied' : 'routed'}`}>{isOwn ? 'by your labels' : 'as shipped'}</span>{' '}
        {isOwn
          ? `${whole(n)} labelled messages of this installation.`
          : `No labels here yet: ${whole(n)} rows of the shipped golden file, decided by ${shipped.classifier} under ${shipped.calibration}.`}{' '}
        Right {percent(accuracy)}; expected calibration error {ece === null ? '–' : ece.toFixed(3)}
        {isOwn ? `, shipped ${shipped.ece.toFixed(3)}` : ''} (at most 0.05).
      </p>
      <Chart
        title="Reliability"
        unit="share that was right, against the confidence it was given"
        x={{
          kind: 'number',
          name: 'confidence',
          values: drawn.map(({ confidence }) => confidence),
          show: (value) => value.toFixed(2),
        }}
        series={[
          { name: isOwn ? 'by labels' : 'as shipped', values: drawn.map(({ right }) => right) },
          { name: 'as it should be', values: drawn.map(({ confidence }) => confidence), tone: 'quiet', isDashed: true },
        ]}
        show={percent}
        height={240}
        table={
          <Table
            caption="Reliability by confidence"
            columns={COLUMNS}
            rows={bins}
            keyOf={({ from, to, confidence }) => `${from} ${to} ${confidence}`}
            empty="Nothing was measured."
          />
        }
      />
    </section>
  );
}

const COLUMNS: readonly Column<Bin>[] = [
  { name: 'confidence', show: ({ from, to }) => `${from.toFixed(2)} to ${to.toFixed(2)}` },
  { name: 'messages', isNumber: true, show: ({ n }) => whole(Math.round(n)) },
  { name: 'said', isNumber: true, show: ({ confidence }) => percent(confidence) },
  { name: 'right', isNumber: true, show: ({ right }) => percent(right) },
];
