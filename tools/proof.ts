import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { answerVersion } from '../local/platform/release.ts';
import type { ProofPart, Run } from '../test/full/part.ts';
import { PARTS } from '../test/full/parts.ts';
import { type ProofRow, parseProof, renderProof } from '../test/full/proof-file.ts';
import { shareOf } from '../test/full/share.ts';
import { commandLine, FAILED, type Measured, NOT_HELD, objections } from '../test/full/staleness.ts';

// npm run test:full -- [--only NAME]… [--share K/N] [--out FILE] · tools/proof.ts --check [--strict] · --list

const ROOT = dirname(import.meta.dirname);
const PRODUCT = ['config', 'events', 'functions', 'local', 'operate', 'policy', 'stacks', 'templates'];

answerVersion(process.argv.slice(2));
const options = readOptions();
const file = resolve(ROOT, options.out ?? 'docs/proof.md');
if (options.list) for (const part of PARTS) say(`${part.name}\t${part.line}`);
else if (options.check) process.exitCode = check(options.strict ?? false);
else process.exitCode = await measure(asked());

function readOptions() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string', multiple: true },
        share: { type: 'string' },
        out: { type: 'string' },
        check: { type: 'boolean' },
        strict: { type: 'boolean' },
        list: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function asked(): readonly string[] {
  const parts = options.share === undefined ? PARTS : shareOf(PARTS, options.share);
  if (parts === null) return refuse(`--share ${options.share}: write it as K/N, the K-th of N shares, such as 2/8`);
  return options.only ?? parts.map(({ name }) => name);
}

async function measure(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0) {
    refuse(`no such part: ${unknown.join(', ')}; there are ${PARTS.map(({ name }) => name).join(', ')}`);
  }
  let rows = readRows();
  let failed = 0;
  for (const part of PARTS.filter(({ name }) => names.includes(name))) {
    const commit = headCommit();
    say(`${part.name}: ${commandLine(part.command)}`);
    const run = await perform(part);
    const figure = judge(part, run);
    if (figure.startsWith(FAILED)) failed += 1;
    say(`${part.name}: ${figure} (${run.seconds.toFixed(0)} s)`);
    rows = PARTS.flatMap(({ name }) => {
      if (name === part.name) return [rowOf(part, figure, commit)];
      return rows.filter((row) => row.name === name);
    });
    // After each part, so that a run that is broken off keeps what it measured.
    writeFileSync(file, renderProof(rows));
  }
  say(`${names.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function perform(part: ProofPart): Promise<Run> {
  const [program, ...args] = part.command;
  const began = performance.now();
  const child = spawn(program, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: part.limitMinutes * 60_000,
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.stdout += text;
    process.stdout.write(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.stderr += text;
    process.stderr.write(text);
  });
  return new Promise((done) => {
    const end = (code: number | null) =>
      done({
        code,
        // Figures are read from plain text, whatever colours a tool likes.
        stdout: stripVTControlCharacters(printed.stdout),
        stderr: stripVTControlCharacters(printed.stderr),
        seconds: (performance.now() - began) / 1000,
      });
    child.on('error', () => end(null));
    child.on('close', end);
  });
}

function judge(part: ProofPart, run: Run): string {
  const figure = part.figure(run);
  if (run.code !== 0 && part.gap !== undefined && figure !== undefined) return `${NOT_HELD}: ${figure}; ${part.gap}`;
  if (run.code !== 0) return `${FAILED} (${run.code === null ? 'did not end by itself' : `exit ${run.code}`})`;
  return figure ?? `${FAILED} (no figure in what it printed)`;
}

function rowOf(part: ProofPart, figure: string, commit: string): ProofRow {
  return {
    name: part.name,
    line: part.line,
    command: commandLine(part.command),
    figure,
    commit,
    machine: `${platform()}-${arch()}, ${cpus().length} cores, Node ${process.version.slice(1)}`,
    date: new Date().toISOString().slice(0, 10),
  };
}

function check(strict: boolean): number {
  const rows = readRows();
  const found = objections(PARTS, rows, measuredCommit);
  for (const row of rows.filter(({ commit }) => measuredCommit(commit) === 'ancestor')) {
    const changed = changedSince(row.commit);
    if (changed > 0 && strict) found.push(`${row.name}: ${changed} product files changed since ${row.commit}`);
    else if (changed > 0) say(`${row.name}: measured at ${row.commit}, ${changed} product files changed since`);
  }
  if (rows.some(({ commit }) => measuredCommit(commit) === 'unknowable')) {
    say('no full git history here: whether the measured commits belong to it was not judged');
  }
  for (const objection of found) say(`stale: ${objection}`);
  return found.length === 0 ? 0 : 1;
}

function readRows(): ProofRow[] {
  return existsSync(file) ? parseProof(readFileSync(file, 'utf8')) : [];
}

function headCommit(): string {
  const head = git('rev-parse', '--short=10', 'HEAD');
  if (head.code !== 0) return refuse('a proof names a commit, and this is no git repository');
  const changed = git('status', '--porcelain', '--', ...PRODUCT, 'test', 'tools', 'bin', 'package-lock.json').text;
  return changed === '' ? head.text : `${head.text}+`;
}

function measuredCommit(commit: string): Measured {
  const shallow = git('rev-parse', '--is-shallow-repository');
  if (shallow.code !== 0 || shallow.text === 'true') return 'unknowable';
  return git('merge-base', '--is-ancestor', commit, 'HEAD').code === 0 ? 'ancestor' : 'foreign';
}

function changedSince(commit: string): number {
  return git('diff', '--name-only', commit, '--', ...PRODUCT)
    .text.split('\n')
    .filter((line) => line !== '').length;
}

function git(...args: string[]): { code: number | null; text: string } {
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return { code: status, text: (stdout ?? '').trim() };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function refuse(reason: string): never {
  process.stderr.write(`test:full: ${reason}\n`);
  process.exit(2);
}
