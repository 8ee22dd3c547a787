import { describe, expect, it } from 'vitest';
import { bodyHash } from './body.ts';
import { LIBRARY } from './generated/library.ts';
import type { Template, TemplateLibrary } from './library.ts';
import { findTemplate, templateHash } from './library.ts';
import type { RenderInput } from './render.ts';
import { render } from './render.ts';

const UPS_URL = 'https://www.ups.com/track?tracknum=1Z999AA10123456784';

/** A status reply by live chat with the two values it needs. */
function input(overrides: Partial<RenderInput> = {}): RenderInput {
  return {
    library: LIBRARY,
    templateId: 't_order_status_verified',
    channel: 'livechat',
    locale: 'en',
    vars: { order_id: '#1042', order_status: 'shipped' },
    facts: { order_id: '#1042', tracking_number: '1Z999AA10123456784' },
    brand: { hosts: ['www.ups.com', 'shop.example'] },
    ...overrides,
  };
}

function withVars(vars: RenderInput['vars'], overrides: Partial<RenderInput> = {}): RenderInput {
  return input({ vars: { order_id: '#1042', order_status: 'shipped', ...vars }, ...overrides });
}

function textOf(given: RenderInput): string {
  const rendered = render(given);
  return rendered.ok ? rendered.text : `refused: ${rendered.reasonCode} ${rendered.variable ?? ''}`;
}

function templateOf(id: Template['meta']['id']): Template {
  const template = findTemplate(LIBRARY, id);
  if (template === undefined) throw new Error(`no template ${id}`);
  return template;
}

/** A library with one body of the status template replaced, and pinned anew. */
function withBody(body: string): TemplateLibrary {
  const template = templateOf('t_order_status_verified');
  const variants = template.variants.map((variant) => ({ ...variant, body, sha256: bodyHash(body) }));
  return { templates: [{ ...template, variants }] };
}

const PLAIN = `Hi, the latest on order #1042: shipped.
Something not adding up? Reply here and a teammate will look.`;

describe('render', () => {
  it('records what was rendered, by name and never by value (§1.6 step 9)', () => {
    const rendered = render(withVars({ first_name: 'robin', shipping_bucket: 'Standard' }, { channel: 'email' }));
    const text = `Hi Robin,
Here is where order #1042 stands right now.
- Status: shipped
Carrier pages can lag behind the parcel. If what you see does not match, reply to this message and our team will check it with you.

— Customer Support`;
    expect(rendered).toEqual({
      ok: true,
      text,
      record: {
        templateId: 't_order_status_verified',
        templateVersion: '1.0.0',
        templateHash: templateHash(LIBRARY, 't_order_status_verified', 'email'),
        variant: 'email',
        locale: 'en',
        renderedVars: ['first_name', 'order_id', 'order_status', 'support_signature'],
        characters: 223, // `wc -m` of the text above
        droppedVars: 1,
      },
    });
  });

  it('is the same twice', () => {
    expect(render(input())).toEqual(render(input()));
  });

  it('signs e-mail with the shop’s signature and live chat with none (§1.2)', () => {
    const brand = { hosts: [], support_signature: 'The Juniper Team' };
    expect(textOf(input({ channel: 'email', brand })).endsWith('\n\n— The Juniper Team')).toBe(true);
    expect(textOf(input({ brand }))).toBe(PLAIN);
  });

  it('takes brand values from the configuration only', () => {
    const given = input({
      templateId: 't_shipping_delay_verified',
      channel: 'email',
      vars: Object.fromEntries([
        ['order_id', '#1042'],
        ['order_status', 'being prepared'],
        ['fulfillment_status', 'not shipped yet'],
        ['support_hours_text', 'whenever'],
      ]),
    });
    expect(textOf(given)).not.toContain('whenever');
  });
});

