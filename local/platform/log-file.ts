/** What the functions write to their logs: one file of JSON lines, kept to a size. */
import { appendFileSync, renameSync, statSync } from 'node:fs';

export type LogFile = { write(line: string): void; close(): void };

/** The file and the one before it: 32 MB in all. */
const MAX_BYTES = 16 * 1024 * 1024;
const FLUSH_MS = 250;

/**
 * @param file  `null` keeps nothing
 * @param maxBytes  of the file; there is one before it
 */
export function openLogFile(file: string | null, maxBytes = MAX_BYTES): LogFile {
  if (file === null) return { write: () => {}, close: () => {} };
  let lines: string[] = [];
  let bytes = sizeOf(file);
  const flush = (): void => {
    if (lines.length === 0) return;
    const text = `${lines.join('\n')}\n`;
    lines = [];
    if (bytes > maxBytes) {
      renameSync(file, `${file}.1`);
      bytes = 0;
    }
    appendFileSync(file, text, { mode: 0o600 });
    bytes += Buffer.byteLength(text);
  };
  const timer = setInterval(flush, FLUSH_MS);
  timer.unref();
  return {
    write: (line) => void lines.push(line),
    close: () => {
      clearInterval(timer);
      flush();
    },
  };
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
