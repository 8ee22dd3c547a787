/** `bundle`: bytes of each function as it is deployed, minified; `gzip` is what a cold start has to fetch. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleAll } from '../../../tools/bundle/bundle.ts';
import type { Measured } from '../row.ts';
import type { Measure } from './measure.ts';

export const bundle: Measure = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-bundles-'));
  try {
    const bundles = await bundleAll(folder);
    return bundles.map(
      ({ name, file, bytes }): Measured => ({
        name: 'bundle',
        of: name,
        unit: 'bytes',
        value: bytes,
        n: 1,
        gzip: gzipSync(readFileSync(file)).byteLength,
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
