/** What every template reads like with four sets of values (TL21); the stored texts are in `templates/snapshots/`. */
import type { Channel } from '../events/words.ts';
import type { Template, Variant } from './library.ts';
import type { Brand, IdentifierFacts, RenderInput } from './render.ts';
import { render } from './render.ts';
import type { FactVar } from './variables.ts';

type FixtureValues = { readonly [name in FactVar]: string };
type Fixture = { readonly vars: RenderInput['vars']; readonly facts: IdentifierFacts; readonly brand: Brand };

const HOSTS = ['www.ups.com', 'shop.example'];

const ALL: FixtureValues = {
  first_name: 'Robin',
  order_id: '#1042',
  order_status: 'shipped',
  fulfillment_status: 'on its way',
  tracking_company: 'UPS',
  tracking_number: '1Z999AA10123456784',
  tracking_url: 'https://www.ups.com/track?tracknum=1Z999AA10123456784',
  status_url: 'https://shop.example/orders/1042',
  shipping_bucket: 'Standard',
  eta_remaining_human: '1–3 business days',
  order_created_date_human: 'Dec 1, 2025',
};

function padded(start: string, length: number): string {
  return start.padEnd(length, 'x');
}

/** The longest value of each variable (replies §1.5). */
const LONGEST: FixtureValues = {
  first_name: padded('N', 40),
  order_id: padded('#', 21),
  order_status: 'out for delivery',
  fulfillment_status: 'some items still being prepared',
  tracking_company: 'Amazon Logistics',
  tracking_number: '9'.repeat(34),
  tracking_url: padded('https://www.ups.com/track?tracknum=', 300),
  status_url: padded('https://shop.example/orders/', 300),
  shipping_bucket: 'Expedited',
  eta_remaining_human: '100–999 business days',
  order_created_date_human: 'Dec 31, 2025',
};

/** One hostile value of §1.9 for each optional variable; required ones stay as they are, else nothing renders at all. */
const HOSTILE: RenderInput['vars'] = {
  first_name: '{{order_id}}',
  fulfillment_status: '<script>',
  tracking_company: '’; DROP',
  tracking_number: '１２３４５６７８９０１２',
  tracking_url: 'javascript:alert(1)',
  status_url: 'https://evil.example/',
  order_created_date_human: '\u202EDec 1, 2025',
};

const BRAND: Brand = { hosts: HOSTS, support_signature: 'Customer Support' };

const FULL_BRAND: Brand = {
  ...BRAND,
  support_hours_text: 'Monday to Friday, 9 am to 5 pm',
  help_center_url: 'https://shop.example/help',
  returns_policy_url: 'https://shop.example/returns',
};

const LONGEST_BRAND: Brand = {
  hosts: HOSTS,
  support_signature: padded('S', 60),
  support_hours_text: padded('H', 80),
  help_center_url: padded('https://shop.example/help/', 200),
  returns_policy_url: padded('https://shop.example/returns/', 200),
};

const HOSTILE_BRAND: Brand = {
  ...BRAND,
  support_hours_text: '"\n',
  help_center_url: 'javascript:alert(1)',
  returns_policy_url: 'https://evil.example/',
};

function requiredOf({ meta }: Template): RenderInput['vars'] {
  const names: readonly string[] = meta.vars.required;
  return Object.fromEntries(Object.entries(ALL).filter(([name]) => names.includes(name)));
}

/** The four sets of TL21, in the order of the snapshot. */
function fixtureSets(template: Template): readonly (readonly [string, Fixture])[] {
  const facts = { order_id: ALL.order_id, tracking_number: ALL.tracking_number };
  const required = requiredOf(template);
  return [
    ['all', { vars: ALL, facts, brand: FULL_BRAND }],
    ['required-only', { vars: required, facts, brand: BRAND }],
    [
      'max-length',
      {
        vars: LONGEST,
        facts: { order_id: LONGEST.order_id, tracking_number: LONGEST.tracking_number },
        brand: LONGEST_BRAND,
      },
    ],
    ['hostile', { vars: { ...HOSTILE, ...required }, facts, brand: HOSTILE_BRAND }],
  ];
}

export function snapshotKey({ meta }: Template, { locale, variant }: Variant): string {
  return `${meta.id}.${locale}.${variant}`;
}

export function snapshotFile(template: Template, variant: Variant): string {
  return `templates/snapshots/${snapshotKey(template, variant)}.txt`;
}

/** A text for agents only is read as if it were sent; what renders for customers stays the template's own word. */
function asIfSent({ meta, variants }: Template): Template {
  const channels = { ...meta.channels, livechat: 'auto', email: 'auto' } as const;
  return { meta: { ...meta, channels }, variants };
}

/** The text of a snapshot file: one section per set, a refusal by its reason. */
export function snapshotText(template: Template, variant: Variant): string {
  // A default body is read in the first channel that gets it.
  const channel: Channel = variant.variant === 'default' ? 'livechat' : variant.variant;
  const sections = fixtureSets(template).map(([name, { vars, facts, brand }]) => {
    const rendered = render({
      library: { templates: [asIfSent(template)] },
      templateId: template.meta.id,
      channel,
      locale: variant.locale,
      vars,
      facts,
      brand,
    });
    return `== ${name}\n${rendered.ok ? rendered.text : `(refused: ${rendered.reasonCode} ${rendered.variable ?? ''})`}\n`;
  });
  return sections.join('\n');
}
