/** Lines of a file, one at a time, so that a million rows need no more memory than one. */
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';

/** What a line may hold; beyond it somebody forgot the line ends. */
export const MAX_LINE_BYTES = 8_000_000;

export type Line = {
  /** 1-based. */
  readonly line: number;
  /** `null`: too long, or no UTF-8. */
  readonly text: string | null;
  readonly problem?: 'too_long' | 'no_utf8';
  /** Bytes read so far, this line included. */
  readonly bytes: number;
};

/** Splits at line feeds alone: JSON may hold any other separator in a text. Throws when the file cannot be read. */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  let parts: Buffer[] = [];
  let size = 0;
  let line = 0;
  let bytes = 0;
  const finish = (): Line => {
    line += 1;
    const whole = size > MAX_LINE_BYTES ? null : Buffer.concat(parts);
    parts = [];
    size = 0;
    if (whole === null) return { line, text: null, problem: 'too_long', bytes };
    try {
      return { line, text: decoder.decode(whole), bytes };
    } catch {
      return { line, text: null, problem: 'no_utf8', bytes };
    }
  };
  const keep = (part: Buffer): void => {
    size += part.length;
    if (size > MAX_LINE_BYTES) parts = [];
    else parts.push(part);
  };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      bytes += at + 1 - from;
      keep(chunk.subarray(from, at));
      yield finish();
      from = at + 1;
    }
    bytes += chunk.length - from;
    if (from < chunk.length) keep(chunk.subarray(from));
  }
  if (size > 0) yield finish();
}
