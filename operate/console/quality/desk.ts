/** The desk's side of the thread that reads for the page of quality: what it said last is answered at once. */
import { Worker } from 'node:worker_threads';
import { Failure, failureOf } from '../../failure.ts';
import { type DeskContext, settingsOf } from '../desk/action.ts';
import type { Refused } from '../desk/messages.ts';
import type { Look, Read, Snapshot } from './messages.ts';

/** Slim facts of 35 days with 100,000 conversations are some 300 MB. */
const HEAP_MB = 1024;
const FIRST_WAIT_MS = 250;

let thread: Worker | null = null;
let last: Snapshot | null = null;
let refused: Refused | null = null;
const waiting: (() => void)[] = [];

/**
 * @returns `snapshot`: `null` while the first reading has shown nothing yet; `refused`: why it is not of this moment, where the trail
 * could not be read since
 * @throws Failure where the trail cannot be read, and never was
 */
export async function qualitySnapshot(
  context: DeskContext,
): Promise<{ readonly snapshot: Snapshot | null; readonly refused: Refused | null }> {
  look(context);
  if (last === null && refused === null) await first();
  if (refused !== null && last === null) {
    const { code, message, cure } = refused;
    refused = null;
    throw new Failure(code, message, cure);
  }
  return { snapshot: last, refused };
}

/** Something was said that changes the page. */
export function look(context: DeskContext): void {
  thread ??= start(context);
  thread.postMessage({ look: true } satisfies Look);
}

function first(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, FIRST_WAIT_MS);
    waiting.push(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function start(context: DeskContext): Worker {
  const fresh = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: settingsOf(context),
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  fresh.on('message', (read: Read) => {
    if ('snapshot' in read) [last, refused] = [read.snapshot, null];
    else refused = read.refused;
    for (const go of waiting.splice(0)) go();
  });
  fresh.on('error', (error) => {
    const { code, message, cure } = failureOf(error);
    refused = { code, message, cure };
    for (const go of waiting.splice(0)) go();
  });
  fresh.on('exit', () => {
    if (thread === fresh) thread = null;
  });
  fresh.unref();
  return fresh;
}