describe('live chat shows one way to follow the parcel (§2.6)', () => {
  it.each([
    {
      when: 'link and number',
      vars: { tracking_url: UPS_URL, tracking_number: '1Z999AA10123456784' },
      line: `Track it here: ${UPS_URL}`,
    },
    {
      when: 'number only',
      vars: { tracking_number: '1Z999AA10123456784' },
      line: 'Tracking number: 1Z999AA10123456784',
    },
    {
      when: 'A21: an unlisted host',
      vars: { tracking_url: 'https://evil.example/', tracking_number: '1Z999AA10123456784' },
      line: 'Tracking number: 1Z999AA10123456784',
    },
  ])('$when', ({ vars, line }) => {
    expect(textOf(withVars(vars))).toBe(PLAIN.replace('\n', `\n${line}\n`));
  });

  it('an order page gives way to the tracking page and stands in without one', () => {
    const body =
      'Reply. {{#tracking_url}}T {{tracking_url}}{{/tracking_url}}{{#status_url}}S {{status_url}}{{/status_url}} {{order_id}} {{order_status}}';
    const library = withBody(body);
    const status_url = 'https://shop.example/o/1';
    expect(textOf(withVars({ tracking_url: UPS_URL, status_url }, { library }))).toBe(
      `Reply. T ${UPS_URL} #1042 shipped`,
    );
    expect(textOf(withVars({ status_url }, { library }))).toBe('Reply. S https://shop.example/o/1 #1042 shipped');
  });
});

describe('which body (§1.2)', () => {
  it.each([
    { when: 'a channel for agents only', overrides: { channel: 'social' }, reasonCode: 'channel_not_enabled' },
    { when: 'a channel that is never served', overrides: { channel: 'phone' }, reasonCode: 'channel_not_enabled' },
    { when: 'an unknown channel', overrides: { channel: 'unknown' }, reasonCode: 'channel_not_enabled' },
    { when: 'a locale without a body', overrides: { locale: 'es' }, reasonCode: 'no_variant' },
    {
      when: 'a template that is not in the library',
      overrides: { library: { templates: [] } },
      reasonCode: 'no_variant',
    },
    {
      when: 'a text that only people send',
      overrides: { templateId: 't_unknown_ack' },
      reasonCode: 'channel_not_enabled',
    },
    { when: 'a Tier 0 acknowledgement', overrides: { templateId: 't_fraud_ack' }, reasonCode: 'channel_not_enabled' },
  ] as const)('$when is refused', ({ overrides, reasonCode }) => {
    expect(render(input(overrides))).toEqual({ ok: false, reasonCode });
  });

  it('never sends one channel’s body on another', () => {
    const template = templateOf('t_order_status_verified');
    const library = {
      templates: [{ ...template, variants: template.variants.filter(({ variant }) => variant === 'email') }],
    };
    expect(render(input({ library }))).toEqual({ ok: false, reasonCode: 'no_variant' });
  });

  it('falls back to the default body', () => {
    const template = templateOf('t_order_status_verified');
    const body = 'Order {{order_id}} is {{order_status}}. Please reply.';
    const variants = [{ locale: 'en', variant: 'default' as const, body, sha256: bodyHash(body) }];
    expect(textOf(input({ library: { templates: [{ ...template, variants }] } }))).toBe(
      'Order #1042 is shipped. Please reply.',
    );
  });
});

describe('pinned text (§1.7)', () => {
  it('refuses a body that is not the one of the manifest', () => {
    const template = templateOf('t_order_status_verified');
    const variants = template.variants.map((variant) => ({ ...variant, body: `${variant.body}Reply now.\n` }));
    expect(render(input({ library: { templates: [{ ...template, variants }] } }))).toEqual({
      ok: false,
      reasonCode: 'template_hash_mismatch',
    });
  });

  it('A30: refuses another body than the approved one', () => {
    expect(render(input({ expectedHash: 'f'.repeat(64) }))).toEqual({ ok: false, reasonCode: 'template_changed' });
    const expectedHash = templateHash(LIBRARY, 't_order_status_verified', 'livechat');
    expect(render(input({ expectedHash })).ok).toBe(true);
  });
});

