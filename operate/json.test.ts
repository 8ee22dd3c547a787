/** `--json` everywhere: whatever a command answers, its value or why it refuses, is one JSON value on stdout (interfaces §3). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommandLine } from './command-line.ts';
import { programOf } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-json-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every command that does something, with as much as it must be given; on a folder without data most refuse. */
function asked(command: Command, path: readonly string[] = []): string[][] {
  const own = command.commands.length === 0 || path[0] === 'flags' || path[0] === 'quality' ? [path] : [];
  const mandatory = command.options.filter(({ mandatory: must }) => must);
  const given = [
    ...command.registeredArguments.filter(({ required }) => required).map(({ argChoices }) => argChoices?.[0] ?? 'x'),
    ...mandatory.flatMap(({ long, argChoices }) => [long ?? '', argChoices?.[0] ?? dummyOf(long ?? '')]),
  ];
  return [
    ...own.filter((words) => words.length > 0).map((words) => [...words, ...given]),
    ...command.commands.flatMap((child) => asked(child, [...path, child.name()])),
  ];
}

function dummyOf(option: string): string {
  if (option === '--out' || option === '--policy') return join(folder, 'made');
  return option === '--from' || option === '--to' ? '2026-01-31' : '1';
}

async function run(args: readonly string[]) {
  let out = '';
  const code = await runCommandLine(['--data', join(folder, 'none'), '--json', ...args], {
    out: (text) => {
      out += text;
    },
    err: () => {},
    variables: {},
  });
  return { code, out };
}

const COMMANDS = asked(programOf(async () => {}, {})).map((words) => [words.join(' '), words] as const);

describe('with --json', () => {
  it('the commands of interfaces §3 are among those that are asked', () => {
    const names = new Set(COMMANDS.map(([, [name]]) => name));
    const expected =
      'say doctor config status stop resume flags ticket audit archive replay policy whatif dlq drill backup restore secret connect tenant templates catalog privacy logs metrics trace cost';
    expect(expected.split(' ').filter((name) => !names.has(name))).toEqual([]);
  });

  it.each(COMMANDS)('%s answers one JSON value', async (_, words) => {
    const { code, out } = await run(words);
    const value = JSON.parse(out) as { error?: object };
    expect(out.endsWith('\n') && !out.slice(0, -1).includes('\n')).toBe(true);
    if (value.error === undefined) return;
    expect([code, Object.keys(value.error)]).toEqual([expect.any(Number), ['code', 'message', 'cure']]);
    expect(code).toBeGreaterThan(0);
  });

  it.each(COMMANDS)(
    '%s answers an option that it does not have with one JSON value, and exit code 2',
    async (_, words) => {
      const { code, out } = await run([...words, '--no-such-option']);
      expect([code, Object.keys(JSON.parse(out).error)]).toEqual([2, ['code', 'message', 'cure']]);
    },
  );
});
