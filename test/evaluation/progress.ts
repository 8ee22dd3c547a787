/** Progress on stderr, for files that take longer than a moment. */
import type { Progress } from './run.ts';

const FIRST_MS = 3_000;
const EVERY_MS = { terminal: 500, plain: 15_000 } as const;

/** @param size  bytes of the file */
export function progressOn(stream: NodeJS.WriteStream, size: number) {
  const began = performance.now();
  const every = stream.isTTY ? EVERY_MS.terminal : EVERY_MS.plain;
  let last = began + FIRST_MS - every;
  let isShown = false;
  const clear = (): void => {
    if (isShown && stream.isTTY) stream.write('\r\x1b[K');
    isShown = false;
  };
  return {
    at({ rows, bytes }: Progress): void {
      if (rows % 64 !== 0) return;
      const now = performance.now();
      if (now - last < every) return;
      last = now;
      clear();
      const rate = Math.round((rows / (now - began)) * 1000);
      const text = `${rows} rows, ${Math.round((bytes / Math.max(1, size)) * 100)} %, ${rate} rows/s`;
      stream.write(stream.isTTY ? text : `eval: ${text}\n`);
      isShown = true;
    },
    say(text: string): void {
      clear();
      stream.write(`eval: ${text}\n`);
    },
    end: clear,
  };
}
