/** The pages tell the truth about what can be typed and where it leads. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../local/platform/release.ts';
import { objectionTo } from './judge.ts';
import { anchorsOf, commandsIn, commandsOf, linksOf } from './told.ts';

/** Of the product: what customers and models read is no page, and old releases had other commands. */
const FOLDERS = ['docs', '.github', 'local', 'operate', 'policy', 'stacks', 'test'];
const PAGES = ['README.md', ...FOLDERS.flatMap(pagesIn)];

function pagesIn(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

describe('the pages', () => {
  const commands = PAGES.flatMap((page) => commandsOf(textOf(page)).map((told) => ({ page, ...told })));

  it('are there, with commands in them', () => {
    expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'docs/operations.md']));
    expect(commands.filter(({ words }) => words[1] === 'frontdesk').length).toBeGreaterThan(70);
  });

  it('tell commands that can be run', () => {
    const objections = commands.flatMap((told) => {
      const objection = objectionTo(told);
      return objection === null ? [] : [`${told.page}:${told.line} ${told.words.join(' ')}: ${objection}`];
    });
    expect(objections).toEqual([]);
  });

  it('lead to files and headings that exist', () => {
    const broken = PAGES.flatMap((page) =>
      linksOf(textOf(page)).flatMap(({ line, target }) => {
        const [path = '', anchor] = target.split('#');
        const file = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), decodeURIComponent(path));
        if (!existsSync(file)) return [`${page}:${line} leads to ${path}, which is not there`];
        if (anchor === undefined || !file.endsWith('.md')) return [];
        return anchorsOf(readFileSync(file, 'utf8')).includes(anchor)
          ? []
          : [`${page}:${line} leads to #${anchor} of ${relative(ROOT, file)}, which has no such heading`];
      }),
    );
    expect(broken).toEqual([]);
  });
});

describe('a line of shell', () => {
  it.each([
    [
      'npm ci && npm start     # the whole',
      [
        ['npm', 'ci'],
        ['npm', 'start'],
      ],
    ],
    ['npx frontdesk say "where is my order?" > out.txt 2>&1', [['npx', 'frontdesk', 'say', 'where is my order?']]],
    [
      'AWS_PROFILE=prod npx frontdesk flags | head -3',
      [
        ['npx', 'frontdesk', 'flags'],
        ['head', '-3'],
      ],
    ],
    ['url=$(aws sqs get-queue-url --output text)', [['aws', 'sqs', 'get-queue-url', '--output', 'text']]],
    [
      'npx frontdesk privacy delete --customer - < reference.txt',
      [['npx', 'frontdesk', 'privacy', 'delete', '--customer', '-']],
    ],
  ])('%s', (line, commands) => {
    expect(commandsIn(line)).toEqual(commands);
  });
});

describe('a command of a page', () => {
  const step = (line: string): string | null => objectionTo({ words: commandsIn(line)[0] ?? [], as: 'step' });

  it.each([
    ['npx frontdesk stauts', "unknown command 'stauts'"],
    ['npx frontdesk stop --level automaton --reason x', 'automaton'],
    ['npx frontdesk stop --level safe', '--reason'],
    ['npx frontdesk stop --level template --only t_nothing --reason x', 't_nothing'],
    ['npx frontdesk flags set safe_mod true --reason x', 'safe_mod'],
    ['npx frontdesk flags set tier2_enabled yes --reason x', 'does not take this value'],
    ['npx frontdesk drill vaults', 'no such drill'],
    ['npx frontdesk --target aws --stage prod backup monday.tar.gz', 'does not reach AWS'],
    ['npx frontdesk --target aws flags', 'wants --stage'],
    ['npm run evaluate', 'no script evaluate'],
    ['npm run test:full -- --only nothing', 'no part nothing'],
    ['npm start -- --speed 3', '--speed'],
    ['npm run eval -- --gates', '--gates'],
    ['node bin/launch.js tools/nothing.ts', 'no tools/nothing.ts'],
  ])('%s is objected to', (line, objection) => {
    expect(step(line)).toContain(objection);
  });

  it.each([
    'npx frontdesk --target aws --stage prod flags set automation_enabled true --reason "stage 4a"',
    'npx frontdesk stop --level LEVEL --reason "…"',
    'npx frontdesk flags set NAME VALUE --reason TEXT',
    'npm run demo -- --strict',
    'aws events list-rules',
  ])('%s is not', (line) => {
    expect(step(line)).toBe(null);
  });
});
