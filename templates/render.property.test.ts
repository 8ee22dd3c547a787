/** Every template with values of every kind, hostile ones included (replies §1.6, R1–R3, R7). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REASON_CODES } from '../events/words.ts';
import { LIBRARY } from './generated/library.ts';
import type { Brand, Rendered, RenderInput } from './render.ts';
import { render } from './render.ts';
import { asIfSent, SAMPLE_VALUES } from './samples.ts';

const HOSTS = ['www.ups.com', 'tools.usps.com', 'shop.example'];

/** Values of replies §1.9, and what else people and machines put into fields. */
const HOSTILE: readonly (string | null)[] = [
  '{{order_id}}',
  '{{#first_name}}x{{/first_name}}',
  '}}',
  '{{{first_name}}}',
  '<script>alert(1)</script>',
  '<b>Robin</b>',
  '"\n',
  'Robin\r\nBcc: all@mail.example',
  '\u202Eeman tsrif',
  'Ro\u200bbin',
  '\u0000',
  '\t',
  'N'.repeat(300),
  'N'.repeat(500),
  'javascript:alert(1)',
  'data:text/html,x',
  'https://evil.example/',
  'http://www.ups.com/track',
  'https://www.ups.com@evil.example/',
  'https://user:pass@www.ups.com/',
  'https://www.ups.com:8443/',
  'https://www.ups.com/#x',
  'https://www.ups.com.evil.example/',
  'https://192.0.2.1/',
  'https://wwẃ.ups.com/',
  'https://shop.example/o?token=abc',
  'https://shop.example/o?to=robin%40mail.example',
  'https://shop.example/o?q=robin%2540mail.example',
  'https://shop.example/call/+15550100123',
  'www.evil.example',
  '１２３４５６７８９０１２',
  '’; DROP TABLE orders',
  'robin@mail.example',
  'robin＠mail.example',
  '+1 (555) 010-0123',
  '555 010 0123',
  '4111 1111 1111 1111',
  '4111111111111111',
  '12 Main Street',
  'PO Box 12',
  'Springfield, IL 62704',
  'we will refund you',
  'Ai',
  'guarantee',
  '',
  '   ',
  null,
];

const hostile = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
);
/** Mostly what is right, so that messages come about. */
const mostly = (...right: readonly [string, ...string[]]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...right) }, { weight: 2, arbitrary: hostile });

const NAMES = ['Robin', 'mary-jane', 'O’Neil', 'Олена', '李', 'de la Cruz'] as const;
const LINKS = ['https://shop.example/a', 'https://shop.example/terms?page=2'] as const;

const vars = fc.record({
  first_name: mostly(...NAMES),
  order_id: mostly('#1042', 'AB-10', '4111111111111111', `#${'9'.repeat(20)}`),
  order_status: mostly('being prepared', 'partly shipped', 'shipped', 'out for delivery', 'delivered'),
  fulfillment_status: mostly('not shipped yet', 'some items still being prepared', 'on its way'),
  tracking_company: mostly('UPS', 'Amazon Logistics'),
  tracking_number: mostly(SAMPLE_VALUES.tracking_number, '5550100123', '4111111111111111'),
  tracking_url: mostly(SAMPLE_VALUES.tracking_url, 'https://tools.usps.com/go/x?tLabels=5550100123'),
  status_url: mostly(SAMPLE_VALUES.status_url, 'https://shop.example/o/7'),
  shipping_bucket: mostly('Standard', 'Pre-Order'),
  eta_remaining_human: mostly('1 business day', 'up to 2 business days', '100–999 business days'),
  order_created_date_human: mostly('Dec 1, 2025', 'Feb 29, 2028'),
});

const brand: fc.Arbitrary<Brand> = fc.record({
  hosts: fc.constant(HOSTS),
  support_signature: mostly('Customer Support', 'S'.repeat(60)),
  support_hours_text: mostly('Monday to Friday, 9 am to 5 pm'),
  brand_name: mostly('Juniper'),
  help_center_url: mostly(...LINKS),
  returns_policy_url: mostly(...LINKS),
  shipping_policy_url: mostly(...LINKS),
  warranty_policy_url: mostly(...LINKS),
  privacy_policy_url: mostly(...LINKS),
  order_status_portal_url: mostly(...LINKS),
});

