/** What a folder takes on disk. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of all files below; a file that goes away meanwhile counts nothing. */
export function folderBytes(folder: string): number {
  let bytes = 0;
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) bytes += fileBytes(join(entry.parentPath, entry.name));
    }
  } catch {
    return bytes;
  }
  return bytes;
}

function fileBytes(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
