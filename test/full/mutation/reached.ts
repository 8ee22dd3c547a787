/** Which places of policy/ the rows run at all: from V8's own coverage of the unchanged copy. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Edit } from './edits.ts';

const Coverage = v.object({
  result: v.array(
    v.object({
      url: v.string(),
      functions: v.array(
        v.object({
          ranges: v.array(v.object({ startOffset: v.number(), endOffset: v.number(), count: v.number() })),
        }),
      ),
    }),
  ),
});
type Range = { readonly startOffset: number; readonly endOffset: number; readonly count: number };

export type Reached = (edit: Edit) => boolean;

/** @param coverageFolder  what a run under `NODE_V8_COVERAGE` left; types are stripped in place, so offsets are the source's. */
export function reachedIn(root: string, coverageFolder: string): Reached {
  const ranges = new Map<string, Range[]>();
  for (const name of globSync('*.json', { cwd: coverageFolder })) {
    const { result } = v.parse(Coverage, JSON.parse(readFileSync(join(coverageFolder, name), 'utf8')));
    for (const { url, functions } of result) {
      if (!url.startsWith('file:')) continue;
      const path = fileURLToPath(url);
      if (path.startsWith(join(root, 'policy'))) {
        ranges.set(
          path.slice(root.length + 1),
          functions.flatMap((one) => one.ranges),
        );
      }
    }
  }
  return ({ file, start }) => innermost(ranges.get(file) ?? [], start)?.count !== 0;
}

function innermost(ranges: readonly Range[], at: number): Range | undefined {
  return ranges
    .filter(({ startOffset, endOffset }) => startOffset <= at && at < endOffset)
    .reduce<Range | undefined>((best, range) => (best && sizeOf(best) <= sizeOf(range) ? best : range), undefined);
}

const sizeOf = ({ startOffset, endOffset }: Range): number => endOffset - startOffset;
