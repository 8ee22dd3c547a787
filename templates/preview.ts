/** Every body of a template as a person would read it, with invented values and the shop's own brand. */
import type { Channel, ReasonCode } from '../events/words.ts';
import type { Template, Variant } from './library.ts';
import { CHANNEL_LIMITS } from './limits.ts';
import type { VariantName } from './meta.ts';
import type { Brand, RenderInput } from './render.ts';
import { render } from './render.ts';
import { asIfSent, requiredSamples, SAMPLE_HOSTS, SAMPLE_VALUES } from './samples.ts';

type Sample = {
  /** `all`: every value is known. `required-only`: what the template cannot do without. */
  readonly values: 'all' | 'required-only';
  /** `null` where the renderer refuses, with `refused` saying why. */
  readonly text: string | null;
  readonly characters: number | null;
  readonly refused: ReasonCode | null;
};

export type VariantPreview = {
  readonly locale: string;
  readonly variant: VariantName;
  /** Whether Frontdesk itself may send it there; `macro` is for agents. */
  readonly use: 'auto' | 'macro' | 'never';
  readonly sha256: string;
  readonly maxCharacters: number;
  readonly samples: readonly Sample[];
};

export function previewVariants(template: Template, brand: Brand): VariantPreview[] {
  return template.variants.map((variant) => {
    const channel: Channel = variant.variant === 'default' ? 'livechat' : variant.variant;
    const limit = CHANNEL_LIMITS[variant.variant].chars;
    return {
      locale: variant.locale,
      variant: variant.variant,
      use: template.meta.channels[channel],
      sha256: variant.sha256,
      maxCharacters: Math.min(limit, variant.maxChars ?? limit),
      samples: [
        sample('all', SAMPLE_VALUES, { template, variant, channel, brand }),
        sample('required-only', requiredSamples(template), { template, variant, channel, brand }),
      ],
    };
  });
}

type Place = {
  readonly template: Template;
  readonly variant: Variant;
  readonly channel: Channel;
  readonly brand: Brand;
};

function sample(values: Sample['values'], vars: RenderInput['vars'], place: Place): Sample {
  const { template, variant, channel, brand } = place;
  const rendered = render({
    library: { templates: [asIfSent(template)] },
    templateId: template.meta.id,
    channel,
    locale: variant.locale,
    vars,
    facts: { order_id: SAMPLE_VALUES.order_id, tracking_number: SAMPLE_VALUES.tracking_number },
    brand: { ...brand, hosts: [...brand.hosts, ...SAMPLE_HOSTS] },
  });
  return rendered.ok
    ? { values, text: rendered.text, characters: rendered.record.characters, refused: null }
    : { values, text: null, characters: null, refused: rendered.reasonCode };
}
