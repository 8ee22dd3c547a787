/** What a flag takes, and what its parameter means: text in the parameter, a typed value for programs. Pure. */

import { nearest } from '../../config/nearest.ts';
import {
  FLAG_KEYS,
  type FlagDeclaration,
  flagDeclaration,
  instantOf,
  RULE_FLAG_NAMES,
  TEMPLATE_FLAG_NAMES,
  UNSET,
} from '../../events/flags.ts';
import { INTENTS } from '../../events/words.ts';
import { applyTransitOverride } from '../../policy/orders/transit.ts';
import { misuse } from '../failure.ts';
import { parseInstant, type Zone } from '../instants.ts';

export type FlagValue = boolean | number | string | null | readonly string[];

export const FLAG_NAMES: readonly string[] = [...FLAG_KEYS, ...TEMPLATE_FLAG_NAMES];

/** Stands in a parameter for an empty list: Parameter Store keeps no empty values, and no entry of a list is called so. */
export const EMPTY_LIST = 'none';
/** Only these can get replies (platform §1.5). */
export const REPLY_CHANNELS: readonly string[] = ['livechat', 'email'];

/** The declaration of a flag; throws with the name that was probably meant. */
export function requireFlag(name: string): FlagDeclaration {
  const declaration = flagDeclaration(name);
  if (declaration !== undefined) return declaration;
  const meant = nearest(name, FLAG_NAMES);
  throw misuse(
    'unknown_flag',
    `there is no flag ${name}`,
    meant === null ? '`npx frontdesk flags` lists them all' : `did you mean ${meant}?`,
  );
}

/** The value in force: of the parameter, or the safe one where it is missing or makes no sense. */
export function valueInForce({ kind, safe }: FlagDeclaration, stored: string | null): FlagValue {
  const text = stored ?? safe;
  switch (kind) {
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : safe === 'true';
    case 'number': {
      const number = Number(text);
      if (text !== null && Number.isInteger(number) && number > 0) return number;
      return safe === null ? null : Number(safe);
    }
    case 'list':
      return listOf(text ?? '');
    case 'instant':
      return instantOf(text);
    case 'text':
      return text === UNSET ? safe : text;
    case 'reference':
      return text;
    default:
      return kind satisfies never;
  }
}

/** What may be set, in words. */
export function takes(name: string, { kind }: FlagDeclaration): string {
  switch (kind) {
    case 'boolean':
      return 'true or false';
    case 'number':
      return 'a whole number from 1';
    case 'instant':
      return '2026-01-31T09:30:00Z, 2026-01-31 (midnight in the business zone), -24h or now';
    case 'reference':
      return 'none or us_parcel';
    case 'list':
      if (name === 'automation_enabled_channels') return 'livechat, email, both with a comma between, or none';
      if (name === 'blocked_intents') return 'intents with commas between, or none';
      return 'addresses with commas between, * for everyone, or none';
    case 'text':
      return name === 'transit_map'
        ? 'a JSON object such as {"standard": [3, 5]}, or {} for no override'
        : 'the agreed phrase; `npx frontdesk flags unset` withdraws it';
    default:
      return kind satisfies never;
  }
}

/** What it takes, where that is some of a few; `null` for anything else. */
export function choicesOf(name: string, { kind }: FlagDeclaration): readonly string[] | null {
  if (kind === 'boolean') return ['true', 'false'];
  if (kind === 'reference') return ['none', 'us_parcel'];
  if (name === 'automation_enabled_channels') return REPLY_CHANNELS;
  return name === 'blocked_intents' ? INTENTS : null;
}

/** The text to store for what a person typed; throws with what the flag takes. */
export function textToStore(name: string, typed: string, zone: Zone, now: number): string {
  const declaration = requireFlag(name);
  refuseRule(name);
  const text = accepted(name, declaration, typed.trim(), zone, now);
  if (text !== null) return text;
  throw misuse('invalid_value', `${name} does not take this value`, `it takes ${takes(name, declaration)}`);
}

function refuseRule(name: string): void {
  if ((RULE_FLAG_NAMES as readonly string[]).includes(name))
    throw misuse(
      'not_settable',
      `${name} goes with a rule of the bus`,
      'use `npx frontdesk stop` and `resume`, levels sever and processing',
    );
}

function accepted(name: string, { kind }: FlagDeclaration, typed: string, zone: Zone, now: number): string | null {
  switch (kind) {
    case 'boolean':
      return typed === 'true' || typed === 'false' ? typed : null;
    case 'number':
      return /^[1-9]\d{0,8}$/.test(typed) ? typed : null;
    case 'instant':
      return new Date(typed === 'now' ? now : parseInstant(typed, zone, now)).toISOString();
    case 'reference':
      return typed === 'none' || typed === 'us_parcel' ? typed : null;
    case 'list':
      return acceptedList(name, typed);
    case 'text':
      return acceptedText(name, typed);
    default:
      return kind satisfies never;
  }
}

function acceptedList(name: string, typed: string): string | null {
  const entries = listOf(typed);
  if (entries.length === 0) return EMPTY_LIST;
  const isKnown = (entry: string): boolean => {
    if (name === 'automation_enabled_channels') return REPLY_CHANNELS.includes(entry);
    if (name === 'blocked_intents') return (INTENTS as readonly string[]).includes(entry);
    return entry === '*' || /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/.test(entry);
  };
  return entries.every(isKnown) ? [...new Set(entries)].join(',') : null;
}

/** A standard parameter holds 4 KB. */
const MAX_BYTES = 4096;

function acceptedText(name: string, typed: string): string | null {
  if (typed === '' || typed === UNSET || Buffer.byteLength(typed) > MAX_BYTES) return null;
  return name !== 'transit_map' || applyTransitOverride(typed, []).isValid ? typed : null;
}

export function listOf(text: string): readonly string[] {
  const entries = text.split(',').map((entry) => entry.trim());
  return entries.filter((entry) => entry !== '' && entry !== EMPTY_LIST);
}

/** The text to store so that a flag is as if it had never been set. */
export function unsetText(name: string): string {
  const { kind, safe } = requireFlag(name);
  refuseRule(name);
  if (name === 'ledger_generation')
    throw misuse('not_unsettable', 'ledger_generation only goes up', 'leave it; `npx frontdesk recover` raises it');
  if (name === 'transit_map') return '{}';
  return kind === 'boolean' && safe !== null ? safe : UNSET;
}

/**
 * Whether a change lets messages be answered that came in before it and could not be until now. Missing means closed.
 *
 * @param now  epoch milliseconds
 */
export function opensThePast(name: string, stored: string | null, next: string, now: number): boolean {
  if (name !== 'reply_epoch') return false;
  const to = instantOf(next);
  return to !== null && Date.parse(to) < Date.parse(instantOf(stored) ?? new Date(now).toISOString());
}

/** A value for people. */
export function valueText(value: FlagValue): string {
  if (value === null || value === '') return 'not set';
  if (typeof value === 'object') return value.length === 0 ? 'none' : value.join(',');
  return String(value);
}
