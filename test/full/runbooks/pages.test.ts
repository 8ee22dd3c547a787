/** Every runbook can be followed: its commands are ones that the program takes, here and on a stage, and nothing in it is unsaid. */
import { describe, expect, it } from 'vitest';
import { requireFlag, textToStore } from '../../../operate/flags/values.ts';
import { programOf } from '../../../operate/program.ts';
import { requireSwitch } from '../../../operate/switches/levels.ts';
import packageFile from '../../../package.json' with { type: 'json' };
import { parseCondition } from './condition.ts';
import { type Command, conditionOf, filled, placeholdersOf, SECTIONS, type Step, wordsOf } from './page.ts';
import { indexText, RUNBOOK_IDS, runbookOf, runbookText } from './pages.ts';

const HEADINGS = ['Trigger', 'Customers see', ...SECTIONS, 'Follow-up', 'Signals and smoke'];
/** Platform §8.2. */
const ALL = Array.from({ length: 13 }, (_, index) => `R${String(index + 1).padStart(3, '0')}`);
/** Platform §6.5; S3 and S9 have none, the index says what becomes of them. */
const ALARMS = { A: 5, Q: 4, W: 2, D: 1, V: 4, S: 9, P: 3, C: 2, M: 6 } as const;
const NEVER_DECLARED = ['V2'];

/** A value that a command takes in the place of each placeholder. */
const EXAMPLES: Readonly<Record<string, string>> = {
  template: 't_damaged_item_intake',
  intent: 'damaged_item',
  generation: '2',
  from: '-1h',
  until: '-10m',
};
const known = (text: string): Map<string, string> =>
  new Map(placeholdersOf(text).map((name) => [name, EXAMPLES[name] ?? 'x-1']));
const commandsOf = (steps: readonly Step[]): Command[] => steps.filter((step) => step.kind === 'command');

/** What the program makes of the words: where it reaches, or how it complains; it runs nothing. */
function askedOf(words: readonly string[]): string {
  let reached = 'nothing was run';
  const program = programOf(
    async ({ target, stage }, _command, reaches = 'local') => {
      if (target !== 'aws') reached = 'taken';
      else reached = reaches === 'aws' && stage !== undefined ? 'taken' : 'does not reach a stage';
    },
    { writeOut: () => {}, writeErr: () => {} },
  );
  try {
    program.parse([...words], { from: 'user' });
  } catch (error) {
    return error instanceof Error ? error.message : 'refused';
  }
  return reached;
}

/** Values that only the command itself judges; throws. */
function judgeValues(words: readonly string[]): void {
  const after = (option: string): string | undefined =>
    words.includes(option) ? words[words.indexOf(option) + 1] : undefined;
  if (words.includes('stop') || words.includes('resume'))
    requireSwitch(after('--level') ?? 'automation', after('--only'));
  const [, verb = '', name = '', value = ''] = words.slice(words.indexOf('flags'));
  if (!words.includes('flags')) return;
  if (verb === 'get') requireFlag(name);
  if (verb === 'set') textToStore(name, value, { name: 'UTC' }, 0);
}

it('there are R001 to R013, all in the index', () => {
  expect(RUNBOOK_IDS).toEqual(ALL);
  expect(ALL.filter((id) => !indexText().includes(`(${id}.md)`))).toEqual([]);
});

it('the index leads from every alarm', () => {
  const named = indexText()
    .replaceAll(/([A-Z])(\d)–\1(\d)/g, (_, letter, from, to) =>
      Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => `${letter}${Number(from) + index}`).join(' '),
    )
    .match(/\b[A-Z]\d\b/g);
  const declared = Object.entries(ALARMS).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
  );
  expect(declared.filter((id) => !NEVER_DECLARED.includes(id) && !named?.includes(id))).toEqual([]);
});

describe.each(ALL)('%s', (id) => {
  const { title, headings, sections } = runbookOf(id);
  const steps = SECTIONS.flatMap((name) => sections[name]);
  const commands = commandsOf(steps);

  it('has its name and every heading, in order', () => {
    expect(title.startsWith(`${id} · `)).toBe(true);
    expect(headings).toEqual(HEADINGS);
  });

  it('has something to do in every section, and says in Verify what must be true', () => {
    for (const name of SECTIONS) expect(sections[name].length, name).toBeGreaterThan(0);
    for (const { line, expects } of commandsOf(sections.Verify)) expect(expects.length, line).toBeGreaterThan(0);
  });

  it.each(commands.map((command) => [command.line, command] as const))('%s', (line, { reaches }) => {
    const words = wordsOf(filled(line, known(line)));
    if (words[0] === 'npm') {
      const script = words[1] === 'run' ? words[2] : words[1];
      expect(Object.keys(packageFile.scripts)).toContain(script);
    } else if (words[1] === 'frontdesk') {
      const own = words.slice(2);
      judgeValues(own);
      expect(askedOf(own)).toBe('taken');
      if (reaches === 'both') expect(askedOf(['--target', 'aws', '--stage', 'prod', ...own])).toBe('taken');
    } else expect(reaches, 'a tool of AWS').toBe('aws');
  });

  it('asks for JSON where it looks into it, by conditions that can be read', () => {
    for (const { line, notes, expects, again } of commands) {
      const asked = again === null || again === 'while refused' ? expects : [...expects, again.until];
      for (const text of asked) expect(() => conditionOf(text, known(text))).not.toThrow();
      for (const { path } of notes) expect(() => parseCondition(`${path} == null`)).not.toThrow();
      if (asked.length + notes.length > 0) expect(line).toContain(' --json ');
    }
  });

  it('says what is to be filled in', () => {
    const used = new Set(commands.flatMap(({ line, expects }) => [line, ...expects].flatMap(placeholdersOf)));
    const noted = new Set(commands.flatMap(({ notes }) => notes.map(({ name }) => name)));
    const unsaid = [...used].filter((name) => !noted.has(name) && !runbookText(id).includes(`\`<${name}>\``));
    expect(unsaid).toEqual([]);
  });
});
