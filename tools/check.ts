import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { answerVersion } from '../local/platform/release.ts';

const ROOT = dirname(import.meta.dirname);

/** One thing `npm run check` looks at: the launcher's arguments that do it. */
type Step = { name: string; run: readonly string[] };

// npm run check (interfaces §1). A step that cannot run fails; none is left out silently.
const STEPS: readonly Step[] = [
  { name: 'types', run: ['tool', 'tsc', '-p', '.'] },
  { name: 'types of the console’s page', run: ['tool', 'tsc', '-p', 'operate/console/page'] },
  { name: 'types of the SST modules', run: ['tools/stacks-types.ts'] },
  {
    name: 'lint and format',
    run: ['tool', 'biome', 'check', '--error-on-warnings', '--diagnostic-level=warn', '--colors=off', '.'],
  },
  { name: 'templates', run: ['tools/templates-lint.ts'] },
  { name: 'generated files fresh', run: ['tools/fresh.ts'] },
  { name: 'events compatible with the last release', run: ['tools/compatibility.ts'] },
  { name: 'release stamps and notes', run: ['tools/release-notes.ts'] },
  { name: 'corpus varied', run: ['tools/corpus.ts', 'check'] },
  { name: 'embedded weights fresh', run: ['tools/embedded.ts', 'check'] },
  { name: 'learnt screen fresh', run: ['tools/screen.ts', 'check'] },
  { name: 'unused exports and dependencies', run: ['tool', 'knip', '--no-progress'] },
  { name: 'packages', run: ['tools/supply.ts'] },
  { name: 'no secrets', run: ['tools/secrets.ts'] },
  { name: 'docs/proof.md', run: ['tools/proof.ts', '--check'] },
];

/** Passed, they still have something to say: what they could not judge, what they count. */
const TALKING = ['types of the SST modules', 'packages', 'docs/proof.md'];

type Outcome = { ok: boolean; output: string; seconds: number };

function perform(step: Step): Promise<Outcome> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'bin/launch.js'), ...step.run], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((done) => {
    const end = (ok: boolean) => done({ ok, output, seconds: (performance.now() - began) / 1000 });
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

answerVersion(process.argv.slice(2));
let failed = 0;
for (const step of STEPS) {
  const { ok, output, seconds } = await perform(step);
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${step.name} (${seconds.toFixed(1)} s)\n`);
  if (!ok) failed += 1;
  if (!ok || TALKING.includes(step.name)) process.stdout.write(indent(output));
}
process.stdout.write(`${STEPS.length} checks, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '       ');
}
