import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './sources.ts';

// The linter's half of architecture §7: planted violations, judged by the repository's own biome.json.
const PLANTED = [
  'export const wait = (f: () => void) => [setTimeout(f, 1), setInterval(f, 1), setImmediate(f)];',
  'export const read = (url: string) => fetch(url);',
  'export const stage = process.env;',
].join('\n');
const DENIED = ['fetch', 'process', 'setImmediate', 'setInterval', 'setTimeout'];

const REFUSED = ['events/a.ts', 'policy/x/a.ts', 'templates/a.ts', 'functions/shared/x/a.ts', 'functions/verify/a.ts'];
const FREE = [
  'functions/shared/clock/live.ts',
  'functions/shared/clock/live-deadline.ts',
  'functions/shared/clock.live.ts',
  'functions/verify/lambda.ts',
  'functions/responder/reply/lambda.ts',
  'policy/a.test.ts',
  'functions/shared/x/a.testing.ts',
  'local/a.ts',
];

let folder = '';
let findings: { path: string; category: string; text: string }[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-lint-'));
  copyFileSync(join(ROOT, 'biome.json'), join(folder, 'biome.json'));
  for (const path of [...REFUSED, ...FREE]) plant(path, PLANTED);
  plant('local/loud.ts', 'console.log(1);');
  const ended = spawnSync(
    process.execPath,
    [
      join(ROOT, 'bin/launch.js'),
      'tool',
      'biome',
      'lint',
      '--vcs-enabled=false',
      '--reporter=json',
      '--max-diagnostics=none',
      '.',
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  findings = readFindings(ended.stdout);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function plant(path: string, text: string): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function readFindings(json: string): typeof findings {
  const report: { diagnostics: { category: string; message: string; location: { path: string } }[] } = JSON.parse(json);
  return report.diagnostics.map((found) => ({
    path: found.location.path,
    category: found.category,
    text: found.message,
  }));
}

function deniedIn(path: string): string[] {
  const texts = findings
    .filter((found) => found.path === path && found.category === 'lint/style/noRestrictedGlobals')
    .map((found) => found.text);
  return DENIED.filter((name) => texts.some((text) => text.includes(name)));
}

describe('plain globals that reach time, network or environment', () => {
  it.each(REFUSED)('are refused in %s', (path) => expect(deniedIn(path)).toEqual(DENIED));
  it.each(FREE)('are free in %s', (path) => expect(deniedIn(path)).toEqual([]));
});

describe('console', () => {
  it('is refused everywhere', () => {
    expect(findings.filter((found) => found.path === 'local/loud.ts').map((found) => found.category)).toContain(
      'lint/suspicious/noConsole',
    );
  });
});
