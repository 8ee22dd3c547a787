/** What the server tells by itself: server-sent events, each kind with one listener or more. */
import { signal } from '@preact/signals';
import type { Job } from '../../desk/jobs.ts';

export type Link = 'connecting' | 'live' | 'lost';
export const link = signal<Link>('connecting');
/** Mode, limits, version. */
export const about = signal<Readonly<Record<string, string>>>({});
/** By number, the oldest first. */
export const jobs = signal<ReadonlyMap<number, Job>>(new Map());

type Listener = (value: never) => void;
const listeners = new Map<string, Set<Listener>>();
let source: EventSource | null = null;

/** Hears an event by name from now on. Answers how to stop. */
export function hear<T>(event: string, listener: (value: T) => void): () => void {
  const known = listeners.get(event) ?? new Set();
  listeners.set(event, known);
  known.add(listener as Listener);
  if (known.size === 1) source?.addEventListener(event, pass);
  return () => known.delete(listener as Listener);
}

function pass(event: MessageEvent<string>): void {
  const value = JSON.parse(event.data) as never;
  for (const listener of listeners.get(event.type) ?? []) listener(value);
}

/** The browser connects again by itself after a break. */
export function openStream(): void {
  source = new EventSource('/stream');
  source.addEventListener('open', () => {
    link.value = 'live';
  });
  source.addEventListener('error', () => {
    link.value = 'lost';
  });
  for (const event of listeners.keys()) source.addEventListener(event, pass);
}

hear<Readonly<Record<string, string>>>('about', (value) => {
  about.value = value;
});
hear<Job>('job', (job) => {
  jobs.value = new Map(jobs.value).set(job.id, job);
});

/** Jobs that began before this page was opened. */
export function takeJobs(known: readonly Job[]): void {
  // What the stream has told meanwhile is newer.
  jobs.value = new Map(
    [...known.map((job) => [job.id, job] as const), ...jobs.value].sort(([one], [two]) => one - two),
  );
}
