/** What a `template.yaml` and a variant's front matter may say (replies §1.1); an unknown key is an error. */
import * as v from 'valibot';
import { Intent, RouteTag, Sha256, TemplateId } from '../events/fields.ts';
import type { Team, TemplateId as TemplateIdName } from '../events/words.ts';
import { TEAMS } from '../events/words.ts';
import { VAR_NAMES } from './variables.ts';

/** Precondition codes in the order of replies §1.3. */
const PRECONDITIONS = [
  'P_MATCH',
  'P_FRESH',
  'P_CONTEXT',
  'P_TRACKING',
  'P_NO_TRACKING',
  'P_WINDOW',
  'P_INSIDE',
  'P_LATE_OR_UNKNOWN',
  'P_NOT_EXCEPTION',
  'P_OPEN',
  'P_LAST_CUSTOMER',
  'P_TEXT',
  'P_LOCALE',
  'P_FIRST_TEMPLATE',
] as const;

/** The only templates that may resolve a conversation (R6); one more is a code change with its own drill (§9.4). */
export const AUTO_CLOSE_ALLOWED: readonly TemplateIdName[] = ['t_order_eta_no_tracking_verified'];

const VARIANT_NAMES = ['livechat', 'email', 'social', 'tiktok', 'default'] as const;
export type VariantName = (typeof VARIANT_NAMES)[number];

/** `Email Support Team` is written `email_support_team` in a template's metadata. */
export function teamSlug(team: Team): string {
  return team
    .toLowerCase()
    .replace(/[^a-z]+/g, '_')
    .replace(/^_|_$/g, '');
}

export const Semver = v.pipe(v.string(), v.regex(/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/));
const Day = v.pipe(v.string(), v.isoDate());
const ChannelMode = v.picklist(['auto', 'macro', 'never']);
const VarNames = v.array(v.picklist(VAR_NAMES));

function isWithoutRepeats(list: readonly string[]): boolean {
  return new Set(list).size === list.length;
}

export const TemplateMeta = v.strictObject({
  id: TemplateId,
  version: Semver,
  tier: v.picklist([0, 1, 2]),
  intents: v.pipe(
    v.array(Intent),
    v.minLength(1),
    v.check((list) => isWithoutRepeats(list)),
  ),
  requires: v.pipe(
    v.array(v.picklist(PRECONDITIONS)),
    v.check((list) => isWithoutRepeats(list)),
  ),
  vars: v.pipe(
    v.strictObject({ required: VarNames, optional: VarNames }),
    v.check(({ required, optional }) => isWithoutRepeats([...required, ...optional])),
  ),
  channels: v.strictObject({
    livechat: ChannelMode,
    email: ChannelMode,
    social: ChannelMode,
    tiktok: ChannelMode,
    phone: ChannelMode,
  }),
  enabled_default: v.boolean(),
  auto_close: v.boolean(),
  fallback: v.nullable(TemplateId),
  team: v.picklist(TEAMS.map(teamSlug)),
  route_tag: RouteTag,
  macro: v.nullable(v.pipe(v.string(), v.startsWith('AUTO: '), v.maxLength(80))),
  owner: v.picklist(['support_ops']),
  disclosures: v.array(v.picklist(['order_ref', 'order_state', 'tracking', 'delivery_window', 'order_date'])),
  review: v.strictObject({
    status: v.picklist(['draft', 'in_review', 'approved', 'retired']),
    approved_by: v.nullable(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{1,39}$/))),
    approved_at: v.nullable(Day),
    decision_ref: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(80))),
    expires_at: v.nullable(Day),
  }),
});
export type TemplateMeta = v.InferOutput<typeof TemplateMeta>;

export const VariantHead = v.strictObject({
  locale: v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/)),
  variant: v.picklist(VARIANT_NAMES),
  max_chars: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  sha256: Sha256,
});
export type VariantHead = v.InferOutput<typeof VariantHead>;
