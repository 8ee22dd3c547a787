/** All runtime flags, each with what a missing or unreadable parameter means (platform §1.5, architecture §10 ruling 21). */
import { TEMPLATE_IDS } from './words.ts';

export type FlagKind = 'boolean' | 'list' | 'instant' | 'text' | 'number' | 'reference';
export type FlagDeclaration = {
  readonly kind: FlagKind;
  /** As it would stand in the parameter; `null` = as if missing. */
  readonly safe: string | null;
  readonly meaning: string;
  /** Read fresh, in one read, as the last await before a send (protocols §6). */
  readonly stopRelevant: boolean;
  /** Which fact a change of it states. */
  readonly changes: 'SafeModeChanged' | 'AutomationFlagChanged' | 'TemplateToggled';
};

const flag = (
  kind: FlagKind,
  safe: string | null,
  stopRelevant: boolean,
  meaning: string,
  changes: FlagDeclaration['changes'] = 'AutomationFlagChanged',
): FlagDeclaration => ({ kind, safe, meaning, stopRelevant, changes });

export const FLAGS = {
  safe_mode: flag(
    'boolean',
    'true',
    true,
    'Strongest switch: route only, no replies, optional calls off',
    'SafeModeChanged',
  ),
  shadow_mode: flag('boolean', 'true', true, 'Decide and record, write nothing to the helpdesk', 'SafeModeChanged'),
  automation_enabled: flag('boolean', 'false', true, 'May customer messages be sent at all'),
  automation_enabled_channels: flag('list', '', true, 'Channels that may get replies; only livechat and email can'),
  assignment_enabled: flag('boolean', 'false', false, 'May a route tag be written; off means explanation tags only'),
  outbound_enabled: flag('boolean', 'false', true, 'Second, independent interlock for customer messages'),
  richpanel_read_only: flag(
    'boolean',
    'true',
    true,
    'The helpdesk client refuses anything but reads',
    'SafeModeChanged',
  ),
  prod_writes_ack: flag('text', null, true, 'Two-person acknowledgement; replies in prod need the exact agreed phrase'),
  outbound_allowlist: flag('list', '', true, 'Recipients that may get replies; empty is nobody, * is everyone'),
  tier2_enabled: flag('boolean', 'false', true, 'May verified order templates be sent'),
  auto_close_enabled: flag('boolean', 'false', true, 'May the estimate template be sent and its ticket be resolved'),
  openai_enabled: flag('boolean', 'false', false, 'May OpenAI be called; off is the zero-spend mode'),
  embedded_replies_enabled: flag(
    'boolean',
    'false',
    false,
    'May an embedded decision send replies in a deployed stage',
  ),
  order_match_verified_enabled: flag(
    'boolean',
    'false',
    false,
    'May an order be matched by number and contact (M2, M3)',
  ),
  agent_note_enabled: flag('boolean', 'false', false, 'May a private note be left for agents'),
  reply_epoch: flag('instant', null, true, 'Nothing received before this instant is answered; missing means closed'),
  ledger_generation: flag(
    'number',
    '1',
    false,
    'Generation of the ledger; raised with the epoch after a rebuild or restore',
  ),
  ledger_whole: flag(
    'number',
    null,
    false,
    'Generation of the ledger that is known to be whole; the reconciler works only where it is ledger_generation',
  ),
  blocked_intents: flag('list', '', true, 'Intents that get no reply'),
  classify_tier0_anyway: flag(
    'boolean',
    'false',
    false,
    'Classify for statistics although the screen has decided Tier 0',
  ),
  holiday_calendar: flag('reference', 'none', false, 'Calendar of the order maths: none or us_parcel'),
  transit_map: flag('text', '', false, 'Replaces the configured transit map when it is a valid JSON object'),
  catch_up_mode: flag(
    'boolean',
    'false',
    false,
    'Safe-mode behaviour with smaller vendor buckets while a backlog drains',
    'SafeModeChanged',
  ),
  reduced_tokens: flag('boolean', 'false', false, 'Lower output cap and shorter truncation for the model'),
} as const satisfies Record<string, FlagDeclaration>;

export type FlagKey = keyof typeof FLAGS;
export const FLAG_KEYS = Object.keys(FLAGS) as FlagKey[];

/** One switch per template: `template_enabled/<id>`. */
export const TEMPLATE_FLAG_PREFIX = 'template_enabled/';
export const TEMPLATE_FLAG = flag('boolean', 'false', true, 'May this template be sent', 'TemplateToggled');
export const TEMPLATE_FLAG_NAMES = TEMPLATE_IDS.map((id) => `${TEMPLATE_FLAG_PREFIX}${id}` as const);

/**
 * Rules that an operator may switch off (platform §4.10, levels 5 and 7). The rule is the switch. The parameter beside it keeps
 * who switched it and why, and tells the door, which an approval that was on its way already still reaches. Never written: the
 * rule was never switched. It is changed by `stop` and `resume` alone.
 */
export const SWITCHED_RULES = {
  'responder-reply': 'rule_enabled/responder_reply',
  'classify-intake': 'rule_enabled/classify_intake',
} as const;
export type SwitchedRule = keyof typeof SWITCHED_RULES;
export const RULE_FLAG_NAMES = Object.values(SWITCHED_RULES);
const RULE_FLAG = flag(
  'boolean',
  'true',
  true,
  'Whether the rule of this name is on, as stop and resume left it',
  'SafeModeChanged',
);

/** Anything but the exact word is off. */
export const isRuleOn = (stored: string | null): boolean => stored === null || stored === 'true';

/** The declaration behind a parameter's short name; `undefined` for a name that is no flag. */
export function flagDeclaration(name: string): FlagDeclaration | undefined {
  if ((RULE_FLAG_NAMES as readonly string[]).includes(name)) return RULE_FLAG;
  if (name.startsWith(TEMPLATE_FLAG_PREFIX))
    return (TEMPLATE_FLAG_NAMES as readonly string[]).includes(name) ? TEMPLATE_FLAG : undefined;
  return Object.hasOwn(FLAGS, name) ? FLAGS[name as FlagKey] : undefined;
}

/** Stands in a parameter that says nothing: Parameter Store keeps no empty value, and what is deleted has no history. */
export const UNSET = 'none';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** RFC 3339 in UTC of a flag that holds an instant; `null` for anything else, such as a number, which a lenient reading takes for a year. */
export function instantOf(stored: string | null): string | null {
  if (stored === null || !INSTANT.test(stored) || !Number.isFinite(Date.parse(stored))) return null;
  return new Date(stored).toISOString();
}
