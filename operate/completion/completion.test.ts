/** A Tab in a real shell: what each script completes, asked of the shell itself. zsh and fish where they are installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INTENTS, TEMPLATE_IDS } from '../../events/words.ts';
import { runCommandLine } from '../command-line.ts';
import { programOf } from '../program.ts';
import { LEVEL_NAMES } from '../switches/levels.ts';
import { commandTree, placesOf, shownArgument } from './tree.ts';
import { VALUES } from './values.ts';

const program = programOf(async () => {}, {});
const tree = commandTree(program);
const folder = mkdtempSync(join(tmpdir(), 'frontdesk-completion-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];
const fileOf = (shell: Shell): string => join(folder, `frontdesk.${shell}`);
const isInstalled = (shell: Shell): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

beforeAll(async () => {
  for (const shell of SHELLS) {
    let out = '';
    const code = await runCommandLine(['completion', shell], {
      out: (text) => {
        out += text;
      },
      err: () => {},
      variables: {},
    });
    expect(code).toBe(0);
    writeFileSync(fileOf(shell), out);
  }
});

/** Completes the last of the words. */
const COMPLETED: Readonly<Record<Shell, (words: readonly string[]) => string[]>> = {
  bash(words) {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const script = `source '${fileOf('bash')}'; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}
      f=_frontdesk; [[ "\${COMP_WORDS[0]}" == npx ]] && f=_frontdesk_npx; $f; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return lines(execFileSync('bash', ['--norc', '-c', script], { cwd: folder, encoding: 'utf8' }));
  },
  zsh(words) {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const script = `source '${fileOf('zsh')}'
      _describe() { print -l -- "\${(@)\${(@P)argv[-1]}%%:*}" }
      compadd() { if [[ $1 == -a ]]; then print -l -- "\${(@P)2}"; else print -l -- "$@"; fi }
      _files() { [[ $1 == -/ ]] && print -l -- *(/N) || print -l -- *(N) }
      words=(${quoted}); CURRENT=$#words
      if [[ $words[1] == npx ]]; then _frontdesk_npx; else _frontdesk; fi; true`;
    const all = lines(
      execFileSync('zsh', ['-f', '-c', script], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    return all.filter((one) => one.startsWith(words.at(-1) ?? ''));
  },
  fish(words) {
    const script = `source '${fileOf('fish')}'; complete -C '${words.join(' ')}'`;
    return lines(execFileSync('fish', ['-c', script], { cwd: folder, encoding: 'utf8' })).map(
      (line) => line.split('\t')[0] ?? '',
    );
  },
};
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

describe.each(SHELLS)('%s', (shell) => {
  const complete = (line: string) => COMPLETED[shell](line.split(' ')).toSorted();

  it.runIf(isInstalled(shell))('completes commands, and those below them', () => {
    expect(complete('frontdesk qua')).toEqual(['quality']);
    expect(complete('frontdesk flags ')).toEqual(['get', 'set', 'unset']);
    expect(complete('frontdesk secret rotate ')).toEqual(['webhook']);
    expect(complete('frontdesk --target aws --stage prod sto')).toEqual(['stop']);
  });

  it.runIf(isInstalled(shell))('completes values: levels, flags, templates, intents, teams', () => {
    expect(complete('frontdesk stop --level ')).toEqual([...LEVEL_NAMES].toSorted());
    expect(complete('frontdesk flags set safe')).toEqual(['safe_mode']);
    expect(complete('frontdesk flags set safe_mode ')).toEqual(['false', 'true']);
    expect(complete('frontdesk template preview ')).toEqual([...TEMPLATE_IDS].toSorted());
    expect(complete('frontdesk quality label 1042 --intent ')).toEqual([...INTENTS].toSorted());
    expect(complete('frontdesk quality label 1042 --team ret')).toEqual(['returns-admin']);
    expect(complete('frontdesk --target ')).toEqual(['aws', 'local']);
  });

  it.runIf(isInstalled(shell))('completes options, of the command and of all', () => {
    const options = complete('frontdesk stop --');
    expect(options).toEqual(expect.arrayContaining(['--level', '--only', '--reason', '--json', '--data']));
    expect(options).not.toContain('--follow');
  });

  it.runIf(isInstalled(shell))('completes the same behind npx', () => {
    expect(complete('npx front')).toContain('frontdesk');
    expect(complete('npx frontdesk audit ')).toEqual(['verify']);
    expect(complete('npx frontdesk resume --level read')).toEqual(['read-only']);
  });

  it.runIf(isInstalled(shell))('offers nothing where only a person knows', () => {
    expect(complete('frontdesk stop --reason ')).toEqual([]);
  });
});

describe('what is completed', () => {
  it('bash names files where a file belongs', () => {
    expect(COMPLETED.bash(['frontdesk', 'whatif', '--policy', 'frontdesk.ba'])).toEqual(['frontdesk.bash']);
  });

  it('is the program: each command and option of it, and no other', () => {
    const paths: string[] = [];
    const walk = (command: typeof program, path: readonly string[]): void => {
      paths.push(path.join(' '));
      for (const child of command.commands) walk(child, [...path, child.name()]);
    };
    walk(program, []);
    expect(
      tree
        .map(({ path }) => path)
        .filter((path) => !path.startsWith('template ') && path !== 'template')
        .toSorted(),
    ).toEqual(paths.toSorted());
    for (const { options } of tree) for (const { says } of options) expect(says.length).toBeLessThanOrEqual(72);
  });

  it('no list of values is of a part that does not exist', () => {
    const parts = tree.flatMap(({ path, options }) => [
      ...options.map(({ name }) => (path === '' ? name : `${path} ${name}`)),
    ]);
    const walked: string[] = [];
    const walk = (command: typeof program, path: readonly string[]): void => {
      walked.push(...command.registeredArguments.map((argument) => [...path, shownArgument(argument)].join(' ')));
      for (const child of command.commands) walk(child, [...path, child.name()]);
    };
    walk(program, []);
    expect(Object.keys(VALUES).filter((key) => !parts.includes(key) && !walked.includes(key))).toEqual([]);
  });

  it('no candidate has a blank: shells would take it for two', () => {
    const spaced = tree.flatMap(placesOf).filter(({ words }) => words.some((word) => /\s/.test(word)));
    expect(spaced).toEqual([]);
  });
});
