/** Does the edited tree still type-check? A bug that the compiler finds is none that the checker has to find. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Bug, edited, filesOf } from '../../simulation/planted/bug.ts';
import { ROOT } from '../../simulation/planted/plant.ts';

const COPIED = ['config', 'events', 'functions', 'policy', 'stacks', 'templates', 'package.json', 'tsconfig.json'];
/** What is deployed, without the tests beside it. */
const PROJECT = {
  extends: './tsconfig.json',
  include: ['config', 'events', 'functions', 'policy', 'stacks/**/topology*.ts', 'templates'],
  exclude: ['**/*.test.ts', '**/testing.ts'],
};

export type TypeCheck = {
  /** What the compiler says, empty where it says nothing. */
  of(bug: Bug | null): Promise<string>;
  remove(): void;
};

/** A copy of the tree in a temporary folder: an edit never touches the working tree. */
export function typeCheck(): TypeCheck {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-planted-'));
  for (const entry of COPIED) cpSync(join(ROOT, entry), join(folder, entry), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'tsconfig.planted.json'), JSON.stringify(PROJECT));
  return {
    async of(bug) {
      const plain = new Map((bug ? filesOf(bug) : []).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
      for (const [file, text] of plain) writeFileSync(join(folder, file), edited(text, file, bug?.edits ?? []));
      try {
        return await compile(folder);
      } finally {
        for (const [file, text] of plain) writeFileSync(join(folder, file), text);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function compile(folder: string): Promise<string> {
  const launcher = join(ROOT, 'bin/launch.js');
  const project = join(folder, 'tsconfig.planted.json');
  try {
    await promisify(execFile)(process.execPath, [launcher, 'tool', 'tsc', '-p', project, '--pretty', 'false'], {
      cwd: ROOT,
    });
    return '';
  } catch (error) {
    return String((error as { stdout?: string }).stdout || error);
  }
}
