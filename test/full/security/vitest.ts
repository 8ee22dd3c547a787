/** Test files run in a folder of their own process, and what they told. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { FileReport } from './verdict.ts';

/** A test that hangs without its control has not failed by an assertion. */
const LIMIT_MS = 10 * 60_000;

type Report = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};

/** By test file, from the folder's root. @throws where vitest itself came to no result */
export async function runTests(root: string, files: readonly string[]): Promise<Map<string, FileReport>> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-controls-'));
  const told = join(folder, 'told.json');
  try {
    const said = await vitest(root, [...files, '--reporter=json', `--outputFile=${told}`, '--maxWorkers=1']);
    if (!existsSync(told)) throw new Error(`vitest came to no result for ${files.join(', ')}: ${said.slice(-2000)}`);
    const { testResults } = JSON.parse(readFileSync(told, 'utf8')) as Report;
    return new Map(testResults.map(({ name, ...file }) => [relative(root, name), reportOf(file)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function reportOf({ status, message, assertionResults }: Omit<Report['testResults'][number], 'name'>): FileReport {
  const failed = assertionResults.filter((test) => test.status === 'failed');
  return {
    passed: assertionResults.filter((test) => test.status === 'passed').length,
    failed: failed.map(({ fullName, failureMessages }) => ({ name: fullName, says: failureMessages })),
    broken: status === 'failed' && failed.length === 0 ? message : null,
  };
}

/** What it printed. In a process group of its own, so that what a hanging test started ends with it. */
function vitest(root: string, words: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, ['bin/launch.js', 'tool', 'vitest', 'run', ...words], {
    cwd: root,
    env: { ...process.env, CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const limit = setTimeout(() => end(child.pid), LIMIT_MS);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(limit);
      resolve(said);
    });
  });
}

function end(group: number | undefined): void {
  if (group !== undefined) process.kill(-group, 'SIGKILL');
}
