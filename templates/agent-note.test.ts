import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgentNoteFields, renderAgentNote } from './agent-note.ts';
import { bodyHash } from './body.ts';
import { AGENT_NOTE } from './generated/agent-note.ts';
import { lintNote } from './lint-note.ts';
import { loadNote, type SourceNote } from './load-note.ts';
import { noteSource } from './lock.ts';

const FIELDS: AgentNoteFields = {
  intent: 'order_status_tracking',
  confidence: 0.91,
  action: 'SEND_TEMPLATE',
  templateId: 't_order_status_verified',
  team: 'Email Support Team',
  orderLinked: true,
  missingFields: ['tracking', 'created_at'],
  errorCode: 'richpanel_timeout',
  reasonCode: 'tier2_verified',
  nextStep: 'Read along; nothing to do unless the customer writes again.',
  tags: ['mw-processed', 'mw:auto_closed', 'route-email-support-team'],
};

const WHOLE = `Frontdesk note for agents. Customers do not see it.
Intent: order_status_tracking, confidence 0.91
Action: SEND_TEMPLATE
Template: t_order_status_verified
Reason: tier2_verified
Team: Email Support Team
order_linked: yes
Missing fields: tracking, created_at
Error code: richpanel_timeout
Tags: mw-processed, mw:auto_closed, route-email-support-team
Next step: Read along; nothing to do unless the customer writes again.`;

describe('renderAgentNote (replies §7.5)', () => {
  it('says what was decided, by code and by our own lists', () => {
    expect(renderAgentNote(FIELDS)).toEqual({ ok: true, text: WHOLE });
  });

  it('leaves out what there is not', () => {
    const bare: AgentNoteFields = {
      ...FIELDS,
      intent: 'unknown_other',
      confidence: null,
      action: 'ROUTE_ONLY',
      templateId: null,
      team: null,
      orderLinked: false,
      missingFields: [],
      errorCode: null,
      reasonCode: null,
      nextStep: 'Read the message and answer it.',
      tags: [],
    };
    expect(renderAgentNote(bare)).toEqual({
      ok: true,
      text: `Frontdesk note for agents. Customers do not see it.
Intent: unknown_other
Action: ROUTE_ONLY
order_linked: no
Next step: Read the message and answer it.`,
    });
  });

  it.each<[keyof AgentNoteFields, unknown]>([
    ['intent', 'order_status'],
    ['confidence', 1.2],
    ['confidence', Number.NaN],
    ['action', 'SEND'],
    ['templateId', 't_no_such'],
    ['team', 'Night Shift'],
    ['missingFields', ['Created At']],
    ['errorCode', 'no such customer: robin@mail.example'],
    ['reasonCode', 'because'],
    ['nextStep', 'Write to robin@mail.example'],
    ['nextStep', 'Call 555 010 0123'],
    ['nextStep', '{{intent}}'],
    ['nextStep', '<b>Reply</b>'],
    ['nextStep', 'Answer\nthe customer'],
    ['nextStep', ''],
    ['tags', ['VIP']],
  ])('refuses the whole note for %s %j', (field, value) => {
    expect(renderAgentNote({ ...FIELDS, [field]: value })).toEqual({ ok: false, field });
  });

  it('a note never holds a brace, a tag of a markup language or an address, whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(FIELDS) as (keyof AgentNoteFields)[])),
        fc.string(),
        (name, value) => {
          const note = renderAgentNote({ ...FIELDS, [name]: Array.isArray(FIELDS[name]) ? [value] : value });
          if (note.ok) expect(note.text).not.toMatch(/[{}<>@]/);
        },
      ),
    );
  });
});

describe('the note’s text is a linted template', () => {
  const root = import.meta.dirname;
  const loaded = loadNote(root);
  if ('findings' in loaded) throw new Error('the note cannot be read');
  const note = loaded.value;
  const withBody = (body: string): SourceNote => {
    const sha256 = bodyHash(body);
    return { ...note, body, sha256, statedHash: sha256 };
  };
  const found = (changed: SourceNote) =>
    lintNote(changed, changed).map(({ rule, file, line, problem }) => `${rule} ${file}:${line} ${problem}`);

  it('breaks no rule and is generated as it stands on disk', () => {
    expect(lintNote(note, AGENT_NOTE)).toEqual([]);
    expect(readFileSync(path.join(root, 'generated/agent-note.ts'), 'utf8')).toBe(noteSource(note));
  });

  it.each([
    ['{{customer_text}}', 'TL03 templates/agent-note/en.note.md:17 uses {{customer_text}}, which is not declared'],
    ['{{team}}', 'TL03 templates/agent-note/en.note.md:17 uses the optional {{team}} outside its block'],
    ['See https://shop.example/', 'TL07 templates/agent-note/en.note.md:17 has a literal URL'],
    ['TODO', 'TL08 templates/agent-note/en.note.md:17 has TODO'],
    ['We promise it', 'TL09 templates/agent-note/en.note.md:17 has the banned phrase “promise”'],
    [
      '{{^team}}x{{/team}}',
      'TL17 templates/agent-note/en.note.md:17 has a tag that is neither {{name}} nor a presence block',
    ],
    ['Ask for the password', 'TL20 templates/agent-note/en.note.md:17 asks for a secret'],
  ])('“%s” is found, with file and line', (line, finding) => {
    expect(found(withBody(`${note.body}${line}\n`))).toContain(finding);
  });

  it('TL13: another text wants another version, then another build', () => {
    const changed = withBody(`${note.body}More.\n`);
    const before = { version: note.version, sha256: note.sha256 };
    expect(lintNote(changed, before)).toMatchObject([
      { rule: 'TL13', file: 'templates/agent-note/en.note.md', line: 6, problem: 'changed without a version step' },
    ]);
    expect(lintNote({ ...changed, version: '1.0.1' }, before)).toMatchObject([
      { rule: 'TL13', problem: 'is not what templates/generated/agent-note.ts pins' },
    ]);
  });
});
