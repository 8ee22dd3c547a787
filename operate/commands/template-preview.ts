/** `template preview ID`: what customers read, shown to the people who answer for it. */
import { nearest } from '../../config/nearest.ts';
import { TEMPLATE_IDS } from '../../events/words.ts';
import { brandOf } from '../../functions/shared/shop.ts';
import { LIBRARY } from '../../templates/generated/library.ts';
import { findTemplate } from '../../templates/library.ts';
import { previewVariants, type VariantPreview } from '../../templates/preview.ts';
import type { Answer, Context } from '../context.ts';
import { misuse } from '../failure.ts';
import { requireShop } from './config.ts';

/** Every body of one template, with sample values and the shop's own brand; needs no running instance. */
export function previewTemplate({ variables }: Context, name: string): Answer {
  const id = TEMPLATE_IDS.find((one) => one === name);
  const template = id === undefined ? undefined : findTemplate(LIBRARY, id);
  if (template === undefined) {
    const meant = nearest(name, TEMPLATE_IDS);
    const cure = meant === null ? `name one of ${TEMPLATE_IDS.join(', ')}` : `did you mean ${meant}?`;
    throw misuse('unknown_template', 'there is no such template', cure);
  }
  const { meta } = template;
  const variants = previewVariants(template, brandOf(requireShop(variables).config));
  return {
    value: {
      id: meta.id,
      version: meta.version,
      tier: meta.tier,
      intents: meta.intents,
      requires: meta.requires,
      vars: meta.vars,
      channels: meta.channels,
      enabledDefault: meta.enabled_default,
      autoClose: meta.auto_close,
      fallback: meta.fallback,
      team: meta.team,
      routeTag: meta.route_tag,
      macro: meta.macro,
      disclosures: meta.disclosures,
      review: meta.review,
      variants,
    },
    text: [
      `${meta.id} ${meta.version}, Tier ${meta.tier}, ${meta.review.status}: ${meta.intents.join(', ')}`,
      ...variants.map(variantText),
    ].join('\n\n'),
  };
}

const SAMPLE_TITLES = { all: 'every value known', 'required-only': 'only what it needs' } as const;

function variantText({ locale, variant, use, maxCharacters, samples }: VariantPreview): string {
  return samples
    .map(({ values, text, characters, refused }) => {
      const size = text === null ? `refused: ${refused}` : `${characters} of ${maxCharacters} characters`;
      return `== ${locale}.${variant} (${use}), ${SAMPLE_TITLES[values]}, ${size}\n${text ?? ''}`.trimEnd();
    })
    .join('\n\n');
}
