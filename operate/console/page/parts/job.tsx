/** What takes long, as it goes on: its last lines, its end. */

import { Refusal } from '../api.ts';
import { jobs } from '../live/stream.ts';
import { Notice, Refused } from './notice.tsx';

/** @param id  as `begin` answered it; nothing is shown for `null`. */
export function JobProgress({ id }: { id: number | null }) {
  const job = id === null ? undefined : jobs.value.get(id);
  if (job === undefined) return null;
  if (job.state === 'failed' && job.refused !== undefined) {
    const { code, message, cure } = job.refused;
    return <Refused refusal={new Refusal(code, message, cure)} />;
  }
  return (
    <Notice kind={job.state === 'done' ? 'done' : 'wait'}>
      <b>{job.state === 'done' ? 'Done.' : 'Under way.'}</b>
      {job.lines.length > 0 ? <pre>{job.lines.slice(-8).join('\n')}</pre> : null}
    </Notice>
  );
}

/** The value of a job that is done; `null` before, and of one that failed. */
export function jobValue<T>(id: number | null): T | null {
  const job = id === null ? undefined : jobs.value.get(id);
  return job?.state === 'done' ? (job.value as T) : null;
}
