/** A stop or a resume as it goes on: set, waiting until in force, verified. */
import type { Job } from '../../../desk/jobs.ts';
import { Refusal } from '../../api.ts';
import { Refused } from '../../parts/notice.tsx';
import { Time } from '../../parts/time.tsx';
import { msText } from './words.ts';

type Verified = { readonly verifiedAt: string; readonly ms: number };

export function SwitchProgress({ job }: { job: Job | undefined }) {
  if (job === undefined) return null;
  if (job.state === 'failed' && job.refused !== undefined) {
    const { code, message, cure } = job.refused;
    return <Refused refusal={new Refusal(code, message, cure)} />;
  }
  const verified = job.state === 'done' ? (job.value as Verified) : null;
  if (job.name === 'resume')
    return (
      <p class="steps-line" role="status">
        {verified === null ? 'Resuming…' : 'Resumed. In force everywhere within 60 s.'}
      </p>
    );
  const isSet = job.name === 'verify-stop' || job.lines.length > 0 || verified !== null;
  return (
    <div class="steps-line" role="status">
      <ol class="steps" aria-label="How far it is">
        <Step name="Set" state={isSet ? 'done' : 'now'} />
        <Step
          name={verified === null && job.lines.length > 1 ? `Waiting: ${job.lines.at(-1)}` : 'Waiting until in force'}
          state={verified !== null ? 'done' : isSet ? 'now' : 'later'}
        />
        <li class={verified === null ? 'later' : 'done'}>
          {verified === null ? (
            'Verified'
          ) : (
            <>
              Verified at <Time at={verified.verifiedAt} /> after {msText(verified.ms)}
            </>
          )}
        </li>
      </ol>
    </div>
  );
}

function Step({ name, state }: { name: string; state: 'done' | 'now' | 'later' }) {
  return (
    <li class={state} aria-current={state === 'now' ? 'step' : undefined}>
      {name}
    </li>
  );
}