describe('missing values (R7)', () => {
  it.each([
    { when: 'A25: order_status missing', vars: { order_id: '#1042' }, variable: 'order_status' },
    {
      when: 'order_status not of the closed list',
      vars: { order_id: '#1042', order_status: 'paid' },
      variable: 'order_status',
    },
    { when: 'order_id empty', vars: { order_id: '', order_status: 'shipped' }, variable: 'order_id' },
    { when: 'order_id null', vars: { order_id: null, order_status: 'shipped' }, variable: 'order_id' },
  ])('$when refuses the message', ({ vars, variable }) => {
    expect(render(input({ vars }))).toEqual({ ok: false, reasonCode: 'missing_order_context', variable });
  });

  it.each(['order_id', 'order_status', 'shipping_bucket', 'eta_remaining_human'] as const)(
    'without %s nothing is sent, even where a template calls it optional (§1.5)',
    (variable) => {
      const template = templateOf('t_order_status_verified');
      const library = {
        templates: [{ ...template, meta: { ...template.meta, vars: { required: [], optional: [variable] } } }],
      };
      expect(render(input({ library, vars: {} }))).toEqual({
        ok: false,
        reasonCode: 'missing_order_context',
        variable,
      });
    },
  );

  it.each([
    { when: 'A23: a name with a tag', vars: { first_name: '{{order_id}}' } },
    { when: 'A24: a name of 300 characters', vars: { first_name: 'R'.repeat(300) } },
    { when: 'A22: a script for a tracking page', vars: { tracking_url: 'javascript:alert(1)' } },
    { when: 'a name that is a banned word', vars: { first_name: 'Ai' } },
    { when: 'a malformed number', vars: { tracking_number: 'ABC' } },
  ])('$when is left out', ({ vars }) => {
    expect(textOf(withVars(vars))).toBe(PLAIN);
  });
});

const HOSTILE = [
  '{{order_id}}',
  '<script>',
  '"\n',
  '\u202Eeman',
  'N'.repeat(500),
  'javascript:alert(1)',
  'https://evil.example/',
  '１２３４',
  '’; DROP',
];

describe('hostile values (§1.9)', () => {
  const OPTIONAL = [
    'first_name',
    'fulfillment_status',
    'tracking_company',
    'tracking_number',
    'tracking_url',
    'status_url',
  ] as const;
  it.each(OPTIONAL.flatMap((name) => HOSTILE.map((value) => ({ name, value }))))(
    '$name = $value is left out',
    ({ name, value }) => {
      for (const channel of ['livechat', 'email'] as const) {
        expect(render(withVars({ [name]: value }, { channel }))).toMatchObject({
          ok: true,
          text: textOf(input({ channel })),
        });
      }
    },
  );

  it.each((['order_id', 'order_status'] as const).flatMap((name) => HOSTILE.map((value) => ({ name, value }))))(
    '$name = $value refuses the message',
    ({ name, value }) => {
      const facts = { order_id: name === 'order_id' ? value : '#1042' };
      expect(render(withVars({ [name]: value }, { facts }))).toEqual({
        ok: false,
        reasonCode: 'missing_order_context',
        variable: name,
      });
    },
  );

  it.each([
    ['{{order_id}}', 'render_error'],
    ['<script>', 'final_scan_failed'],
    ['<', 'final_scan_failed'],
    ['9 to } 5', 'final_scan_failed'],
    ['9 @ 5', 'final_scan_failed'],
    ['javascript:alert(1)', 'final_scan_failed'],
    ['https://evil.example/', 'final_scan_failed'],
    ['call +1 555 010 0123', 'disallowed_value'],
    ['ＣＡＬＬ ５５５０１００１２３', 'disallowed_value'],
    ['write to help@shop.example', 'disallowed_value'],
    ['at 12 Main Street', 'disallowed_value'],
    ['automated, day and night', 'final_scan_failed'],
    ['see https://shop.example/hours?to=robin%40mail.example', 'final_scan_failed'],
  ])('opening hours “%s” end in %s', (support_hours_text, reasonCode) => {
    const given = input({
      templateId: 't_shipping_delay_verified',
      channel: 'email',
      vars: { order_id: '#1042', order_status: 'being prepared', fulfillment_status: 'not shipped yet' },
      brand: { hosts: [], support_hours_text },
    });
    expect(render(given)).toMatchObject({ ok: false, reasonCode });
  });
});

