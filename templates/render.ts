/** From an approved template and its values to the text a customer reads, or to the reason why not (replies §1.6). */
import type { Channel, ReasonCode, TemplateId } from '../events/words.ts';
import { bodyHash, expand, parseBody } from './body.ts';
import { looksPersonal, urlLooksPersonal } from './detectors.ts';
import type { Template, TemplateLibrary, Variant } from './library.ts';
import { findTemplate, isAutoOn, selectVariant } from './library.ts';
import { CHANNEL_LIMITS, scanText } from './limits.ts';
import type { VariantName } from './meta.ts';
import { bannedIn } from './phrases.ts';
import type { AllowLists, BrandVar, FactVar, VarName } from './variables.ts';
import { acceptValue, BRAND_VARS, DEFAULT_SIGNATURE, isVarName, lengthOf, VARIABLES } from './variables.ts';

/** The `brand` section of `config/frontdesk.yaml` with the allow-lists beside it. */
export type Brand = AllowLists & { readonly [name in BrandVar]?: string | null | undefined };

/** The normalised facts from the vault; `tracking_number` and `order_id` must equal them byte for byte. */
export type IdentifierFacts = {
  readonly order_id?: string | undefined;
  readonly tracking_number?: string | undefined;
};

export type RenderInput = {
  readonly library: TemplateLibrary;
  readonly templateId: TemplateId;
  readonly channel: Channel;
  readonly locale: string;
  readonly vars: { readonly [name in FactVar]?: string | null | undefined };
  readonly facts: IdentifierFacts;
  readonly brand: Brand;
  /** `templateHash` of the approval; another body than the approved one is refused. */
  readonly expectedHash?: string | undefined;
};

export type RenderRecord = {
  readonly templateId: TemplateId;
  readonly templateVersion: string;
  readonly templateHash: string;
  readonly variant: VariantName;
  readonly locale: string;
  /** Names only, never values. */
  readonly renderedVars: readonly VarName[];
  readonly characters: number;
  /** Values handed in that the template does not declare. */
  readonly droppedVars: number;
};

type RenderRefusal = { readonly ok: false; readonly reasonCode: ReasonCode; readonly variable?: VarName };
export type Rendered = { readonly ok: true; readonly text: string; readonly record: RenderRecord } | RenderRefusal;

type Values = Map<VarName, string>;

function refuse(reasonCode: ReasonCode, variable?: VarName): RenderRefusal {
  return variable === undefined ? { ok: false, reasonCode } : { ok: false, reasonCode, variable };
}

/**
 * Renders one message. Never a partly filled one: a required value that is missing or malformed refuses with
 * `missing_order_context` and its name, and whether the template's `fallback` is tried is policy's decision.
 */
export function render(input: RenderInput): Rendered {
  const { library, channel, locale, brand } = input;
  const template = findTemplate(library, input.templateId);
  if (template === undefined) return refuse('no_variant');
  if (!isAutoOn(template, channel)) return refuse('channel_not_enabled');
  const variant = selectVariant(template, channel, locale);
  if (variant === undefined) return refuse('no_variant');
  const hash = bodyHash(variant.body);
  if (hash !== variant.sha256) return refuse('template_hash_mismatch');
  if (input.expectedHash !== undefined && input.expectedHash !== hash) return refuse('template_changed');

  const values = acceptValues(template, input);
  const refusal = missingValue(template, values) ?? unsafeValue(values, input.facts);
  if (refusal !== undefined) return refusal;
  if (channel === 'livechat') keepOneIdentifier(values);

  const text = compose(variant, values, channel);
  if (text === undefined) return refuse('render_error');
  const words = compose(variant, withoutIdentifiers(values), channel);
  const limit = CHANNEL_LIMITS[variant.variant];
  const chars = Math.min(limit.chars, variant.maxChars ?? limit.chars);
  if (scanText(text.text, words?.text ?? '', { ...limit, chars }, brand.hosts).length > 0) {
    return refuse('final_scan_failed');
  }
  return {
    ok: true,
    text: text.text,
    record: {
      templateId: template.meta.id,
      templateVersion: template.meta.version,
      templateHash: hash,
      variant: variant.variant,
      locale: variant.locale,
      renderedVars: [...text.used].filter(isVarName).sort(),
      characters: lengthOf(text.text),
      droppedVars: countUndeclared(template, input.vars),
    },
  };
}

