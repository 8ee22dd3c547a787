/** Replies §11, A26 to A29: the real lint on a copy of the shipped library with one fault in it. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INTENTS, TEMPLATE_IDS } from '../../../events/words.ts';
import { ACKNOWLEDGEMENTS, INTENT_CATALOGUE } from '../../../policy/intents.ts';
import { LIBRARY } from '../../../templates/generated/library.ts';
import { lintTemplates } from '../../../templates/lint.ts';
import type { LintContext } from '../../../templates/lint-context.ts';
import { loadTemplates } from '../../../templates/load.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const SHIPPED = path.join(ROOT, 'templates');

let copy = '';
beforeEach(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'frontdesk-templates-'));
  const folders = readdirSync(SHIPPED).filter((name) => name.startsWith('t_'));
  for (const name of folders) cpSync(path.join(SHIPPED, name), path.join(copy, name), { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true }));

/** Everything beside the templates as it is shipped. */
function shippedContext(): LintContext {
  const snapshots = path.join(SHIPPED, 'snapshots');
  return {
    expected: TEMPLATE_IDS,
    teams: Object.fromEntries(
      INTENTS.map((intent) => [intent, INTENT_CATALOGUE[intent].team]),
    ) as unknown as LintContext['teams'],
    neverAutomatic: ACKNOWLEDGEMENTS,
    lock: JSON.parse(readFileSync(path.join(ROOT, 'templates.lock.json'), 'utf8')) as LintContext['lock'],
    released: LIBRARY,
    snapshots: new Map(
      readdirSync(snapshots).map((name) => [
        path.basename(name, '.txt'),
        readFileSync(path.join(snapshots, name), 'utf8'),
      ]),
    ),
    today: '2026-01-15',
  };
}

/** Rule and file of each error; nothing when the copy may ship. */
function errorsOfCopy(): string[] {
  const { templates, findings } = loadTemplates(copy);
  return [...findings, ...lintTemplates(templates, shippedContext())]
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, file }) => `${rule} ${file.split('/').slice(-2).join('/')}`);
}

function edit(file: string, from: string | RegExp, to: string): void {
  const whole = path.join(copy, file);
  const text = readFileSync(whole, 'utf8');
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`nothing to edit in ${file}`);
  writeFileSync(whole, edited);
}

const EMAIL = 't_damaged_item_intake/en.email.md';

describe('the build fails', () => {
  it('for no template as it is shipped', () => expect(errorsOfCopy()).toEqual([]));

  it('A26 for a body that was edited without a new version (TL13)', () => {
    edit(EMAIL, 'Our team will review it', 'Our staff will review it');
    expect(errorsOfCopy()).toContain(`TL13 ${EMAIL}`);
  });

  it('A27 for a body with a literal URL (TL07)', () => {
    edit(EMAIL, /$/, 'Reply or see https://www.ups.com/track instead.\n');
    expect(errorsOfCopy()).toContain(`TL07 ${EMAIL}`);
  });

  it('A28 for a Tier 1 body that uses {{tracking_url}}, declared or not (TL04)', () => {
    edit(EMAIL, /$/, '{{#tracking_url}}Track it here: {{tracking_url}}{{/tracking_url}}\n');
    expect(errorsOfCopy()).toContain(`TL04 ${EMAIL}`);
    edit('t_damaged_item_intake/template.yaml', 'optional: [first_name', 'optional: [tracking_url, first_name');
    expect(errorsOfCopy()).toEqual(
      expect.arrayContaining([`TL04 ${EMAIL}`, 'TL04 t_damaged_item_intake/template.yaml']),
    );
  });

  it('A29 for a second template that may resolve (TL06)', () => {
    edit('t_order_status_verified/template.yaml', 'auto_close: false', 'auto_close: true');
    expect(errorsOfCopy()).toContain('TL06 t_order_status_verified/template.yaml');
  });
});
