/** What the server tells by itself: server-sent events, each kind with one listener or more. */
import { signal } from '@preact/signals';
import type { Job } from '../../desk/jobs.ts';
import { read } from '../api.ts';
import { type Jobs, knownJobs } from './known-jobs.ts';

/** `over`: the browser does not try again, since the server refused it. */
export type Link = 'connecting' | 'live' | 'lost' | 'over';
export const link = signal<Link>('connecting');
/** Mode, limits, version. */
export const about = signal<Readonly<Record<string, string>>>({});
/** By number, the oldest first. */
export const jobs = signal<Jobs>(new Map());

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
  const opened = new EventSource('/stream');
  source = opened;
  opened.addEventListener('open', () => {
    link.value = 'live';
    learnJobs();
  });
  opened.addEventListener('error', () => {
    link.value = opened.readyState === EventSource.CLOSED ? 'over' : 'lost';
  });
  for (const event of listeners.keys()) opened.addEventListener(event, pass);
}

/** Jobs of which the stream told since the server was asked for all of them. */
let told = new Set<number>();

/** What began before this page was opened, and what ended while the stream was broken, it never told. */
function learnJobs(): void {
  const since = new Set<number>();
  told = since;
  read<readonly Job[]>('jobs').then(
    (answer) => {
      // An answer that a later question has overtaken says nothing new.
      if (told === since) jobs.value = knownJobs(jobs.value, answer, since);
    },
    () => {
      // Asked again when the stream opens again.
    },
  );
}

hear<Readonly<Record<string, string>>>('about', (value) => {
  about.value = value;
});
hear<Job>('job', (job) => {
  told.add(job.id);
  jobs.value = new Map(jobs.value).set(job.id, job);
});
