import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Intent, Team } from '../events/words.ts';
import { INTENTS } from '../events/words.ts';
import { bodyHash } from './body.ts';
import type { Finding } from './findings.ts';
import { lintTemplates } from './lint.ts';
import type { LintContext } from './lint-context.ts';
import type { SourceTemplate, SourceVariant } from './load.ts';
import { lockEntries } from './lock.ts';
import type { TemplateMeta } from './meta.ts';
import { similarity } from './similarity.ts';
import { snapshotKey, snapshotText } from './snapshots.ts';

const RETURNS: ReadonlySet<string> = new Set(['damaged_item', 'wrong_item_received', 'delivered_not_received']);
const TEAMS = Object.fromEntries(
  INTENTS.map((intent) => [intent, RETURNS.has(intent) ? 'Returns Admin' : 'Email Support Team']),
) as Record<Intent, Team>;

type Change = {
  readonly meta?: Partial<TemplateMeta>;
  readonly livechat?: string;
  readonly email?: string;
  readonly folder?: string;
};

/** A Tier 1 intake that breaks no rule; bodies start on line 6 of their files. */
function intake({ meta = {}, livechat, email, folder }: Change = {}): SourceTemplate {
  return source(
    {
      id: 't_damaged_item_intake',
      version: '1.0.0',
      tier: 1,
      intents: ['damaged_item'],
      requires: [],
      vars: { required: [], optional: ['first_name'] },
      channels: { livechat: 'auto', email: 'auto', social: 'macro', tiktok: 'macro', phone: 'never' },
      enabled_default: true,
      auto_close: false,
      fallback: null,
      team: 'returns_admin',
      route_tag: 'route-returns-admin',
      macro: 'AUTO: Damaged Item — Intake',
      owner: 'support_ops',
      disclosures: [],
      review: { status: 'draft', approved_by: null, approved_at: null, decision_ref: null, expires_at: null },
      ...meta,
    },
    livechat ?? 'Sorry about that.\nPlease reply with a photo of the damage.',
    email ?? 'Hi{{#first_name}} {{first_name}}{{/first_name}},\nPlease reply with a photo.\nOur team will look at it.',
    folder,
  );
}

/** A Tier 2 estimate that breaks no rule. */
function estimate({ meta = {}, livechat, email }: Change = {}): SourceTemplate {
  const body = 'Order {{order_id}} with {{shipping_bucket}} shipping: {{eta_remaining_human}}.\nReply to reopen.';
  return source(
    {
      ...intake().meta,
      id: 't_order_eta_no_tracking_verified',
      tier: 2,
      intents: ['order_status_tracking'],
      requires: ['P_MATCH', 'P_FRESH', 'P_CONTEXT'],
      vars: { required: ['order_id', 'shipping_bucket', 'eta_remaining_human'], optional: [] },
      auto_close: true,
      team: 'email_support_team',
      route_tag: 'route-email-support-team',
      macro: null,
      disclosures: ['order_ref', 'delivery_window'],
      ...meta,
    },
    livechat ?? body,
    email ?? body,
  );
}

function source(meta: TemplateMeta, livechat: string, email: string, folder: string = meta.id): SourceTemplate {
  const variant = (name: 'livechat' | 'email', text: string): SourceVariant => ({
    locale: 'en',
    variant: name,
    sha256: bodyHash(text),
    statedHash: bodyHash(text),
    body: `${text}\n`,
    file: `templates/${folder}/en.${name}.md`,
    bodyLine: 6,
    headText: `locale: en\nvariant: ${name}\nsha256: x\n`,
  });
  const variants = [variant('livechat', livechat), variant('email', email)];
  return { meta, variants, folder, metaFile: `templates/${folder}/template.yaml`, metaText: stringify(meta) };
}

/** Everything beside the templates as it should be. */
function lint(templates: readonly SourceTemplate[], changes: Partial<LintContext> = {}): Finding[] {
  const snapshots = templates.flatMap((template) =>
    template.variants.map((one) => [snapshotKey(template, one), snapshotText(template, one)] as const),
  );
  return lintTemplates(templates, {
    expected: [],
    teams: TEAMS,
    neverAutomatic: ['t_chargeback_neutral_ack'],
    lock: lockEntries(templates),
    released: { templates },
    snapshots: new Map(snapshots),
    today: '2026-02-01',
    ...changes,
  });
}

