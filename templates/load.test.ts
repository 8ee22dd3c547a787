import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bodyHash } from './body.ts';
import type { Finding } from './findings.ts';
import { formatFinding } from './findings.ts';
import { loadTemplates } from './load.ts';

const META = `id: t_damaged_item_intake
version: 1.0.0
tier: 1
intents: [damaged_item]
requires: []
vars: { required: [], optional: [first_name] }
channels: { livechat: auto, email: auto, social: macro, tiktok: macro, phone: never }
enabled_default: true
auto_close: false
fallback: null
team: returns_admin
route_tag: route-returns-admin
macro: "AUTO: Damaged Item — Intake"
owner: support_ops
disclosures: []
review: { status: draft, approved_by: null, approved_at: null, decision_ref: null, expires_at: null }
`;
const BODY = 'Please reply with a photo.\n';
const head = (variant: string, more = '') =>
  `---\nlocale: en\nvariant: ${variant}\nsha256: ${bodyHash(BODY)}\n${more}---\n`;
const FILES = {
  'template.yaml': META,
  'en.livechat.md': head('livechat') + BODY,
  'en.email.md': head('email') + BODY,
};

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'templates-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function load(files: Readonly<Record<string, string>>) {
  const folder = path.join(root, 't_damaged_item_intake');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return loadTemplates(root);
}

function place({ file, line, problem }: Finding): string {
  return `${path.basename(file)}:${line} ${problem}`;
}

describe('loadTemplates (replies §1.1)', () => {
  it('reads metadata and bodies', () => {
    const { templates, findings } = load({ ...FILES, 'en.email.md': `${head('email', 'max_chars: 900\n')}${BODY}` });
    expect(findings).toEqual([]);
    expect(templates.map(({ meta }) => meta.id)).toEqual(['t_damaged_item_intake']);
    expect(templates[0]?.variants).toEqual([
      {
        locale: 'en',
        variant: 'email',
        maxChars: 900,
        sha256: bodyHash(BODY),
        body: BODY,
        file: 'templates/t_damaged_item_intake/en.email.md',
        bodyLine: 7,
        headText: `locale: en\nvariant: email\nsha256: ${bodyHash(BODY)}\nmax_chars: 900\n`,
        statedHash: bodyHash(BODY),
      },
      {
        locale: 'en',
        variant: 'livechat',
        sha256: bodyHash(BODY),
        body: BODY,
        file: 'templates/t_damaged_item_intake/en.livechat.md',
        bodyLine: 6,
        headText: `locale: en\nvariant: livechat\nsha256: ${bodyHash(BODY)}\n`,
        statedHash: bodyHash(BODY),
      },
    ]);
  });

  it('reads Windows line ends as the same body', () => {
    const { templates } = load({ ...FILES, 'en.email.md': FILES['en.email.md'].replaceAll('\n', '\r\n') });
    expect(templates[0]?.variants.map(({ sha256 }) => sha256)).toEqual([bodyHash(BODY), bodyHash(BODY)]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    [
      'a bracket that is not closed, noticed on the next line',
      { 'template.yaml': META.replace('[damaged_item]', '[damaged_item') },
      ['template.yaml:5 is not valid YAML (BAD_INDENT)'],
    ],
    [
      'an unknown key',
      { 'template.yaml': META.replace('tier: 1\n', 'tier: 1\ntierr: 2\n') },
      ['template.yaml:4 has the unknown key tierr'],
    ],
    [
      'an unknown nested key',
      { 'template.yaml': META.replace('phone: never', 'phone: never, fax: auto') },
      ['template.yaml:7 has the unknown key channels.fax'],
    ],
    ['a missing key', { 'template.yaml': META.replace('owner: support_ops\n', '') }, ['template.yaml:1 lacks owner']],
    [
      'Tier 3',
      { 'template.yaml': META.replace('tier: 1', 'tier: 3') },
      ['template.yaml:3 has a tier that is not allowed (picklist)'],
    ],
    [
      'an id that is none of ours',
      { 'template.yaml': META.replace('t_damaged_item_intake', 't_damaged_items') },
      ['template.yaml:1 has a id that is not allowed (picklist)'],
    ],
    [
      'an unknown variable',
      { 'template.yaml': META.replace('[first_name]', '[email]') },
      ['template.yaml:6 has a vars.optional.0 that is not allowed (picklist)'],
    ],
    [
      'a variable both required and optional',
      { 'template.yaml': META.replace('required: []', 'required: [first_name]') },
      ['template.yaml:6 has a vars that is not allowed (check)'],
    ],
    [
      'a version that is none',
      { 'template.yaml': META.replace('1.0.0', '1.0') },
      ['template.yaml:2 has a version that is not allowed (string)'],
    ],
    ['no front matter', { 'en.email.md': BODY }, ['en.email.md:1 has no front matter']],
    [
      'an unknown key in the front matter',
      { 'en.email.md': head('email', 'subject: x\n') + BODY },
      ['en.email.md:5 has the unknown key subject'],
    ],
    [
      'another name than the front matter says',
      { 'en.email.md': head('livechat') + BODY },
      ['en.email.md:2 is named otherwise than its front matter says'],
    ],
    ['an empty body', { 'en.email.md': `${head('email')}\n` }, ['en.email.md:6 has an empty body']],
    ['a stray file', { 'notes.txt': 'x' }, ['notes.txt:1 does not belong in a template folder']],
  ])('%s is named with file and line, and the template left out', (_name, changes, expected) => {
    const { templates, findings } = load({ ...FILES, ...changes });
    expect(templates).toEqual([]);
    expect(findings.map(place)).toEqual(expected);
    for (const finding of findings) expect(finding.cure).not.toBe('');
  });

  it('a folder without metadata is named', () => {
    const { findings } = load({ 'en.email.md': FILES['en.email.md'] });
    expect(findings.map(formatFinding)).toEqual([
      'templates/t_damaged_item_intake/template.yaml:1: format is missing. Add the metadata file (replies §1.1).',
    ]);
  });
});
