/** Data folders as released versions left them after `kill -9` (tools/make-fixture.ts). */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { ROOT } from '../../../local/platform/release.ts';

/** Unpacks the folder of a release into `home`, which is made, and answers its path. */
export function unpackFixture(release: string, home: string): string {
  mkdirSync(home, { recursive: true });
  const packed = readFileSync(join(ROOT, 'local/platform/fixtures', `${release}.tar.br`));
  execFileSync('tar', ['-xf', '-', '-C', home], { input: brotliDecompressSync(packed) });
  return join(home, 'data');
}
