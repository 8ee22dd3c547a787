/** Dollars: for a thousand messages, by path, by service, by day. */
import { useState } from 'preact/hooks';
import type { CostState } from '../../../actions/cost.ts';
import { asRefusal, begin, type Refusal, useRead } from '../../api.ts';
import { durationText, shareText, usdText } from '../../parts/amounts.ts';
import { Chart } from '../../parts/chart.tsx';
import { JobProgress, jobValue } from '../../parts/job.tsx';
import { Refused } from '../../parts/notice.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';

type Cost = CostState['value'];
type Path = Cost['byPath'][number];
type Service = Cost['byService'][number];

const HOUR_MS = 3_600_000;
const words = (path: string): string => path.replace(/-(?=\d)/g, ' ').replaceAll('-', ' ');

const PATHS: readonly Column<Path>[] = [
  { name: 'Path', show: ({ path }) => words(path) },
  { name: 'Messages', isNumber: true, show: ({ messages }) => messages },
  { name: 'Share', isNumber: true, show: ({ share }) => shareText(share) },
  { name: 'A thousand', isNumber: true, show: ({ usdPer1000 }) => usdText(usdPer1000) },
];
const SERVICES: readonly Column<Service>[] = [
  { name: 'Service', show: ({ service }) => service },
  { name: 'A thousand', isNumber: true, show: ({ usd }) => usdText(usd) },
];

export function Dollars() {
  const read = useRead<CostState>('cost');
  const [job, setJob] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const state = jobValue<CostState>(job) ?? read.value;
  const isCounting = job !== null && jobValue<CostState>(job) === null;
  return (
    <section class="panel" aria-labelledby="dollars">
      <h2 id="dollars">Dollars</h2>
      <Refused refusal={refusal ?? read.refusal} />
      {state === null ? <p role="status">counting</p> : <Estimate state={state} />}
      {isCounting ? <JobProgress id={job} /> : null}
      <p class="actions">
        <button
          type="button"
          disabled={isCounting}
          onClick={() => {
            setRefusal(null);
            begin('count-cost', {}).then(setJob, (error: unknown) => setRefusal(asRefusal(error)));
          }}
        >
          {state?.countedAt ? 'Count again' : 'Count the messages of the trail'}
        </button>
      </p>
    </section>
  );
}

function Estimate({ state: { value, countedAt } }: { state: CostState }) {
  const { byPath, byService, byDay, model, perDay, perMonth, fixedPerMonth, messages, usdPer1000, prices } = value;
  const figures: readonly (readonly [string, string])[] = [
    ...(messages === 0 ? [] : [['A thousand messages', usdText(usdPer1000.total + model.usdPer1000)] as const]),
    ...(perDay === null
      ? []
      : [[`A day, as ${durationText((value.reckonedFromHours ?? 0) * HOUR_MS)} went`, usdText(perDay.usd)] as const]),
    ...(perMonth === null ? [] : [['30 days, with what stands there', usdText(perMonth.withFixed)] as const]),
    ['Stands there anyway, a month', usdText(fixedPerMonth.total)],
    ['Model calls', String(model.calls)],
    ['Model tokens in', String(model.tokensIn)],
    ['Model tokens out', String(model.tokensOut)],
  ];
  return (
    <>
      <p class="lead">
        {countedAt === null ? (
          'The trail is long and was not counted yet: this is what each path costs.'
        ) : (
          <>
            {messages} messages of the trail, counted <Time at={countedAt} />.
          </>
        )}{' '}
        List prices of {prices.region} as of {prices.taken}; the helpdesk is not in them.
      </p>
      <dl class="figures">
        {figures.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <div class="grid">
        <div>
          <h3>By path</h3>
          <Table caption="Dollars by path" columns={PATHS} rows={byPath} keyOf={({ path }) => path} empty="" />
        </div>
        <div>
          <h3>By service</h3>
          <Table
            caption="Dollars by service"
            columns={SERVICES}
            rows={byService}
            keyOf={({ service }) => service}
            empty="Known once messages are counted."
          />
        </div>
      </div>
      {byDay.length === 0 ? null : (
        <Chart
          title="Dollars a day"
          unit="US dollars, without what stands there anyway"
          // Whole days of the business zone: one bar each, whatever the hours of a clock.
          x={{ kind: 'number', name: 'Day', values: byDay.map((_, at) => at), show: (at) => byDay[at]?.day ?? '' }}
          shape="bars"
          show={usdText}
          series={[
            { name: 'AWS', values: byDay.map(({ usd }) => usd), tone: 'accent' },
            ...(model.calls === 0
              ? []
              : [{ name: 'model', values: byDay.map(({ modelUsd }) => modelUsd), tone: 'suppressed' as const }]),
          ]}
        />
      )}
    </>
  );
}
