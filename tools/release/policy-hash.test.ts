import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyFiles, policyHash } from './policy-hash.ts';

const SOURCE = "import { ONE } from './one.ts';\nexport const LIMIT: number = ONE + 0.6;\n";
const hashOf = (text: string, path = 'thresholds.ts') => policyHash([{ path, text }]);

describe('the policy hash', () => {
  it.each([
    { when: 'a comment', text: `/** Why. */\n${SOURCE}// the end\n` },
    { when: 'a type', text: SOURCE.replace(': number', '') },
    { when: 'the layout', text: SOURCE.replace('ONE + 0.6', 'ONE\n    + 0.6') },
    { when: 'line ends', text: SOURCE.replaceAll('\n', '\r\n') },
  ])('stays when only $when differs', ({ text }) => expect(hashOf(text)).toBe(hashOf(SOURCE)));

  it.each([
    { when: 'a number', text: SOURCE.replace('0.6', '0.61') },
    { when: 'an operator', text: SOURCE.replace('+', '-') },
    { when: 'where something comes from', text: SOURCE.replace('one.ts', 'two.ts') },
  ])('changes with $when', ({ text }) => expect(hashOf(text)).not.toBe(hashOf(SOURCE)));

  it('changes with a blank inside a text that is compared', () => {
    expect(hashOf("export const WORDS = ['charge  back'];")).not.toBe(hashOf("export const WORDS = ['charge back'];"));
  });

  it('changes with the name of a file and with one more, not with their order', () => {
    const [a, b] = [
      { path: 'a.ts', text: SOURCE },
      { path: 'b.ts', text: SOURCE },
    ];
    expect(policyHash([a, b])).toBe(policyHash([b, a]));
    expect(policyHash([a])).not.toBe(policyHash([b]));
    expect(policyHash([a])).not.toBe(policyHash([a, b]));
  });

  it('takes the text of a data file, whatever its line ends', () => {
    expect(hashOf('[1]\r\n', 'words.json')).toBe(hashOf('[1]\n', 'words.json'));
    expect(hashOf('[1]\n', 'words.json')).not.toBe(hashOf('[2]\n', 'words.json'));
  });
});

describe('the files of the policy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-policy-'));
  beforeAll(() => {
    const deciding = ['decide.ts', 'gates/all.ts', 'text/words.json', 'contest.ts'];
    const testing = [
      'decide.test.ts',
      'testing.ts',
      'text/hostile.testing.ts',
      'testdata-acceptance/first.jsonl',
      'text/testdata/cases.jsonl',
      'orders/fixtures/orders.ts',
    ];
    for (const path of [...deciding, ...testing]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), '');
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are those that decide', () => {
    const paths = policyFiles(folder).map(({ path }) => path);
    expect(paths.toSorted()).toEqual(['contest.ts', 'decide.ts', 'gates/all.ts', 'text/words.json']);
  });
});
