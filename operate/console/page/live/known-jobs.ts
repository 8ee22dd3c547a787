/** Jobs after a break of the stream: what it did not tell, the server answers. Pure. */
import type { Job } from '../../desk/jobs.ts';

export type Jobs = ReadonlyMap<number, Job>;

/**
 * The answer wins. One that it does not know ended before, and of it the end stays that was told; running it is no more.
 *
 * @param told  numbers of those of which the stream told since the server was asked: that is as new as the answer, or newer
 */
export function knownJobs(before: Jobs, answer: readonly Job[], told: ReadonlySet<number>): Jobs {
  const stays = [...before.values()].filter(({ id, state }) => told.has(id) || state !== 'running');
  const answered = answer.filter(({ id }) => !told.has(id));
  return new Map([...stays, ...answered].map((job) => [job.id, job] as const).sort(([one], [two]) => one - two));
}
