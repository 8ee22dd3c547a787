/** What every template reads like with four sets of values (TL21); the stored texts are in `templates/snapshots/`. */
import type { Channel } from '../events/words.ts';
import type { Template, Variant } from './library.ts';
import type { Brand, IdentifierFacts, RenderInput } from './render.ts';
import { render } from './render.ts';
import { asIfSent, requiredSamples, SAMPLE_HOSTS, SAMPLE_VALUES, type SampleValues } from './samples.ts';

type Fixture = { readonly vars: RenderInput['vars']; readonly facts: IdentifierFacts; readonly brand: Brand };

function padded(start: string, length: number): string {
  return start.padEnd(length, 'x');
}

/** The longest value of each variable (replies §1.5). */
const LONGEST: SampleValues = {
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

const BRAND: Brand = { hosts: SAMPLE_HOSTS, support_signature: 'Customer Support' };

const FULL_BRAND: Brand = {
  ...BRAND,
  support_hours_text: 'Monday to Friday, 9 am to 5 pm',
  help_center_url: 'https://shop.example/help',
  returns_policy_url: 'https://shop.example/returns',
};

const LONGEST_BRAND: Brand = {
  hosts: SAMPLE_HOSTS,
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

/** The four sets of TL21, in the order of the snapshot. */
function fixtureSets(template: Template): readonly (readonly [string, Fixture])[] {
  const facts = { order_id: SAMPLE_VALUES.order_id, tracking_number: SAMPLE_VALUES.tracking_number };
  const required = requiredSamples(template);
  return [
    ['all', { vars: SAMPLE_VALUES, facts, brand: FULL_BRAND }],
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
