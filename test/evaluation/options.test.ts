/** What `npm run eval` refuses before it does anything (interfaces §4). */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { evalOptions, GOLDEN_FILE, WrongUse } from './options.ts';

const folder = mkdtempSync(join(tmpdir(), 'eval-options-'));
afterAll(() => rmSync(folder, { recursive: true }));
const data = join(folder, 'rows.jsonl');
writeFileSync(data, '');
const link = join(folder, 'link.jsonl');
symlinkSync(data, link);
const free = join(folder, 'free.json');

describe('evalOptions', () => {
  it.each([
    { when: 'a file is not there', args: ['--data', 'nowhere.jsonl'], says: 'cannot be read' },
    { when: 'an option is unknown', args: ['--fast'], says: "unknown option '--fast'" },
    { when: 'a classifier is unknown', args: ['--classifier', 'oracle'], says: 'Allowed choices are embedded, openai' },
    { when: 'a folder is not there', args: ['--json', '/nowhere/f.json'], says: 'cannot be written' },
    { when: 'a folder stands there', args: ['--html', folder], says: 'cannot be written' },
    { when: 'an output has no name', args: ['--json', ''], says: '--json names no file' },
    { when: 'an output is the data', args: ['--data', data, '--json', data], says: '--json would overwrite --data' },
    { when: 'a link leads to the data', args: ['--data', data, '--rows', link], says: '--rows would overwrite --data' },
    { when: 'an output is the golden file', args: ['--html', GOLDEN_FILE], says: 'would overwrite --data' },
    {
      when: 'two outputs are one file',
      args: ['--json', free, '--rows', join(folder, '.', 'free.json')],
      says: '--rows would overwrite --json',
    },
    { when: 'the artefacts’ folder is a file', args: ['--artefacts', data], says: 'is a file: name a folder' },
    { when: 'a file is named without --data', args: ['rows.jsonl'], says: 'see npm run eval -- --help' },
    { when: 'nothing is to be forced', args: ['--force'], says: '--force goes with --update-baseline' },
    { when: 'a baseline is wanted of another file', args: ['--data', data, '--update-baseline'], says: 'golden file' },
  ])('refuses when $when, in one line', ({ args, says }) => {
    const refused = (): unknown => evalOptions(args);
    expect(refused).toThrow(WrongUse);
    expect(refused).toThrow(says);
    expect(refused).not.toThrow('\n');
  });

  it('takes outputs that stand in nobody’s way', () => {
    expect(evalOptions(['--data', data, '--json', free, '--artefacts', folder])).toMatchObject({
      isGolden: false,
      split: 'all',
      gate: false,
    });
  });
});
