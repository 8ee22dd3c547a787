/** The replay that is under way, with what is left of it; and those before it. */
import { useEffect, useState } from 'preact/hooks';
import type { SeenRun } from '../../../actions/replay.ts';
import { act, begin, Refusal, useRead } from '../../api.ts';
import { jobs } from '../../live/stream.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { durationText } from '../../parts/duration.ts';
import { lastJob } from '../../parts/jobs.ts';
import { Notice, Refused } from '../../parts/notice.tsx';
import { useOnce } from '../../parts/once.ts';
import { type Column, Table } from '../../parts/table.tsx';
import { Time } from '../../parts/time.tsx';

const JOBS: readonly string[] = ['start-replay', 'resume-replay'];
const WHILE_IT_RUNS_MS = 1_000;
const OTHERWISE_MS = 10_000;

export function Runs() {
  const [isRunning, setIsRunning] = useState(false);
  const { value, refusal, again } = useRead<readonly SeenRun[]>(
    'replays',
    {},
    { everyMs: isRunning ? WHILE_IT_RUNS_MS : OTHERWISE_MS },
  );
  const [open, setOpen] = useState<string | null>(null);
  const job = lastJob(({ name }) => JOBS.includes(name));
  const changes = [...jobs.value.values()]
    .filter(({ name }) => JOBS.includes(name))
    .map(({ state }) => state)
    .join();
  const runs = value ?? [];
  const underWay = runs.find(({ status }) => status === 'running' || status === 'interrupted');
  const isUnderWay = underWay?.status === 'running' || job?.state === 'running';
  useEffect(() => setIsRunning(isUnderWay), [isUnderWay]);
  // Once more whenever a job begins or ends.
  useEffect(again, [changes]);
  const [newest] = runs;
  return (
    <section class="panel" aria-labelledby="runs">
      <h2 id="runs">Replays</h2>
      <Refused refusal={refusal} />
      {underWay === undefined && job?.state === 'running' ? (
        <Notice kind="wait">{job.lines.at(-1) ?? 'The replay begins.'}</Notice>
      ) : null}
      {underWay === undefined ? null : <UnderWay run={underWay} line={job?.lines.at(-1)} onChanged={again} />}
      {job?.state === 'failed' && job.refused !== undefined && job.refused.code !== 'cancelled' ? (
        <Refused refusal={new Refusal(job.refused.code, job.refused.message, job.refused.cure)} />
      ) : null}
      {newest !== undefined && newest !== underWay ? (
        <>
          <h3>The last one</h3>
          <Result run={newest} />
        </>
      ) : null}
      <Table
        caption="Replays"
        columns={columnsOf(setOpen)}
        rows={runs}
        keyOf={({ name }) => name}
        empty="Nothing was replayed in the last 90 days."
      />
      <Dialog name={`Replay ${open ?? ''}`} isOpen={open !== null} onClose={() => setOpen(null)}>
        {runs
          .filter(({ name }) => name === open)
          .map((run) => (
            <Result key={run.name} run={run} />
          ))}
        <div class="actions">
          <button type="button" onClick={() => setOpen(null)}>
            Close
          </button>
        </div>
      </Dialog>
    </section>
  );
}

const STATUS_CLASSES = {
  running: 'routed',
  interrupted: 'suppressed',
  completed: 'replied',
  cancelled: '',
} as const satisfies Record<SeenRun['status'], string>;

function Status({ status }: Pick<SeenRun, 'status'>) {
  return <span class={`badge ${STATUS_CLASSES[status]}`}>{status}</span>;
}

