/** Jobs of a kind, whoever began them and when. */
import type { Job } from '../../desk/jobs.ts';
import { jobs } from '../live/stream.ts';

/** The newest of them. */
export function lastJob(isWanted: (job: Job) => boolean): Job | undefined {
  return [...jobs.value.values()].findLast(isWanted);
}
