/** What runs of each file of policy/ that an edit may hit, as a hash: comments, types and layout do not count. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyHash } from '../../../../tools/release/policy-hash.ts';
import { policyFiles } from '../sources.ts';

/** SHA-256 in hex by file. */
export function policyHashes(root: string): ReadonlyMap<string, string> {
  return new Map(
    policyFiles(root).map((file) => [file, policyHash([{ path: file, text: readFileSync(join(root, file), 'utf8') }])]),
  );
}