const columnsOf = (open: (name: string) => void): readonly Column<SeenRun>[] => [
  { name: 'Started', show: ({ startedAt }) => <Time at={startedAt} /> },
  { name: 'Purpose', show: ({ purpose }) => purpose },
  { name: 'Consumer', show: ({ consumer, rule }) => consumer ?? rule },
  {
    name: 'Window',
    show: ({ from, to }) => (
      <>
        <Time at={from} /> to <Time at={to} />
      </>
    ),
  },
  {
    name: 'Events',
    isNumber: true,
    show: ({ events, eventsExpected }) => `${events} of ${eventsExpected}`,
  },
  { name: 'Status', show: ({ status }) => <Status status={status} /> },
  {
    name: 'Name',
    show: ({ name }) => (
      <button type="button" class="as-link" onClick={() => open(name)}>
        {name}
      </button>
    ),
  },
];

/** Expected and handled, and that nobody was written to. */
function Result({ run }: { run: SeenRun }) {
  const { value, refusal } = useRead<SeenRun & { sends: number }>('replay-result', { name: run.name });
  const sends = value?.sends ?? null;
  return (
    <>
      <Refused refusal={refusal} />
      <dl class="figures result">
        <div>
          <dt>status</dt>
          <dd>
            <Status status={run.status} />
          </dd>
        </div>
        <div>
          <dt>consumer</dt>
          <dd>{run.consumer}</dd>
        </div>
        <div>
          <dt>expected</dt>
          <dd>{run.eventsExpected}</dd>
        </div>
        <div>
          <dt>handed over</dt>
          <dd>{run.events}</dd>
        </div>
        <div>
          <dt>sent to customers</dt>
          <dd class={sends !== null && sends > 0 ? 'failed-outcome' : undefined}>{sends ?? '–'}</dd>
        </div>
        <div>
          <dt>took</dt>
          <dd>{run.endedAt === null ? '–' : durationText(Date.parse(run.endedAt) - Date.parse(run.startedAt))}</dd>
        </div>
      </dl>
    </>
  );
}

function UnderWay({ run, line, onChanged }: { run: SeenRun; line: string | undefined; onChanged: () => void }) {
  const [isCancelling, setIsCancelling] = useState(false);
  const asking = useOnce();
  const isInterrupted = run.status === 'interrupted';
  const resume = (): void =>
    asking.run(async () => {
      await begin('resume-replay', { name: run.name });
      onChanged();
    });
  const cancel = (): void =>
    asking.run(async () => {
      await act('cancel-replay', { name: run.name, yes: true });
      setIsCancelling(false);
      onChanged();
    });
  return (
    <div class="under-way">
      <p>
        <Status status={run.status} /> {run.purpose} for <b>{run.consumer}</b>, <Time at={run.from} /> to{' '}
        <Time at={run.to} />
      </p>
      <progress
        aria-label={`Events handed over to ${run.consumer}`}
        max={Math.max(1, run.eventsExpected)}
        value={run.events}
      />
      <p role="status" class="quiet">
        {isInterrupted ? `Stands still after ${run.events} of about ${run.eventsExpected} events.` : lineOf(run, line)}
      </p>
      <Refused refusal={asking.refusal} />
      <div class="actions">
        {isInterrupted ? (
          <button type="button" class="main" disabled={asking.isBusy} onClick={resume}>
            Resume the replay
          </button>
        ) : null}
        <button type="button" onClick={() => setIsCancelling(true)}>
          Cancel the replay…
        </button>
      </div>
      <Dialog name="Cancel the replay" isOpen={isCancelling} onClose={() => setIsCancelling(false)}>
        <p>
          It ends for good after {run.events} of about {run.eventsExpected} events. What it replayed stays, and it
          cannot be taken up again; another one can be started.
        </p>
        <Refused refusal={asking.refusal} />
        <div class="actions">
          <button type="button" class="danger" disabled={asking.isBusy} onClick={cancel}>
            End it for good
          </button>
          <button type="button" onClick={() => setIsCancelling(false)}>
            Let it go on
          </button>
        </div>
      </Dialog>
    </div>
  );
}

/** As its driver tells it, with the time that is left; a run that was started elsewhere tells its record alone. */
function lineOf({ events, eventsExpected }: SeenRun, line: string | undefined): string {
  return line ?? `${events} of about ${eventsExpected} events`;
}