describe('personal data never leaves (§1.6 step 4)', () => {
  it.each([
    { when: 'an order number that is not the fact’s', vars: { order_id: '#1043' }, variable: 'order_id' },
    {
      when: 'a tracking number that is not the fact’s',
      vars: { tracking_number: '1Z999AA10123456785' },
      variable: 'tracking_number',
    },
    {
      when: 'a link with an e-mail address',
      vars: { status_url: 'https://shop.example/o?who=robin%40mail.example' },
      variable: 'status_url',
    },
  ])('$when refuses the message', ({ vars, variable }) => {
    expect(render(withVars(vars))).toEqual({ ok: false, reasonCode: 'disallowed_value', variable });
  });

  it('an address typed into the field of a tracking number excuses none in a link', () => {
    const facts = { order_id: '#1042', tracking_number: 'robin@mail.example' };
    const status_url = 'https://shop.example/o?who=robin%40mail.example';
    expect(render(withVars({ status_url }, { facts }))).toMatchObject({ ok: false, variable: 'status_url' });
  });

  it('a tracking number may look like a phone number, since it equals the fact', () => {
    const facts = { order_id: '#1042', tracking_number: '5550100123' };
    const tracking_url = 'https://www.ups.com/track?tracknum=5550100123';
    expect(render(withVars({ tracking_number: '5550100123', tracking_url }, { facts, channel: 'email' })).ok).toBe(
      true,
    );
  });
});

describe('the final scan (§1.6 step 7)', () => {
  it.each([
    { when: 'a banned phrase', body: 'Order {{order_id}} {{order_status}}: we will refund you. Reply.' },
    { when: 'a tag of a markup language', body: 'Order {{order_id}} {{order_status}}. <b>Reply</b>.' },
    { when: 'a link of the author', body: 'Order {{order_id}} {{order_status}}. Reply at https://evil.example/.' },
    {
      when: 'a second link in live chat',
      body: 'Reply {{order_id}} {{order_status}} https://shop.example/a https://shop.example/b',
    },
    { when: 'more than 600 characters', body: `Reply {{order_id}} {{order_status}} ${'a'.repeat(600)}` },
    { when: 'more than 8 lines', body: 'Reply\n{{order_id}}\n{{order_status}}\n4\n5\n6\n7\n8\n9' },
  ])('$when is not sent', ({ body }) => {
    expect(render(input({ library: withBody(body) }))).toEqual({ ok: false, reasonCode: 'final_scan_failed' });
  });

  it('a faulty tag is a render error', () => {
    expect(render(input({ library: withBody('Reply {{{order_id}}}') }))).toEqual({
      ok: false,
      reasonCode: 'render_error',
    });
  });

  it('an order prefix is not a banned word', () => {
    const given = withVars({ order_id: '#AI-1042' }, { facts: { order_id: '#AI-1042' } });
    expect(textOf(given)).toBe(PLAIN.replace('#1042', '#AI-1042'));
  });

  it('max_chars lowers the channel limit and never raises it', () => {
    const template = templateOf('t_order_status_verified');
    const limited = (maxChars: number, body: string) => ({
      templates: [
        {
          ...template,
          variants: [{ locale: 'en', variant: 'livechat' as const, maxChars, body, sha256: bodyHash(body) }],
        },
      ],
    });
    const short = 'Reply {{order_id}} {{order_status}}'; // renders to 19 characters
    expect(render(input({ library: limited(19, short) })).ok).toBe(true);
    expect(render(input({ library: limited(18, short) })).ok).toBe(false);
    expect(render(input({ library: limited(5_000, `${short} ${'a'.repeat(600)}`) })).ok).toBe(false);
  });
});
