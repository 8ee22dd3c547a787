/** What the analytics rows say: the ready-made reports of `npx frontdesk analytics`, drawn. */
import { useEffect, useState } from 'preact/hooks';
import type { MadeReports, ReportDays, ReportsState } from '../../../reports/made.ts';
import { begin, useRead } from '../../api.ts';
import { jobs } from '../../live/stream.ts';
import { Heading } from '../../parts/heading.tsx';
import { JobProgress, jobValue } from '../../parts/job.tsx';
import { Refused } from '../../parts/notice.tsx';
import { useOnce } from '../../parts/once.ts';
import { Time } from '../../parts/time.tsx';
import { ReportPanel } from './report.tsx';

const TIMES: readonly { readonly days: ReportDays; readonly says: string }[] = [
  { days: '1', says: 'the last 24 hours' },
  { days: '7', says: 'the last 7 days' },
  { days: '28', says: 'the last 28 days' },
  { days: '0', says: 'all there is' },
];

export function Page() {
  const read = useRead<ReportsState>('reports');
  const [days, setDays] = useState<ReportDays>('7');
  const [job, setJob] = useState<number | null>(null);
  const begun = useOnce();
  const isUnderWay = begun.isBusy || (job !== null && jobs.value.get(job)?.state === 'running');
  const made = jobValue<ReportsState>(job)?.made ?? read.value?.made ?? null;
  const make = (wanted: ReportDays): void =>
    begun.run(async () => setJob(await begin('make-reports', { days: wanted })));
  // Whoever opens the page wants to see something; what somebody made before is shown at once.
  const isFirst = read.value !== null && read.value.made === null;
  useEffect(() => {
    if (isFirst) make(days);
  }, [isFirst]);
  return (
    <>
      <Heading name="Reports">
        What the rows of the outcome facts say: the same figures as <code>npx frontdesk analytics --report NAME</code>.
      </Heading>
      <section class="panel" aria-label="What the reports are about">
        <form
          class="actions"
          onSubmit={(event) => {
            event.preventDefault();
            make(days);
          }}
        >
          <label class="field">
            <span>Messages of</span>
            <select value={days} onChange={({ currentTarget }) => setDays(currentTarget.value as ReportDays)}>
              {TIMES.map((time) => (
                <option key={time.days} value={time.days}>
                  {time.says}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" disabled={isUnderWay}>
            Make the reports
          </button>
        </form>
        {made === null ? null : <MadeAt made={made} />}
        <Refused refusal={begun.refusal ?? read.refusal} />
        {made !== null && !isUnderWay ? null : <JobProgress id={job} />}
      </section>
      {made?.reports.map((report) => (
        <ReportPanel key={report.name} report={report} />
      ))}
    </>
  );
}

function MadeAt({ made: { days, madeAt } }: { made: MadeReports }) {
  const says = TIMES.find((time) => time.days === days)?.says ?? '';
  return (
    <p class="lead">
      Shown: {says} before <Time at={madeAt} />.
    </p>
  );
}
