/** A copy of what the rows run through, in a temporary folder: an edit never touches the working tree. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { applied, type Edit } from './edits.ts';
import { type Reached, reachedIn } from './reached.ts';

const COPIED = ['config', 'events', 'functions', 'local', 'policy', 'stacks', 'templates', 'test', 'package.json'];
const JUDGE = 'test/full/mutation/judge-rows.ts';
/** An edit may make a loop endless; the plain set takes a tenth of this. */
const LIMIT_MS = 120_000;

/** `missed`: a row came out otherwise; `broken`: the program did not start, threw, or did not end. */
export type Noticed = 'missed' | 'broken' | null;
export type Verdict = { readonly noticed: Noticed; readonly by: string };

export type Workspace = {
  tryEdit(edit: Edit): Promise<Verdict>;
  /** The rows on the unchanged copy, and which places they run. */
  plain(): Promise<Verdict & { readonly reached: Reached }>;
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
        return await judge(folder);
      } finally {
        writeFileSync(path, before);
      }
    },
    async plain() {
      const coverage = join(folder, 'coverage');
      const verdict = await judge(folder, { NODE_V8_COVERAGE: coverage });
      return { ...verdict, reached: reachedIn(folder, coverage) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function judge(folder: string, more: NodeJS.ProcessEnv = {}): Promise<Verdict> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [JUDGE, '--first'], {
      cwd: folder,
      env: { ...process.env, ...more },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    child.on('close', (code) => {
      clearTimeout(limit);
      const [first = ''] = said.split('\n');
      if (code === 0) resolve({ noticed: null, by: '' });
      else if (first.startsWith('miss ')) resolve({ noticed: 'missed', by: first.slice('miss '.length) });
      else resolve({ noticed: 'broken', by: code === null ? 'did not end' : 'failed' });
    });
  });
}
