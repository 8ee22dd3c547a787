/** Invented values with which a template is shown to people: in snapshots and in `template preview`. */
import type { Template } from './library.ts';
import type { RenderInput } from './render.ts';
import type { FactVar } from './variables.ts';

export type SampleValues = { readonly [name in FactVar]: string };

/** The hosts of the links among the values. */
export const SAMPLE_HOSTS: readonly string[] = ['www.ups.com', 'shop.example'];

export const SAMPLE_VALUES: SampleValues = {
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

/** The values without which the template is not sent. */
export function requiredSamples({ meta }: Template): RenderInput['vars'] {
  const names: readonly string[] = meta.vars.required;
  return Object.fromEntries(Object.entries(SAMPLE_VALUES).filter(([name]) => names.includes(name)));
}

/** A text that only people send reads as if it were sent; what may render for customers stays the template's own word. */
export function asIfSent({ meta, variants }: Template): Template {
  return { meta: { ...meta, channels: { ...meta.channels, livechat: 'auto', email: 'auto' } }, variants };
}
