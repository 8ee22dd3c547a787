/** A copy of what the rows run through, in a temporary folder: an edit never touches the working tree. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { applied, type Edit } from './edits.ts';

const COPIED = ['config', 'events', 'functions', 'local', 'policy', 'stacks', 'templates', 'test', 'package.json'];
const JUDGE = 'test/full/mutation/judge-rows.ts';
const ORACLE = 'test/full/mutation/oracle/cli.ts';
const BASELINE = 'oracle.json';
/** An edit may make a loop endless; the plain set takes a tenth of this. */
const LIMIT_MS = 180_000;

/**
 * `missed`: a row came out otherwise; `broken`: the program did not start, threw, or did not end; `equivalent`: no row
 * missed and nothing that one could show differs, over all texts, orders and inputs of the oracle; `null`: not noticed.
 */
export type Noticed = 'missed' | 'broken' | 'equivalent' | null;
export type Verdict = { readonly noticed: Noticed; readonly by: string };

export type Workspace = {
  tryEdit(edit: Edit): Promise<Verdict>;
  /** The rows on the unchanged copy; what the oracle sees there is kept for comparison. */
  plain(): Promise<Verdict>;
  remove(): void;
};

export function workspace(root: string): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-mutation-'));
  for (const entry of COPIED) {
    cpSync(join(root, entry), join(folder, entry), {
      recursive: true,
      filter: (path) => !['node_modules', 'generated.tmp', '.frontdesk'].includes(basename(path)),
    });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return {
    async tryEdit(edit) {
      const path = join(folder, edit.file);
      const before = readFileSync(path, 'utf8');
      writeFileSync(path, applied(edit, before));
      try {
        const verdict = await judge(folder);
        if (verdict.noticed !== null) return verdict;
        const seen = await run(folder, ORACLE, 'compare', BASELINE, sectionOf(edit));
        return seen.code === 0 ? { noticed: 'equivalent', by: '' } : { noticed: null, by: seen.said.trim() };
      } finally {
        writeFileSync(path, before);
      }
    },
    async plain() {
      const seen = await run(folder, ORACLE, 'write', BASELINE);
      return seen.code === 0 ? judge(folder) : { noticed: 'broken', by: 'the oracle failed' };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Where a difference is likeliest is looked at first. */
function sectionOf({ file }: Edit): string {
  if (file.startsWith('policy/text/')) return 'texts';
  return file.startsWith('policy/orders/') ? 'orders' : 'inputs';
}

async function judge(folder: string): Promise<Verdict> {
  const { code, said } = await run(folder, JUDGE, '--first');
  const [first = ''] = said.split('\n');
  if (code === 0) return { noticed: null, by: '' };
  if (first.startsWith('miss ')) return { noticed: 'missed', by: first.slice('miss '.length) };
  return { noticed: 'broken', by: code === null ? 'did not end' : 'failed' };
}

type Ran = { readonly code: number | null; readonly said: string };

function run(folder: string, script: string, ...words: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, '.compiled') };
    const child = spawn(process.execPath, [script, ...words], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    child.on('close', (code) => {
      clearTimeout(limit);
      resolve({ code, said });
    });
  });
}