function codes(findings: readonly Finding[]): string[] {
  return findings.map(({ rule, file, line }) => `${rule} ${file.split('/').at(-1)}:${line}`);
}

describe('lintTemplates (replies §1.9)', () => {
  it('finds nothing in templates that break no rule', () => {
    expect(lint([intake(), estimate()])).toEqual([]);
  });

  it('says file, line, problem and cure', () => {
    expect(lint([intake({ livechat: 'Please reply.\nSee www.shop.example now.' })])).toContainEqual({
      rule: 'TL07',
      severity: 'error',
      file: 'templates/t_damaged_item_intake/en.livechat.md',
      line: 7,
      problem: 'has a literal URL',
      cure: 'Use a variable, or say it without.',
    });
  });

  it('TL01: an id that is not its folder’s, and one without a folder', () => {
    expect(codes(lint([intake({ folder: 't_damaged_items' })]))).toEqual(['TL01 template.yaml:1']);
    expect(codes(lint([intake()], { expected: ['t_damaged_item_intake', 't_unknown_ack'] }))).toEqual([
      'TL01 template.yaml:1',
    ]);
  });

  it('TL02: automatic without a body of its own', () => {
    const { variants, ...rest } = intake();
    const emailOnly = { ...rest, variants: variants.filter(({ variant }) => variant === 'email') };
    expect(codes(lint([emailOnly]))).toEqual(['TL02 template.yaml:11']);
    const asDefault = {
      ...rest,
      variants: variants.map((one) => (one.variant === 'email' ? { ...one, variant: 'default' as const } : one)),
    };
    expect(codes(lint([asDefault])).filter((code) => code.startsWith('TL02'))).toEqual(['TL02 template.yaml:11']);
    const emailAuto = {
      ...emailOnly,
      meta: { ...rest.meta, channels: { ...rest.meta.channels, livechat: 'never' as const } },
    };
    expect(codes(lint([emailAuto]))).toEqual([]);
  });

  it('TL03: undeclared, unused and unguarded placeholders', () => {
    expect(codes(lint([intake({ livechat: 'Please reply.\n{{brand_name}}' })]))).toEqual(['TL03 en.livechat.md:7']);
    expect(codes(lint([intake({ livechat: 'Please reply.\n{{#nobody}}x{{/nobody}}' })]))).toEqual([
      'TL03 en.livechat.md:7',
    ]);
    expect(codes(lint([intake({ livechat: 'Please reply, {{first_name}}.' })]))).toContain('TL03 en.livechat.md:6');
    expect(
      codes(lint([estimate({ livechat: 'Order {{order_id}}, {{eta_remaining_human}}. Reply to reopen.' })])),
    ).toEqual(['TL03 en.livechat.md:6']);
  });

  it('TL03: a required value may not depend on another value’s presence', () => {
    const vars = {
      required: ['order_id', 'shipping_bucket', 'eta_remaining_human'],
      optional: ['first_name'],
    } as const;
    const meta = { vars: { required: [...vars.required], optional: [...vars.optional] } };
    const hidden =
      'Reply to reopen {{shipping_bucket}} {{eta_remaining_human}}{{#first_name}} {{order_id}}{{/first_name}}';
    expect(codes(lint([estimate({ meta, livechat: hidden })]))).toEqual(['TL03 en.livechat.md:6']);
    const own = 'Reply to reopen {{shipping_bucket}} {{eta_remaining_human}}{{#order_id}} {{order_id}}{{/order_id}}';
    expect(codes(lint([estimate({ meta, livechat: own })]))).toEqual([]);
  });

  it('TL04: order facts below Tier 2, anything at Tier 0', () => {
    const link = '{{#tracking_url}}{{tracking_url}}{{/tracking_url}}';
    const found = lint([
      intake({
        meta: { vars: { required: [], optional: ['first_name', 'tracking_url'] } },
        livechat: `Please reply. ${link}`,
      }),
    ]);
    // A28, in metadata, in the placeholder and in its block.
    expect(codes(found)).toEqual(['TL04 en.livechat.md:6', 'TL04 en.livechat.md:6', 'TL04 template.yaml:7']);
    expect(codes(lint([intake({ meta: { disclosures: ['order_ref'] } })])).map((code) => code.slice(0, 4))).toEqual([
      'TL04',
    ]);
    const tier0 = intake({ meta: { tier: 0 } });
    expect(new Set(lint([tier0]).map(({ rule }) => rule))).toEqual(new Set(['TL04']));
    expect(
      lint([intake({ meta: { tier: 0, vars: { required: [], optional: [] } }, email: 'It is under review.' })]),
    ).toEqual([]);
  });

  it('TL05: Tier 2 without its evidence', () => {
    const problems = lint([estimate({ meta: { requires: ['P_FRESH'] } })]).map(
      ({ rule, problem }) => `${rule} ${problem}`,
    );
    expect(problems).toEqual(['TL05 is Tier 2 without P_MATCH', 'TL05 is Tier 2 without P_CONTEXT']);
  });

  it('TL06: resolving outside the allow-list (A29), or without “reply … reopen” in every body', () => {
    expect(lint([intake({ meta: { auto_close: true } })]).map(({ rule }) => rule)).toEqual(['TL06']);
    const silent = 'Order {{order_id}} with {{shipping_bucket}}: {{eta_remaining_human}}. Reply any time.';
    expect(codes(lint([estimate({ email: silent })]))).toEqual(['TL06 en.email.md:6']);
    const apart = `${silent} We reopen it.`;
    expect(codes(lint([estimate({ email: apart })]))).toEqual(['TL06 en.email.md:6']);
  });

  it.each([
    'See https://shop.example/x',
    'See shop.example',
    'Write to help@shop.example',
    'Call 555-0123',
    'Call +1 555 010 0123',
    'Follow @juniper',
    'It costs $5',
    'It costs 5 dollars',
    'Take 10% off',
    'By 2026-01-31',
    'By 1/31/2026',
    'By January 31',
    'By 31 Jan',
  ])('TL07: “%s” (A27)', (words) => {
    expect(new Set(codes(lint([intake({ livechat: `Please reply.\n${words}.` })])))).toEqual(
      new Set(['TL07 en.livechat.md:7']),
    );
  });

  it.each(['Within 24 hours. You may reply', 'Photos, e.g. of the box', 'We open at 9', 'Size 12 or 14'])(
    'TL07 leaves “%s” alone',
    (words) => {
      expect(lint([intake({ livechat: `Please reply.\n${words}.` })])).toEqual([]);
    },
  );

  it.each(['INSERT ADDRESS', 'XXXX', 'TODO', 'tbd', '<name>', '%First Name%', '[order]', 'Lorem ipsum'])(
    'TL08: “%s”',
    (words) => {
      expect(
        codes(lint([intake({ email: `Please reply ${words}` })])).filter((code) => code.startsWith('TL08')),
      ).toEqual(['TL08 en.email.md:6']);
    },
  );

  it('TL08 leaves the verb “insert” alone', () => {
    expect(lint([intake({ email: 'Please insert the battery and reply.' })])).toEqual([]);
  });

  it.each([
    'We guarantee it',
    'That is guaranteed',
    'I promise',
    'we have refunded it',
    'We will refund it',
    'It will be replaced',
    'It has been cancelled',
    'We contacted the carrier',
    'we spoke to them',
    'a free replacement',
    'compensation',
    'a discount of some kind',
    'an automated note',
    'a bot wrote it',
    'An AI wrote it',
    'Your address is known',
    'We can’t find your order',
    'by tomorrow',
    'the exact date',
  ])('TL09: “%s”', (words) => {
    expect(codes(lint([intake({ livechat: `Please reply.\n${words}` })]))).toContain('TL09 en.livechat.md:7');
  });

  it('TL09 reads over line ends and leaves parts of words alone', () => {
    expect(codes(lint([intake({ livechat: 'Please reply. We will\nrefund it.' })]))).toContain('TL09 en.livechat.md:6');
    expect(lint([intake({ livechat: 'Please reply about the bottle, we said. No compromise.' })])).toEqual([]);
  });

  it('TL10: no way to a person', () => {
    expect(codes(lint([intake({ livechat: 'Sorry about that.' })]))).toEqual(['TL10 en.livechat.md:6']);
    expect(codes(lint([intake({ livechat: 'We are replying.' })]))).toEqual(['TL10 en.livechat.md:6']);
  });

  it('TL11: billing without the card warning', () => {
    const meta = {
      intents: ['billing_issue'] as Intent[],
      team: 'email_support_team',
      route_tag: 'route-email-support-team' as const,
    };
    const warned = 'Please reply. Never send full card numbers.';
    expect(lint([intake({ meta, livechat: warned, email: `${warned} Thank you for this.` })])).toEqual([]);
    expect(codes(lint([intake({ meta, livechat: warned, email: 'Please reply.' })]))).toEqual(['TL11 en.email.md:6']);
  });

  it('TL12: the longest values do not fit', () => {
    const fits = ['Reply', ...Array.from({ length: 5 }, () => 'a'.repeat(118))].join('\n'); // 5 + 5 × 119 = 600
    expect(lint([intake({ livechat: fits })])).toEqual([]);
    expect(codes(lint([intake({ livechat: `${fits}b` })])).filter((code) => code.startsWith('TL12'))).toEqual([
      'TL12 en.livechat.md:6',
    ]);
  });

  it('TL12: live chat counts the link, not what the link replaces', () => {
    const optional = ['tracking_url', 'tracking_number', 'status_url'] as const;
    const blocks = optional.map((name) => `{{#${name}}}{{${name}}}{{/${name}}}`).join('');
    // "Reply to reopen " 16, values 21 + 20 + 30, a link of 300, and 213 more: 600 in all.
    const body = `Reply to reopen {{order_id}}{{shipping_bucket}}{{eta_remaining_human}}${blocks}${'a'.repeat(213)}`;
    const meta = { vars: { required: estimate().meta.vars.required, optional: [...optional] } };
    const tl12 = (livechat: string) =>
      codes(lint([estimate({ meta, livechat })])).filter((code) => code.startsWith('TL12'));
    expect(tl12(body)).toEqual([]);
    expect(tl12(`${body}a`)).toEqual(['TL12 en.livechat.md:6']);
  });

  it('TL12: more lines than the channel shows; a list in an e-mail does not count', () => {
    const lines = (n: number) => ['Reply', ...Array.from({ length: n - 1 }, (_, index) => `line ${index}`)].join('\n');
    expect(lint([intake({ livechat: lines(8) })])).toEqual([]);
    expect(codes(lint([intake({ livechat: lines(9) })]))).toEqual(['TL12 en.livechat.md:6']);
    expect(lint([intake({ email: `${lines(8)}\n- one\n- two` })])).toEqual([]);
    expect(codes(lint([intake({ email: lines(9) })]))).toEqual(['TL12 en.email.md:6']);
  });

  it('TL12: max_chars may not raise the limit', () => {
    const template = intake();
    const headText = 'locale: en\nvariant: email\nmax_chars: 2000\nsha256: x\n';
    const raised = { ...template, variants: template.variants.map((one) => ({ ...one, maxChars: 2_000, headText })) };
    expect(codes(lint([raised]))).toEqual(['TL12 en.email.md:4', 'TL12 en.livechat.md:4']);
  });

  it('TL13: a body edited without a new version (A26), and one that is not pinned', () => {
    const edited = intake({ livechat: 'So sorry about that.\nPlease reply with a photo.' });
    const before = { released: { templates: [intake()] }, lock: lockEntries([intake()]) };
    expect(codes(lint([edited], before))).toEqual(['TL13 en.livechat.md:6']);
    expect(codes(lint([intake({ email: 'Please reply with pictures.' })], before))).toEqual(['TL13 en.email.md:6']);
    const raised = { ...edited, meta: { ...edited.meta, version: '1.0.1' } };
    expect(codes(lint([raised], before))).toEqual(['TL13 en.email.md:6', 'TL13 en.livechat.md:6']);
    expect(lint([raised], { ...before, lock: lockEntries([raised]) })).toEqual([]);
    const [one, ...others] = intake().variants;
    const misquoted = one === undefined ? [] : [{ ...one, statedHash: '0'.repeat(64) }, ...others];
    expect(codes(lint([{ ...intake(), variants: misquoted }]))).toEqual(['TL13 en.livechat.md:6']);
    expect(codes(lint([], { lock: lockEntries([intake()]) }))).toEqual([
      'TL13 templates.lock.json:1',
      'TL13 templates.lock.json:1',
    ]);
  });

  it.each([
    { when: 'wording', change: { livechat: 'Please reply to us.' }, enough: '1.0.1', tooLittle: '1.0.0' },
    {
      when: 'an optional variable',
      change: { meta: { vars: { required: [], optional: ['first_name', 'brand_name'] } } },
      enough: '1.1.0',
      tooLittle: '1.0.1',
    },
    { when: 'a precondition', change: { meta: { requires: ['P_OPEN'] } }, enough: '2.0.0', tooLittle: '1.1.0' },
    { when: 'going back', change: {}, enough: '1.0.0', tooLittle: '0.9.0' },
  ] as const)('TL13: $when needs $enough, $tooLittle is too little', ({ change, enough, tooLittle }) => {
    const changed = (version: string) => {
      const template = intake(change as Change);
      return { ...template, meta: { ...template.meta, version } };
    };
    const released = { templates: [intake()] };
    expect(lint([changed(enough)], { released })).toEqual([]);
    expect(new Set(lint([changed(tooLittle)], { released }).map(({ rule }) => rule))).toEqual(new Set(['TL13']));
  });

  it('TL14: switched on without approval is an error in production, a warning elsewhere', () => {
    const enabled = ['t_damaged_item_intake'] as const;
    const severities = (environment: string) =>
      lint([intake()], { target: { environment, enabled } }).map(({ rule, severity }) => `${rule} ${severity}`);
    expect(severities('prod')).toEqual(['TL14 error']);
    expect(severities('staging')).toEqual(['TL14 warning']);
    expect(lint([intake()], { target: { environment: 'prod', enabled: [] } })).toEqual([]);
  });

  it('74: an acknowledgement that is switched on fails the release check in every environment, approved or not', () => {
    const enabled = ['t_chargeback_neutral_ack', 't_damaged_item_intake'] as const;
    for (const environment of ['dev', 'prod']) {
      expect(lint([], { target: { environment, enabled } })).toEqual([
        {
          rule: 'TL14',
          severity: 'error',
          file: 'templates/t_chargeback_neutral_ack/template.yaml',
          line: 1,
          problem: `is switched on in ${environment}`,
          cure: 'Switch it off: only people may send it.',
        },
      ]);
    }
  });

  it('74: nor may it be automatic on a channel', () => {
    const text = intake({ meta: { id: 't_chargeback_neutral_ack', tier: 0, intents: ['chargeback_dispute'] } });
    const found = lint([text]).filter(({ rule }) => rule === 'TL14');
    expect(found.map(({ problem }) => problem)).toEqual(['is auto on email', 'is auto on livechat']);
  });

  const APPROVED = {
    status: 'approved',
    approved_by: 'support_lead',
    approved_at: '2026-01-10',
    decision_ref: 'D-12',
    expires_at: '2027-01-10',
  } as const;
  it.each([
    { when: 'it stands', review: APPROVED, history: { bodyChangedOn: '2026-01-10', authorRole: 'writer' }, found: 0 },
    { when: 'the author approved', review: APPROVED, history: { authorRole: 'support_lead' }, found: 1 },
    { when: 'the text is newer', review: APPROVED, history: { bodyChangedOn: '2026-01-11' }, found: 1 },
    { when: 'it ends today', review: { ...APPROVED, expires_at: '2026-02-01' }, history: {}, found: 0 },
    { when: 'it is past', review: { ...APPROVED, expires_at: '2026-01-31' }, history: {}, found: 1 },
    {
      when: 'it runs for longer than a year',
      review: { ...APPROVED, expires_at: '2027-01-11' },
      history: {},
      found: 1,
    },
    { when: 'nobody signed', review: { ...APPROVED, approved_by: null }, history: {}, found: 1 },
  ])('TL15: $found findings when $when', ({ review, history, found }) => {
    const findings = lint([intake({ meta: { review } })], { history: { t_damaged_item_intake: history } });
    expect(findings.map(({ rule }) => rule)).toEqual(Array.from({ length: found }, () => 'TL15'));
  });

  it.each([
    'Please reply 🙂',
    'Please\treply',
    'Please\u00a0reply',
    'Please reply\u200b',
    'Please reply \u00d7',
    `Please reply ${'a'.repeat(390)}`,
  ])('TL16: %j', (livechat) => {
    expect(codes(lint([intake({ livechat })]))).toContain('TL16 en.livechat.md:6');
  });

  it('TL16 allows letters, quotes, dashes and the ellipsis', () => {
    expect(lint([intake({ livechat: 'Zoé’s “box” – please reply — thanks…' })])).toEqual([]);
  });

  it.each([
    '{{{first_name}}}',
    '{{^first_name}}x{{/first_name}}',
    '{{>x}}',
    '{{#first_name}}{{#first_name}}x{{/first_name}}{{/first_name}}',
    '{{#first_name}}x',
  ])('TL17: %s', (tag) => {
    expect(codes(lint([intake({ livechat: `Please reply.\n${tag}` })]))).toContain('TL17 en.livechat.md:7');
  });

  it('TL18: another team or tag than the routing table’s', () => {
    expect(lint([intake({ meta: { team: 'email_support_team' } })]).map(({ rule }) => rule)).toEqual(['TL18']);
    expect(lint([intake({ meta: { route_tag: 'route-email-support-team' } })]).map(({ rule }) => rule)).toEqual([
      'TL18',
    ]);
  });

  it('TL18: a fallback that is missing, of a higher tier, or a circle', () => {
    const other = intake({
      meta: { id: 't_wrong_item_intake', intents: ['wrong_item_received'], fallback: 't_damaged_item_intake' },
      livechat: 'What did you expect? Do reply to us.',
      email: 'Tell us what came instead, and reply here.',
    });
    expect(lint([other]).map(({ rule }) => rule)).toEqual(['TL18']);
    expect(lint([other, intake()])).toEqual([]);
    expect(lint([other, intake({ meta: { fallback: 't_wrong_item_intake' } })]).map(({ rule }) => rule)).toEqual([
      'TL18',
      'TL18',
    ]);
    expect(
      lint([intake({ meta: { fallback: 't_order_eta_no_tracking_verified' } }), estimate()]).map(({ rule }) => rule),
    ).toEqual(['TL18']);
  });

  it('TL19: two bodies that read alike', () => {
    const copy = intake({ meta: { id: 't_wrong_item_intake', intents: ['wrong_item_received'] } });
    expect(codes(lint([intake(), copy]))).toEqual(['TL19 en.email.md:6', 'TL19 en.livechat.md:6']);
    // 9 of 10 words in common is exactly 0.9, which is not more than 0.9.
    expect(similarity('a b c d e f g h i j', 'a b c d e f g h i')).toBe(0.9);
  });

  it.each([
    'your card number',
    'the CVV',
    'your password',
    'the security code',
    'your date of birth',
    'your bank details',
  ])('TL20: asking for %s', (secret) => {
    expect(codes(lint([intake({ livechat: `Please reply with\n${secret}.` })]))).toEqual(['TL20 en.livechat.md:7']);
  });

  it('TL20 allows the warning not to send it', () => {
    expect(lint([intake({ livechat: 'Please reply. Never send card numbers.' })])).toEqual([]);
  });

  it('TL21: another text than the stored one, or none', () => {
    const template = intake();
    const stored = new Map(template.variants.map((one) => [snapshotKey(template, one), snapshotText(template, one)]));
    stored.set(
      't_damaged_item_intake.en.livechat',
      (stored.get('t_damaged_item_intake.en.livechat') ?? '').replace('photo', 'picture'),
    );
    expect(codes(lint([template], { snapshots: stored }))).toEqual(['TL21 t_damaged_item_intake.en.livechat.txt:3']);
    expect(codes(lint([template], { snapshots: new Map() }))).toEqual([
      'TL21 t_damaged_item_intake.en.email.txt:1',
      'TL21 t_damaged_item_intake.en.livechat.txt:1',
    ]);
  });

  it('an automatic template has a macro for agents; the estimate has none (§6)', () => {
    expect(lint([intake({ meta: { macro: null } })]).map(({ rule }) => rule)).toEqual(['format']);
    expect(lint([estimate({ meta: { macro: 'AUTO: Estimate' } })]).map(({ rule }) => rule)).toEqual(['format']);
  });
});