function declaredVars({ meta }: Template): VarName[] {
  return [...meta.vars.required, ...meta.vars.optional].filter((name) => VARIABLES[name].tier <= meta.tier);
}

function countUndeclared(template: Template, vars: RenderInput['vars']): number {
  const declared: readonly string[] = declaredVars(template);
  return Object.keys(vars).filter((name) => !declared.includes(name)).length;
}

/** Steps 2 and 3: the declared names, each with a value of the right shape; brand values come from the brand alone. */
function acceptValues(template: Template, { vars, brand, channel }: RenderInput): Values {
  const given: Readonly<Partial<Record<VarName, unknown>>> = {
    ...vars,
    ...Object.fromEntries(BRAND_VARS.map((name) => [name, brand[name]])),
  };
  const values: Values = new Map();
  for (const name of declaredVars(template)) {
    const value = acceptValue(name, given[name], brand);
    if (value !== undefined && !isBannedName(name, value)) values.set(name, value);
  }
  if (channel === 'email') {
    values.set(
      'support_signature',
      acceptValue('support_signature', brand.support_signature, brand) ?? DEFAULT_SIGNATURE,
    );
  }
  return values;
}

/** A customer called Ai is greeted without the name: the final scan could not tell it from the banned word. */
function isBannedName(name: VarName, value: string): boolean {
  return name === 'first_name' && bannedIn(value).length > 0;
}

function missingValue({ meta }: Template, values: Values): RenderRefusal | undefined {
  const needed = [...meta.vars.required, ...meta.vars.optional.filter((name) => VARIABLES[name].missing === 'deny')];
  const missing = needed.find((name) => !values.has(name));
  return missing === undefined ? undefined : refuse('missing_order_context', missing);
}

/** Step 4, and the braces of step 5. */
function unsafeValue(values: Values, facts: IdentifierFacts): RenderRefusal | undefined {
  const known = [facts.tracking_number, facts.order_id].filter((fact) => fact !== undefined && fact !== '');
  for (const [name, value] of values) {
    const rule = VARIABLES[name];
    if (rule.mustEqualFact && (name === 'order_id' || name === 'tracking_number')) {
      if (value !== facts[name]) return refuse('disallowed_value', name);
    } else if (rule.isLink ? urlLooksPersonal(value, known.filter(isString)) : looksPersonal(value.normalize('NFKC'))) {
      return refuse('disallowed_value', name);
    }
    if (/\{\{|\}\}/.test(value)) return refuse('render_error', name);
  }
  return undefined;
}

function isString(value: string | undefined): value is string {
  return value !== undefined;
}

/** Live chat shows one way to follow the parcel: its link, else its number; an order page only without a link (§2.6). */
function keepOneIdentifier(values: Values): void {
  if (!values.has('tracking_url')) return;
  values.delete('tracking_number');
  values.delete('status_url');
}

function withoutIdentifiers(values: Values): Values {
  const words = new Map(values);
  for (const name of words.keys()) {
    if (VARIABLES[name].mustEqualFact || VARIABLES[name].isLink) words.set(name, '…');
  }
  return words;
}

function compose(variant: Variant, values: Values, channel: Channel): { text: string; used: Set<string> } | undefined {
  const parsed = parseBody(variant.body);
  if (!parsed.ok) return undefined;
  const expanded = expand(parsed.nodes, values);
  if (expanded === undefined || channel !== 'email') return expanded;
  // The one place where a signature is written; bodies carry none (§1.2).
  return {
    text: `${expanded.text}\n\n— ${values.get('support_signature') ?? DEFAULT_SIGNATURE}`,
    used: new Set([...expanded.used, 'support_signature']),
  };
}
