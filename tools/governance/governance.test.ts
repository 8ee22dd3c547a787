import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../local/platform/release.ts';
import { CHANGE_TYPE_IDS, type ChangeTypeId, changeType } from './change-types.ts';
import { readDescription } from './description.ts';
import { judge } from './judge.ts';
import { objectionToLever } from './lever.ts';
import { pullRequestForm, withTables } from './page.ts';
import { differingSections, isProduct, matches, touchedTypes } from './touched.ts';

const TREE = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
const file = (path: string, isNew = false) => ({ path, isNew });
const typesOf = (...paths: string[]): ChangeTypeId[] =>
  touchedTypes(paths.map((path) => file(path))).map(({ type }) => type);

describe('the kinds of change', () => {
  it('name files that exist', () => {
    const idle = CHANGE_TYPE_IDS.flatMap((id) =>
      changeType(id).paths.filter((pattern) => !TREE.some((path) => matches(pattern.replace(/^\+/, ''), path))),
    );
    expect(idle).toEqual([]);
  });

  it('leave no product file without one', () => {
    const product = TREE.filter((path) => isProduct({ path }) && path !== 'config/frontdesk.yaml');
    expect(product.length).toBeGreaterThan(500);
    expect(product.filter((path) => typesOf(path).length === 0)).toEqual([]);
  });

  it.each([
    ['templates/t_damaged_item_intake/en.email.md', ['template-copy']],
    ['templates/t_damaged_item_intake/template.yaml', ['template-variables']],
    ['policy/thresholds.ts', ['threshold']],
    ['policy/matrix.ts', ['threshold', 'taxonomy']],
    ['events/words.ts', ['taxonomy', 'schema']],
    ['events/reply-sent.ts', ['schema']],
    ['functions/shared/classifier/openai/prompt/text.ts', ['prompt']],
    ['functions/shared/helpdesk/richpanel.ts', ['integration']],
    ['functions/shared/telemetry/fields.ts', ['logging']],
    ['policy/text/redact/cards.ts', ['threshold', 'logging']],
    ['functions/verify/rules.ts', ['replay']],
    ['functions/responder/settle/rules.ts', ['replay']],
    ['functions/verify/handler.ts', ['code']],
    ['functions/verify/handler.test.ts', []],
    ['docs/operations.md', []],
    ['test/simulation/run.ts', []],
  ])('%s → %j', (path, types) => {
    expect(typesOf(path)).toEqual(types);
  });

  it('tell a new template and a new consumer from a changed one', () => {
    const files = [file('templates/t_new/template.yaml', true), file('functions/analytics/rules.ts', true)];
    expect(touchedTypes(files).map(({ type }) => type)).toEqual([
      'template-variables',
      'new-template',
      'consumer',
      'replay',
    ]);
  });

  it('tell settings by their section', () => {
    const sections = differingSections(
      { models: { a: 1 }, teams: ['x'], brand: {} },
      { models: { a: 2 }, teams: ['x'], other: 1 },
    );
    expect(sections).toEqual(['models', 'brand', 'other']);
    expect(touchedTypes([file('config/frontdesk.yaml')], sections)).toEqual([
      { type: 'template-copy', because: ['config/frontdesk.yaml: brand'] },
      { type: 'model', because: ['config/frontdesk.yaml: models'] },
      { type: 'code', because: ['config/frontdesk.yaml: other'] },
    ]);
  });
});

const WHOLE = `
- **Types:** template-copy, threshold
- **Risk:** high
- **Rollback lever:** \`template t_damaged_item_intake\`
- **Motive:** clearer
- **Scope:** e-mail
- **Rollout:** staging, then all
- **Owner:** Support Ops
`;
const without = (label: string): string =>
  WHOLE.split('\n')
    .map((line) => (line.includes(`**${label}:**`) ? `- **${label}:** <!-- asked -->` : line))
    .join('\n');
const judged = (text: string, ...paths: string[]) =>
  judge(readDescription(text), touchedTypes(paths.map((path) => file(path))), ['0.1.0']);

describe('the text of a pull request', () => {
  const COPY = 'templates/t_damaged_item_intake/en.email.md';

  it('passes when it says all seven things', () => {
    const { objections, types, gates } = judged(WHOLE, COPY);
    expect(objections).toEqual([]);
    expect(types).toEqual(['template-copy', 'threshold']);
    expect(gates).toEqual(['checks', 'tests', 'evaluation', 'rendering', 'review', 'smoke', 'staged']);
  });

  it.each(['Types', 'Risk', 'Rollback lever', 'Motive', 'Scope', 'Rollout', 'Owner'])(
    'does not without %s',
    (label) => {
      expect(judged(without(label), COPY).objections).toEqual([expect.stringContaining(`${label} is missing`)]);
    },
  );

  it('does not when the form was left as it is', () => {
    expect(judged(pullRequestForm(), COPY).objections).toHaveLength(7);
  });

  it.each([
    ['a type is left out', WHOLE, 'events/reply-sent.ts', 'Types leaves out schema: events/reply-sent.ts'],
    ['a type does not exist', WHOLE.replace('threshold', 'thresholds'), COPY, 'Types names thresholds'],
    ['the risk is understated', WHOLE.replace('high', 'medium'), COPY, 'Risk is medium: these types are high'],
    ['the risk is no risk', WHOLE.replace('high', 'some'), COPY, 'Risk is some'],
    ['the lever is none', WHOLE.replace(/`template.*`/, 'we would see'), COPY, 'begin with one of'],
    ['the lever is a revert', WHOLE.replace(/`template.*`/, 'revert'), COPY, '`revert` is for changes without a type'],
  ])('does not when %s', (_, text, path, objection) => {
    expect(judged(text, path).objections).toEqual([expect.stringContaining(objection)]);
  });

  it('may say none of a change that makes no type', () => {
    const text = WHOLE.replace('template-copy, threshold', 'none')
      .replace('high', 'low')
      .replace(/`template.*`/, 'revert');
    expect(judged(text, 'docs/operations.md')).toMatchObject({ objections: [], types: [], gates: ['checks', 'tests'] });
    expect(judged(text, COPY).objections).toHaveLength(3);
  });

  it.each([
    ['template t_damaged_item_intake', null],
    ['template t_nothing', 'there is no template t_nothing'],
    ['flag template_enabled/t_damaged_item_intake', null],
    ['flag safe_mod', 'there is no flag safe_mod'],
    ['rule responder-reply', null],
    ['rule auditor-all', 'there is no rule that can be switched off, auditor-all'],
    ['release 0.1.0', null],
    ['release 9.9.9', 'there is no release 9.9.9'],
    ['pin models.classify', null],
    ['pin', 'there is no pin (none is named)'],
    ['revert', null],
    ['revert it all', '`revert` stands alone'],
    ['flag safe_mode and flag shadow_mode', 'name one lever, not several'],
  ])('lever %s → %s', (text, objection) => {
    expect(objectionToLever(text, ['0.1.0'])).toBe(objection);
  });
});

describe('the page', () => {
  it('keeps its words and gets its tables', () => {
    const page =
      'a\n<!-- generated by tools/governance-page.ts from tools/governance/: begin -->\nSTALE\n<!-- generated: end -->\nb\n';
    const made = withTables(page);
    expect(made).toMatch(/^a\n[\s\S]*\| `threshold` \| [\s\S]*<!-- generated: end -->\nb\n$/);
    expect(made).not.toContain('STALE');
    expect(withTables(made)).toBe(made);
    expect(() => withTables('a page without marks')).toThrow('lost the marks');
  });
});
