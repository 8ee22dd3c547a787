/** Processes that judge edits side by side; one that does not answer in time is ended and its edit counts as noticed. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, Question } from './judge.ts';

/** An edit may make a loop endless; all tests and the comparison together take ten seconds on an idle machine. */
const LIMIT_MS = 75_000;

export type Verdict = Pick<Answer, 'by' | 'differs'>;
export type Judges = { judge(file: string, text: string): Promise<Verdict>; end(): void };

type Waiting = { readonly question: Question; readonly done: (verdict: Verdict) => void };

/** @throws when the tests fail without an edit */
export async function judges(root: string, count: number): Promise<Judges> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-edits-'));
  const queue: Waiting[] = [];
  const children = new Set<ChildProcess>();
  const idle = new Set<ChildProcess>();
  let lastId = 0;

  async function start(): Promise<void> {
    const env = { ...process.env, MUTATION_BASELINE: join(folder, 'baseline') };
    const child = fork(join(import.meta.dirname, 'judge.ts'), {
      cwd: root,
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    children.add(child);
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', () => reject(new Error('the tests do not pass without an edit, or did not start')));
    });
    child.removeAllListeners('exit');
    idle.add(child);
    next();
  }

  function next(): void {
    for (const child of idle) {
      const waiting = queue.shift();
      if (waiting === undefined) return;
      idle.delete(child);
      ask(child, waiting);
    }
  }

  function ask(child: ChildProcess, { question, done }: Waiting): void {
    const end = (verdict: Verdict): void => {
      clearTimeout(limit);
      child.removeAllListeners();
      done(verdict);
    };
    const replaced = (by: string): void => {
      children.delete(child);
      child.kill('SIGKILL');
      end({ by, differs: true });
      void start();
    };
    const limit = setTimeout(() => replaced('did not end'), LIMIT_MS);
    child.once('exit', () => replaced('ended the process'));
    child.once('message', ({ by, differs }: Answer) => {
      end({ by, differs });
      idle.add(child);
      next();
    });
    child.send(question);
  }

  // The first writes down what comes out without an edit, which the others compare with.
  for (let at = 0; at < count; at += 1) await start();
  return {
    judge: (file, text) =>
      new Promise((done) => {
        lastId += 1;
        queue.push({ question: { id: lastId, file, text }, done });
        next();
      }),
    end(): void {
      for (const child of children) child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
