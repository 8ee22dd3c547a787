/** The bundled library: what a template is at run time, and which of its bodies a channel gets (replies §1.2). */
import type { Channel, TemplateId } from '../events/words.ts';
import type { TemplateMeta, VariantName } from './meta.ts';

export type Variant = {
  readonly locale: string;
  readonly variant: VariantName;
  readonly maxChars?: number;
  /** From the manifest `templates.lock.json`; a body that does not match it is never sent. */
  readonly sha256: string;
  readonly body: string;
};

export type Template = { readonly meta: Readonly<TemplateMeta>; readonly variants: readonly Variant[] };
export type TemplateLibrary = { readonly templates: readonly Template[] };

export function findTemplate(library: TemplateLibrary, id: TemplateId): Template | undefined {
  return library.templates.find(({ meta }) => meta.id === id);
}

/** The channel's own body, else the default one; never another channel's. */
export function selectVariant(template: Template, channel: Channel, locale: string): Variant | undefined {
  const ofName = (name: Channel | 'default') =>
    template.variants.find((variant) => variant.locale === locale && variant.variant === name);
  return ofName(channel) ?? ofName('default');
}

/** Whether Frontdesk itself may send the template on a channel; `unknown` is never auto (ruling 20). */
export function isAutoOn(template: Template, channel: Channel): boolean {
  return channel !== 'unknown' && template.meta.channels[channel] === 'auto';
}

/** Ids of the templates that exist with a body for this channel and that Frontdesk itself may send there. */
export function automaticTemplates(library: TemplateLibrary, channel: Channel, locale = 'en'): TemplateId[] {
  return library.templates
    .filter((template) => isAutoOn(template, channel) && selectVariant(template, channel, locale) !== undefined)
    .map(({ meta }) => meta.id);
}

/** The pinned hash that an approval carries, or `undefined` where no body exists for the channel (§1.7). */
export function templateHash(
  library: TemplateLibrary,
  id: TemplateId,
  channel: Channel,
  locale = 'en',
): string | undefined {
  const template = findTemplate(library, id);
  return template === undefined ? undefined : selectVariant(template, channel, locale)?.sha256;
}
