/** Each fault of replies §1.9 made in a copy of the real files: the message names rule, file, line and cure. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatFinding } from '../../templates/findings.ts';
import { type LintOptions, lintRepository } from './lint.ts';

const REPOSITORY = path.join(import.meta.dirname, '../..');
const OPTIONS: LintOptions = { today: '2026-02-01' };

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'lint-'));
  cpSync(path.join(REPOSITORY, 'templates'), path.join(root, 'templates'), { recursive: true });
  cpSync(path.join(REPOSITORY, 'templates.lock.json'), path.join(root, 'templates.lock.json'));
});
afterEach(() => rmSync(root, { recursive: true }));

type Edit = readonly [file: string, from: string | RegExp, to: string];

function lint(edits: readonly Edit[], options: LintOptions = OPTIONS): string[] {
  for (const [name, from, to] of edits) {
    const file = path.join(root, name);
    const before = readFileSync(file, 'utf8');
    const after = before.replace(from, to);
    if (after === before) throw new Error(`nothing to edit in ${name}`);
    writeFileSync(file, after);
  }
  return lintRepository(root, options).findings.map(formatFinding);
}

const DAMAGED = 'templates/t_damaged_item_intake';
const CHAT = `${DAMAGED}/en.livechat.md`;
const META = `${DAMAGED}/template.yaml`;
const ESTIMATE = 'templates/t_order_eta_no_tracking_verified';
const chat = (to: string): Edit => [CHAT, 'Sorry it reached you like that.', to];
const APPROVED = `review: { status: approved, approved_by: support_lead, approved_at: 2026-01-10, decision_ref: D-7, expires_at: 2027-01-10 }`;
const review = (text: string): Edit => [META, /^review: .*$/m, text];

describe('a fault in the files', () => {
  it('is in none of the files as they are', () => {
    expect(lint([])).toEqual([]);
  });

  it.each<{ readonly when: string; readonly edits: readonly Edit[]; readonly says: string }>([
    {
      when: 'TL01: an id that is not the folder’s',
      edits: [[META, 'id: t_damaged_item_intake', 'id: t_wrong_item_intake']],
      says: `${META}:1: TL01 has the id t_wrong_item_intake in the folder t_damaged_item_intake. Give folder and id the same name.`,
    },
    {
      when: 'TL01: an id that is none of ours',
      edits: [[META, 'id: t_damaged_item_intake', 'id: t_damaged']],
      says: `${META}:1: TL01 has a id that is not allowed (picklist). Use a value of the table in replies §1.1.`,
    },
    {
      when: 'TL03: an undeclared placeholder',
      edits: [chat('Sorry, {{brand_name}}.')],
      says: `${CHAT}:6: TL03 uses {{brand_name}}, which is not declared. Declare it in template.yaml or remove it.`,
    },
    {
      when: 'TL04: an order fact at Tier 1 (A28)',
      edits: [
        chat('{{#tracking_url}}{{tracking_url}}{{/tracking_url}}'),
        [META, 'optional: [first_name]', 'optional: [first_name, tracking_url]'],
      ],
      says: `${CHAT}:6: TL04 shows {{tracking_url}} at Tier 1. Remove it: order facts are for Tier 2, and Tier 0 shows nothing.`,
    },
    {
      when: 'TL05: Tier 2 without its evidence',
      edits: [[`${ESTIMATE}/template.yaml`, 'P_MATCH, ', '']],
      says: `${ESTIMATE}/template.yaml:5: TL05 is Tier 2 without P_MATCH. Add P_MATCH to requires.`,
    },
    {
      when: 'TL06: a second template that resolves (A29)',
      edits: [[META, 'auto_close: false', 'auto_close: true']],
      says: `${META}:9: TL06 may not resolve conversations. Set auto_close to false; the allow-list is a constant in code.`,
    },
    {
      when: 'TL06: resolving without the way to reopen',
      edits: [[`${ESTIMATE}/en.livechat.md`, 'to reopen it and reach', 'to reach']],
      says: `${ESTIMATE}/en.livechat.md:6: TL06 resolves without saying that a reply reopens. Add a sentence with “reply … reopen”.`,
    },
    {
      when: 'TL07: a literal URL (A27)',
      edits: [chat('See https://shop.example/.')],
      says: `${CHAT}:6: TL07 has a literal URL. Use a variable, or say it without.`,
    },
    {
      when: 'TL08: junk',
      edits: [chat('INSERT ADDRESS')],
      says: `${CHAT}:6: TL08 has INSERT. Write the real words or use a variable.`,
    },
    {
      when: 'TL09: a banned phrase',
      edits: [chat('It will be replaced.')],
      says: `${CHAT}:6: TL09 has the banned phrase “will be replaced”. Say it without a commitment, a claim or a hint at automation.`,
    },
    {
      when: 'TL10: no way to a person',
      edits: [[CHAT, 'Please reply with', 'Please send']],
      says: `${CHAT}:6: TL10 names no way to reach a person. Add a sentence that asks for or offers a reply.`,
    },
    {
      when: 'TL11: billing without the warning',
      edits: [['templates/t_billing_issue_intake/en.email.md', /Please never send .*\n/, '']],
      says: 'templates/t_billing_issue_intake/en.email.md:6: TL11 lacks the warning about card numbers. Add “never send full card numbers”.',
    },
    {
      when: 'TL12: too long for the channel',
      edits: [chat(`${'Sorry. '.repeat(50)}\n${'Sorry. '.repeat(50)}`)],
      says: `${CHAT}:6: TL12 can reach 781 characters of 600. Shorten the text.`,
    },
    {
      when: 'TL13: an edited body (A26)',
      edits: [chat('Sorry about that.')],
      says: `${CHAT}:6: TL13 changed without the patch version step it needs. Raise the version above 1.0.0, then run node tools/templates-build.ts.`,
    },
    {
      when: 'TL13: an edited hash',
      edits: [[CHAT, /^sha256: .*$/m, `sha256: ${'a'.repeat(64)}`]],
      says: `${CHAT}:6: TL13 has a body that its sha256 does not match. Run node tools/templates-build.ts.`,
    },
    {
      when: 'TL15: an incomplete approval',
      edits: [review(APPROVED.replace('D-7', 'null'))],
      says: `${META}:16: TL15 is approved without approver, day, decision or expiry. Fill in all of approved_by, approved_at, decision_ref and expires_at.`,
    },
    {
      when: 'TL16: an emoji',
      edits: [chat('Sorry 😀.')],
      says: `${CHAT}:6: TL16 has the character U+1F600. Use letters, ASCII and ’ “ ” – — … only.`,
    },
    {
      when: 'TL17: a triple brace',
      edits: [chat('Sorry, {{{first_name}}}.')],
      says: `${CHAT}:6: TL17 has a tag that is neither {{name}} nor a presence block. Use {{name}}, {{#name}} and {{/name}} only.`,
    },
    {
      when: 'TL18: another team than routing’s',
      edits: [[META, 'team: returns_admin', 'team: sales_team']],
      says: `${META}:11: TL18 names the team sales_team, but damaged_item goes to returns_admin. Use the team of the routing table.`,
    },
    {
      when: 'TL19: a copy of another body',
      edits: [
        [
          CHAT,
          /Sorry it reached[\s\S]*/,
          'Sorry about the mix-up. Please reply with your order number, what you expected, and a photo of what arrived.\n',
        ],
      ],
      says: 'templates/t_wrong_item_intake/en.livechat.md:6: TL19 reads like t_damaged_item_intake. Write what this template is about.',
    },
    {
      when: 'TL20: a secret asked for',
      edits: [chat('Please send us your password.')],
      says: `${CHAT}:6: TL20 asks for a secret. Never ask for card, bank, password or birth data.`,
    },
    {
      when: 'TL21: another text than the snapshot',
      edits: [['templates/snapshots/t_damaged_item_intake.en.livechat.txt', 'Sorry', 'So sorry']],
      says: 'templates/snapshots/t_damaged_item_intake.en.livechat.txt:2: TL21 is not what the template renders. Correct the template, or the snapshot if the change is wanted.',
    },
    {
      when: 'the agent note breaks TL03 too',
      edits: [['templates/agent-note/en.note.md', 'Next step:', 'Said: {{customer_text}}\nNext step:']],
      says: 'templates/agent-note/en.note.md:16: TL03 uses {{customer_text}}, which is not declared. Declare it in template.yaml or remove it.',
    },
  ])('$when', ({ edits, says }) => {
    expect(lint(edits)).toContain(says);
  });

  it('TL01: a folder that is gone', () => {
    rmSync(path.join(root, DAMAGED), { recursive: true });
    expect(lint([])).toContain(
      `${META}:1: TL01 is missing or cannot be read. Add the folder, or correct what is reported for it.`,
    );
  });

  it('TL02: a body that is gone', () => {
    rmSync(path.join(root, CHAT));
    expect(lint([])).toContain(
      `${META}:7: TL02 is auto on livechat without en.livechat.md. Write ${CHAT} or take auto away.`,
    );
  });

  it('TL14: switched on before it is approved, an error in production and a warning elsewhere', () => {
    const enabled = ['t_damaged_item_intake'] as const;
    const says = (environment: string, mark: string) =>
      `${META}:16: TL14${mark} is switched on in ${environment} with review status draft. Have it approved or leave it switched off.`;
    expect(lint([], { ...OPTIONS, target: { environment: 'prod', enabled } })).toEqual([says('prod', '')]);
    expect(lint([], { ...OPTIONS, target: { environment: 'staging', enabled } })).toEqual([
      says('staging', ' (warning)'),
    ]);
  });

  it('TL14: what only people may send is never switched on, approved or not', () => {
    expect(lint([], { ...OPTIONS, target: { environment: 'dev', enabled: ['t_fraud_ack'] } })).toContain(
      'templates/t_fraud_ack/template.yaml:1: TL14 is switched on in dev. Switch it off: only people may send it.',
    );
    expect(lint([['templates/t_fraud_ack/template.yaml', 'email: macro', 'email: auto']])).toContain(
      'templates/t_fraud_ack/template.yaml:7: TL14 is auto on email. Set it to macro or never: only people may send it.',
    );
  });
});
