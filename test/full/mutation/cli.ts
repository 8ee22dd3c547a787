// node bin/launch.js test/full/mutation/cli.ts [--edits 20] [--seed N] [--workers 2] [--only GLOB]
// Makes random single edits in policy/, one at a time in a temporary copy, and tells which of them make a shipped row miss.
// Exit code 0 when at most one in ten goes unnoticed. How edits are drawn, and which are not: local/demo/README.md.
import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { parseArgs } from 'node:util';
import { isExcluded } from './excluded.ts';
import { type Drawn, drawEdits, randomFrom } from './sample.ts';
import { allEdits, allUnits, policyFiles } from './sources.ts';
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

const wanted = Number(values.edits);
/** As it is now: somebody may be at work on it meanwhile. */
const sources = new Map(policyFiles(ROOT).map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
const units = allUnits(ROOT).filter((unit) => matchesGlob(unit.file, values.only) && !isExcluded(unit));
const drawn = drawEdits(units, allEdits(ROOT), randomFrom(Number(values.seed)));
const verdicts = new Map<Drawn, Verdict>();
let redrawn = 0;
let underWay = 0;

/** Each taken edit may turn out to be one of the wanted, so the set is the same whatever the workers' pace. */
async function work(): Promise<void> {
  const place = workspace(ROOT);
  try {
    const { noticed, by } = await place.plain();
    if (noticed !== null) throw new Error(`a row misses without any edit: ${by}`);
    while (verdicts.size < wanted) {
      const next = verdicts.size + underWay < wanted ? drawn.next() : null;
      if (next?.done) break;
      if (next === null) await new Promise((resolve) => setTimeout(resolve, 100));
      else await tryOne(place, next.value);
    }
  } finally {
    place.remove();
  }
}

async function tryOne(place: ReturnType<typeof workspace>, edit: Drawn): Promise<void> {
  underWay += 1;
  const verdict = await place.tryEdit(edit);
  underWay -= 1;
  if (verdict.noticed === 'equivalent') redrawn += 1;
  else verdicts.set(edit, verdict);
  process.stdout.write(`${lineOf(edit, verdict)}\n`);
}

function lineOf(edit: Drawn, { noticed, by }: Verdict): string {
  const source = sources.get(edit.file) ?? '';
  const line = source.slice(0, edit.start).split('\n').length;
  const short = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 60) || '(nothing)';
  const change = `${short(source.slice(edit.start, edit.end))} → ${short(edit.text)}`;
  const words = noticed === 'equivalent' ? 'redrawn' : (noticed ?? 'NOT NOTICED');
  return `${words} · ${edit.kind} · ${edit.file}:${line} ${edit.unit} · ${change}${by ? ` · ${by}` : ''}`;
}

const began = performance.now();
await Promise.all(Array.from({ length: Number(values.workers) }, work));
const count = (noticed: Verdict['noticed']): number =>
  [...verdicts.values()].filter((v) => v.noticed === noticed).length;
const noticed = count('missed') + count('broken');
const seconds = Math.round((performance.now() - began) / 1000);
process.stdout.write(
  `seed ${values.seed}: ${noticed} of ${verdicts.size} edits noticed ` +
    `(${count('missed')} by a row, ${count('broken')} broke the run), ` +
    `${redrawn} redrawn because they change nothing a row could show, ${seconds} s\n`,
);
process.exitCode = noticed < verdicts.size * 0.9 || verdicts.size === 0 ? 1 : 0;
