/** Jobs of a kind, whoever began them and when. */
import { useEffect } from 'preact/hooks';
import type { Job } from '../../desk/jobs.ts';
import { read } from '../api.ts';
import { jobs, takeJobs } from '../live/stream.ts';

let isKnown = false;

/** Asks once for what began before this page was opened; the stream tells the rest. */
export function useFormerJobs(): void {
  useEffect(() => {
    if (isKnown) return;
    isKnown = true;
    read<readonly Job[]>('jobs').then(takeJobs, () => {
      isKnown = false;
    });
  }, []);
}

/** The newest of them. */
export function lastJob(isWanted: (job: Job) => boolean): Job | undefined {
  return [...jobs.value.values()].findLast(isWanted);
}