/** Names outside the list; no template may ever show their values. */
const SECRETS = {
  address: 'LEAK12',
  email: 'LEAK12',
  phone: 'LEAK12',
  item: 'LEAK12',
  agent: 'LEAK12',
  note: 'LEAK12',
};

const LIMITS = { livechat: { chars: 600, links: 1 }, email: { chars: 1800, links: 2 } } as const; // replies §1.7

/** Written for this test alone: anything that a reader could take for a link. */
function linksOf(text: string): string[] {
  return text.match(/\S+:\/\/\S+|www\.\S+|(?:javascript|data):\S+/gi) ?? [];
}

/** The text without its links and the two identifiers that may look like anything. */
function proseOf(text: string, { order_id, tracking_number }: RenderInput['facts']): string {
  const known = [...linksOf(text), order_id ?? '', tracking_number ?? ''].filter((part) => part !== '');
  return known.reduce((rest, part) => rest.replaceAll(part, '…'), text);
}

function check(input: RenderInput, rendered: Rendered): void {
  if (!rendered.ok) {
    expect(REASON_CODES).toContain(rendered.reasonCode);
    return;
  }
  const { text, record } = rendered;
  const template = input.library.templates[0];
  const channel = input.channel === 'email' ? 'email' : 'livechat';
  const { required = [], optional = [] } = template?.meta.vars ?? {};
  const signature = channel === 'email' ? (['support_signature'] as const) : [];
  for (const name of record.renderedVars) expect([...required, ...optional, ...signature]).toContain(name);
  for (const name of required) expect(record.renderedVars).toContain(name);
  expect(text).not.toContain('LEAK12');
  expect(text).not.toMatch(/[{}<>]/);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  expect([...text].length).toBeLessThanOrEqual(LIMITS[channel].chars);
  expect(record.characters).toBe([...text].length);
  if (channel === 'livechat') expect(text.split('\n').length).toBeLessThanOrEqual(8);
  const links = linksOf(text);
  expect(links.length).toBeLessThanOrEqual(LIMITS[channel].links);
  for (const link of links) {
    const url = new URL(link);
    expect(url.protocol).toBe('https:');
    expect(HOSTS).toContain(url.host);
    expect(decodeURIComponent(decodeURIComponent(link)).slice('https://'.length)).not.toMatch(/[@#]|token/);
  }
  const prose = proseOf(text, input.facts).normalize('NFKC');
  expect(prose).not.toMatch(/@/);
  expect(prose).not.toMatch(/\d[\d ().-]{5,}\d/);
  expect(prose).not.toMatch(/\d+ (?:[\p{L}.'-]+ ){1,3}(?:street|road|avenue|lane|drive)\b|\bbox \d|\b[A-Z]{2} \d{5}/iu);
  expect(prose).not.toMatch(/refund you|guarantee|\bbot\b/i);
}

describe('whatever the values are', () => {
  it.each(LIBRARY.templates.map((template) => ({ id: template.meta.id, template })))(
    '$id sends nothing but listed variables, hosts and sizes, or nothing at all',
    ({ template }) => {
      const sent = { livechat: 0, email: 0 };
      fc.assert(
        fc.property(
          vars,
          brand,
          fc.constantFrom('livechat', 'email'),
          fc.boolean(),
          (values, shop, channel, isTrue) => {
            // A fact that is not the value shown is the other way in which an order could be another customer's.
            const facts = isTrue
              ? { order_id: values.order_id ?? undefined, tracking_number: values.tracking_number ?? undefined }
              : { order_id: '#7', tracking_number: '1Z999AA10123456784' };
            const input: RenderInput = {
              library: { templates: [asIfSent(template)] },
              templateId: template.meta.id,
              channel,
              locale: 'en',
              vars: { ...values, ...SECRETS },
              facts,
              brand: shop,
            };
            const rendered = render(input);
            check(input, rendered);
            if (rendered.ok) sent[channel] += 1;
          },
        ),
        { numRuns: 400 },
      );
      // Or the property would hold of silence.
      expect(Math.min(sent.livechat, sent.email)).toBeGreaterThan(5);
    },
  );
});
