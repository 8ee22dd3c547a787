/** One level of the ladder: its effect in words, and everything of it that is stopped. */
import type { SeenPlace, SeenRung } from '../../../actions/switches.ts';
import type { Job } from '../../../desk/jobs.ts';
import { lastJob } from '../../parts/jobs.ts';
import { Time } from '../../parts/time.tsx';
import { SwitchProgress } from './progress.tsx';
import { LEVEL_TITLES, msText, nameOf, resumeWord, STOP_WORDS, sentence } from './words.ts';

const JOBS: readonly string[] = ['stop', 'resume', 'verify-stop'];

export type RungActs = {
  stop(rung: SeenRung): void;
  resume(rung: SeenRung, place: SeenPlace): void;
  verify(rung: SeenRung, place: SeenPlace): void;
  /** Whether the end of this job is news to who looks at this page. */
  isNews(job: Job): boolean;
};

export function RungItem({ rung, acts }: { rung: SeenRung; acts: RungActs }) {
  const stopped = rung.places.filter(({ state }) => state === 'stopped');
  const unstarted = rung.places.filter(({ state }) => state === 'never_started');
  const isOff = stopped.length > 0;
  const named = lastJobs(rung, acts);
  return (
    <li class={`rung ${isOff ? 'off' : ''}`} aria-label={`Level ${rung.number}: ${LEVEL_TITLES[rung.level]}`}>
      <span class="level" aria-hidden="true">
        {rung.number}
      </span>
      <div class="about">
        <h3>{LEVEL_TITLES[rung.level]}</h3>
        <p>
          {sentence(rung.effect)} <span class="quiet">Goes on: {rung.goesOn}.</span>
        </p>
      </div>
      <span class="state">
        <StateBadge rung={rung} stopped={stopped.length} />
      </span>
      <div class="do">
        {rung.places.some(({ state }) => state === 'on') ? (
          <button type="button" class="danger-quiet" onClick={() => acts.stop(rung)}>
            {STOP_WORDS[rung.level]}…
          </button>
        ) : null}
      </div>
      {isOff || named.length > 0 ? (
        <ul class="stops" aria-label={`Stopped: ${LEVEL_TITLES[rung.level]}`}>
          {stopped.map((place) => (
            <StoppedPlace key={place.only ?? ''} rung={rung} place={place} acts={acts} />
          ))}
          {named
            .filter(([only]) => !stopped.some((place) => place.only === only))
            .map(([only, job]) => (
              <li key={only ?? ''}>
                <b class="what">{only ?? LEVEL_TITLES[rung.level]}</b>
                <SwitchProgress job={job} />
              </li>
            ))}
        </ul>
      ) : null}
      {unstarted.length > 0 ? (
        <details class="unstarted">
          <summary>
            {unstarted.length} {unstarted.length === 1 ? rung.level : `${rung.level}s`} never started
          </summary>
          <ul>
            {unstarted.map((place) => (
              <li key={place.only ?? ''}>
                {nameOf(rung, place)}{' '}
                <button type="button" onClick={() => acts.resume(rung, place)}>
                  {resumeWord(rung, place)}…
                </button>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </li>
  );
}

function StateBadge({ rung, stopped }: { rung: SeenRung; stopped: number }) {
  const all = rung.places.length;
  if (stopped === 0) return <span class="badge replied">not stopped</span>;
  return <span class="badge failed-outcome">{all === 1 ? 'stopped' : `${stopped} of ${all} stopped`}</span>;
}

function StoppedPlace({ rung, place, acts }: { rung: SeenRung; place: SeenPlace; acts: RungActs }) {
  const name = nameOf(rung, place);
  const job = jobOf(rung, place.only, acts);
  return (
    <li>
      <b class="what">{name}</b>
      <span class="why">
        {place.since === null ? (
          'stopped from the first'
        ) : (
          <>
            stopped since <Time at={place.since} /> by {place.by ?? 'somebody without a name'}
          </>
        )}
        {place.reason === null ? '' : `: ${place.reason}`}
      </span>
      <span class="verified">
        {place.verified === null ? (
          'Not verified here yet.'
        ) : (
          <>
            In force, verified at <Time at={place.verified.verifiedAt} /> after {msText(place.verified.ms)}.
          </>
        )}
      </span>
      <span class="do">
        <button type="button" onClick={() => acts.verify(rung, place)} disabled={job?.state === 'running'}>
          Verify {place.only ?? name.toLowerCase()} again
        </button>
        <button type="button" onClick={() => acts.resume(rung, place)} disabled={job?.state === 'running'}>
          {resumeWord(rung, place)}…
        </button>
      </span>
      <SwitchProgress job={job} />
    </li>
  );
}

/** What goes on about one switch, or has just ended. */
function jobOf(rung: SeenRung, only: string | null, acts: RungActs): Job | undefined {
  const job = lastJob(
    ({ name, about }) => JOBS.includes(name) && about.level === rung.level && (about.only ?? null) === only,
  );
  return job !== undefined && acts.isNews(job) ? job : undefined;
}

function lastJobs(rung: SeenRung, acts: RungActs): readonly (readonly [string | null, Job])[] {
  return rung.places.flatMap(({ only }) => {
    const job = jobOf(rung, only, acts);
    return job === undefined ? [] : [[only, job] as const];
  });
}
