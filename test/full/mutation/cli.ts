// node bin/launch.js test/full/mutation/cli.ts [--edits 20] [--seed N] [--workers 2] [--only GLOB]
// Makes random single edits in policy/, one at a time in a temporary copy, and tells which of them make a shipped row miss.
import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { parseArgs } from 'node:util';
import type { Edit } from './edits.ts';
import { drawEdits, randomFrom } from './sample.ts';
import { allEdits } from './sources.ts';
import { type Verdict, workspace } from './workspace.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    only: { type: 'string', default: 'policy/**' },
  },
});

const drawn = drawEdits(
  allEdits(ROOT).filter(({ file }) => matchesGlob(file, values.only)),
  Number(values.edits),
  randomFrom(Number(values.seed)),
);
const verdicts = new Map<Edit, Verdict>();
/** No row runs these places: code for another classifier, a switch, a broken answer. */
const unreached = new Set<Edit>();
const queue = drawn.values();

async function work(): Promise<void> {
  const place = workspace(ROOT);
  try {
    const { noticed, by, reached } = await place.plain();
    if (noticed !== null) throw new Error(`a row misses without any edit: ${by}`);
    for (const edit of drawn) if (!reached(edit)) unreached.add(edit);
    for (const edit of queue) {
      const verdict = await place.tryEdit(edit);
      verdicts.set(edit, verdict);
      process.stdout.write(`${lineOf(edit, verdict)}\n`);
    }
  } finally {
    place.remove();
  }
}

function lineOf(edit: Edit, { noticed, by }: Verdict): string {
  const source = readFileSync(join(ROOT, edit.file), 'utf8');
  const line = source.slice(0, edit.start).split('\n').length;
  const short = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 60) || '(nothing)';
  const change = `${short(source.slice(edit.start, edit.end))} → ${short(edit.text)}`;
  const verdict = noticed ?? (unreached.has(edit) ? 'never run' : 'NOT NOTICED');
  return `${verdict} · ${edit.kind} · ${edit.file}:${line} · ${change}${by ? ` · ${by}` : ''}`;
}

const began = performance.now();
await Promise.all(Array.from({ length: Number(values.workers) }, work));
const count = (noticed: Verdict['noticed']): number =>
  [...verdicts.values()].filter((v) => v.noticed === noticed).length;
const reachedEdits = drawn.filter((edit) => !unreached.has(edit));
const noticedReached = reachedEdits.filter((edit) => verdicts.get(edit)?.noticed !== null);
const seconds = Math.round((performance.now() - began) / 1000);
process.stdout.write(
  `seed ${values.seed}: ${count('missed') + count('broken')} of ${drawn.length} edits noticed ` +
    `(${count('missed')} by a row, ${count('broken')} broke the run), ` +
    `${noticedReached.length} of ${reachedEdits.length} at places that the rows run, ${seconds} s\n`,
);
process.exitCode = count(null) > drawn.length / 10 ? 1 : 0;
