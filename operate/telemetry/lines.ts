/** Lines of a file of the data folder and of the one before it, and what comes after them. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const PIECE_BYTES = 1024 * 1024;

/**
 * Answers all whole lines since the last call, at first those of both files; a file that took its place is followed. Nothing
 * where there is none.
 */
export function lineReader(file: string): () => string[] {
  let place = { inode: 0, offset: 0 };
  let rest = '';
  return () => {
    const current = inodeOf(file);
    let text = '';
    if (current !== place.inode) {
      const former = readFrom(`${file}.1`, inodeOf(`${file}.1`) === place.inode ? place.offset : 0);
      text = former.text;
      place = { inode: current, offset: 0 };
    }
    const read = readFrom(file, place.offset);
    place = { ...place, offset: read.offset };
    const lines = (rest + text + read.text).split('\n');
    rest = lines.pop() ?? '';
    return lines;
  };
}

/** `null` where the line is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function inodeOf(file: string): number {
  return withFile(file, (descriptor) => fstatSync(descriptor).ino) ?? 0;
}

function readFrom(file: string, offset: number): { readonly text: string; readonly offset: number } {
  const read = withFile(file, (descriptor) => {
    const piece = Buffer.alloc(PIECE_BYTES);
    const decoder = new StringDecoder('utf8');
    let [text, at] = ['', offset];
    for (let bytes = -1; bytes !== 0; ) {
      bytes = readSync(descriptor, piece, 0, piece.length, at);
      text += decoder.write(piece.subarray(0, bytes));
      at += bytes;
    }
    return { text, offset: at };
  });
  return read ?? { text: '', offset };
}

/** `null` where there is no such file. */
function withFile<T>(file: string, use: (descriptor: number) => T): T | null {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return null;
  }
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
