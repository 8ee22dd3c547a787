/** Whether memory stays flat: what is left after a full collection, early in a run and at its end. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MEBIBYTE = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function heapNow(): number {
  collect();
  return process.memoryUsage().heapUsed / MEBIBYTE;
}

/** Call it as work goes on; the first tenth warms up, and the rest may not add to it. */
export function heapWatch(total: number): { at(done: number): void; growth(): { from: number; to: number } } {
  let from: number | undefined;
  return {
    at(done) {
      if (from === undefined && done >= total / 10) from = heapNow();
    },
    growth: () => ({ from: from ?? heapNow(), to: heapNow() }),
  };
}
