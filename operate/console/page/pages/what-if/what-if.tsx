/** What-if: another policy over what was really decided. Nothing is changed by this page. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PolicyForm } from '../../../actions/what-if.ts';
import type { RunValue } from '../../../what-if/judge.ts';
import { act, asRefusal, begin, type Refusal, useRead } from '../../api.ts';
import { jobs } from '../../live/stream.ts';
import { note, place } from '../../navigation.ts';
import { Heading } from '../../parts/heading.tsx';
import { JobProgress, jobValue } from '../../parts/job.tsx';
import { Refused } from '../../parts/notice.tsx';
import { zoneShown } from '../../parts/time.tsx';
import { Changed } from './changed.tsx';
import { changed, inputOf, takeUp, unready } from './draft.ts';
import { Export } from './export.tsx';
import { PolicyFormPanel } from './form.tsx';
import { fieldNamed, fields } from './policy.ts';
import { Results } from './results.tsx';
import { CurveChoice, WindowChoice } from './run-form.tsx';
import './what-if.css';

const job = signal<number | null>(null);
/** Of the run under way: by it the run is stopped. */
const mark = signal('');
const refused = signal<Refusal | null>(null);
/** The run that was waited for on this page, not merely looked at again. */
const awaited = signal<string | null>(null);

async function start(): Promise<void> {
  refused.value = null;
  job.value = null;
  try {
    mark.value = crypto.randomUUID();
    job.value = await begin('what-if', { ...inputOf(zoneShown()), mark: mark.value });
  } catch (error) {
    refused.value = asRefusal(error);
  }
}

function stop(): void {
  act('what-if-stop', { mark: mark.value }).catch((error: unknown) => {
    refused.value = asRefusal(error);
  });
}

export function Page() {
  const form = useRead<PolicyForm>('policy-form');
  useEffect(() => {
    if (form.value !== null) fields.value = form.value.fields;
  }, [form.value]);
  const done = jobValue<{ run: string }>(job.value)?.run ?? null;
  useEffect(() => {
    if (done === null || awaited.value === done) return;
    awaited.value = done;
    note(`/what-if?run=${done}`);
  }, [done]);
  const run = place.value.query.get('run');
  const found = useRead<RunValue>('what-if-run', run === null ? null : { run });
  // A run that is opened by its address brings its draft along; one of this page has it already.
  useEffect(() => {
    if (found.value !== null && found.value.run !== awaited.value && changed.value === 0)
      takeUp(found.value.input, zoneShown());
  }, [found.value]);
  const isRunning = job.value !== null && jobs.value.get(job.value)?.state === 'running';
  return (
    <>
      <Heading name="What-if">
        Change thresholds or switches, and see what they would have changed in what was really decided. Nothing is
        changed by this page: no message, no ticket, no setting.
      </Heading>
      <Refused refusal={form.refusal} />
      <div class="what-if">
        <PolicyFormPanel fields={fields.value} />
        <div class="beside">
          <section class="panel" aria-label="Run">
            <Changed fields={fields.value} />
            <WindowChoice />
            <CurveChoice fields={fields.value} />
            <div class="actions">
              <button
                type="button"
                class="main"
                disabled={isRunning || unready.value.length > 0}
                onClick={() => void start()}
              >
                {isRunning ? 'Running …' : 'Run over the trail'}
              </button>
              {isRunning ? (
                <button type="button" onClick={stop}>
                  Stop this run
                </button>
              ) : null}
            </div>
            {unready.value.length === 0 ? null : (
              <p class="failed-outcome">
                Correct first: {unready.value.map((key) => fieldNamed(key)?.name ?? key).join(', ')}.
              </p>
            )}
            <Refused refusal={refused.value} />
            <JobProgress id={job.value} />
          </section>
          <Export />
        </div>
      </div>
      {run === null ? null : <Refused refusal={found.refusal} />}
      {found.value === null || found.value.run !== run ? null : (
        <Results key={run} value={found.value} isNew={awaited.value === run} />
      )}
    </>
  );
}
