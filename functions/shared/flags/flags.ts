/** Runtime flags as one value: cached for routine work, fresh for the door; unreadable means safe (platform §4.10). */
import type { FlagsInput } from '../../../events/decision.ts';
import {
  FLAG_KEYS,
  FLAGS,
  type FlagKey,
  instantOf,
  isRuleOn,
  RULE_FLAG_NAMES,
  TEMPLATE_FLAG_NAMES,
  TEMPLATE_FLAG_PREFIX,
  UNSET,
} from '../../../events/flags.ts';
import { CHANNELS, INTENTS, TEMPLATE_IDS } from '../../../events/words.ts';
import { HOLIDAY_CALENDARS } from '../../../policy/orders/holidays.ts';
import { applyTransitOverride } from '../../../policy/orders/transit.ts';
import type { Clock, Parameters } from '../ports.ts';
import { type Restricted, reveal } from '../restricted.ts';
import type { Telemetry } from '../telemetry/doors.ts';

export type FlagSnapshot = {
  readonly values: Omit<FlagsInput, 'recipient_allowed' | 'bot_identity_present'>;
  /** `null` where the parameters cannot be read: there is no safe one (`generationFrom`). */
  readonly ledgerGeneration: number | null;
  /** Generation of the ledger that is known to be whole; `null` where none is. */
  readonly ledgerWhole: number | null;
  readonly transitMap: string;
  readonly classifyTier0Anyway: boolean;
  readonly reducedTokens: boolean;
  readonly agentNotes: boolean;
  /** No rule that a reply comes through was switched off: what was on its way then is not sent either. */
  readonly rulesOn: boolean;
  /** Is this address on the outbound allow-list? */
  allows(recipient: Restricted<string> | null): boolean;
  readonly readable: boolean;
  /** Flags whose value means nothing: what the configuration says applies in their place. */
  readonly malformed: readonly FlagKey[];
};

export type Flags = {
  /** @param fresh  `true` skips the cache: the last await before a send. */
  read(fresh?: boolean): Promise<FlagSnapshot>;
};

/**
 * The generation under which a new record of the ledger states things. Where it is unknown, one that no other record has: an
 * earlier ledger may have stated something else under any that is guessed.
 *
 * @param now  epoch milliseconds
 */
export function generationFrom({ ledgerGeneration }: Pick<FlagSnapshot, 'ledgerGeneration'>, now: number): number {
  return ledgerGeneration ?? now;
}

type Raw = Readonly<Record<string, string | null>>;

const NAMES: readonly string[] = [...FLAG_KEYS, ...TEMPLATE_FLAG_NAMES, ...RULE_FLAG_NAMES];

export function flagsFrom(
  parameters: Parameters,
  clock: Pick<Clock, 'monotonic'>,
  telemetry: Pick<Telemetry, 'log' | 'metrics'>,
  options: { readonly cacheMs: number; readonly writesPhrase: string | null },
): Flags {
  let cached: { at: number; snapshot: FlagSnapshot } | undefined;
  return {
    async read(fresh = false) {
      if (!fresh && cached && clock.monotonic() - cached.at < options.cacheMs) return cached.snapshot;
      const at = clock.monotonic();
      try {
        const snapshot = interpret(await parameters.read(NAMES), options.writesPhrase, true);
        cached = { at, snapshot };
        for (const name of snapshot.malformed) {
          telemetry.log('ERROR', 'system.flags.malformed', { error_code: name });
          telemetry.metrics.count('flags.malformed_total');
        }
        return snapshot;
      } catch {
        telemetry.log('ERROR', 'system.flags.unreadable');
        telemetry.metrics.count('flags.read_failed_total');
        return interpret({}, options.writesPhrase, false);
      }
    },
  };
}

function interpret(raw: Raw, writesPhrase: string | null, readable: boolean): FlagSnapshot {
  const text = (key: FlagKey): string | null => raw[key] ?? FLAGS[key].safe;
  const isOn = (key: FlagKey): boolean => asBoolean(raw[key], FLAGS[key].safe);
  const list = (key: FlagKey): string[] =>
    (text(key) ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  const allowed = list('outbound_allowlist').map((entry) => entry.toLowerCase());
  const generation = asGeneration(text('ledger_generation'));
  return {
    readable,
    malformed: malformedIn(text('transit_map'), text('holiday_calendar')),
    ledgerGeneration: readable ? generation : null,
    ledgerWhole: asGeneration(text('ledger_whole')),
    transitMap: text('transit_map') ?? '',
    classifyTier0Anyway: isOn('classify_tier0_anyway'),
    reducedTokens: isOn('reduced_tokens'),
    agentNotes: isOn('agent_note_enabled'),
    rulesOn: readable && RULE_FLAG_NAMES.every((name) => isRuleOn(raw[name] ?? null)),
    allows: (recipient) =>
      allowed.includes('*') || (recipient !== null && allowed.includes(reveal(recipient).trim().toLowerCase())),
    values: {
      safe_mode: isOn('safe_mode') || isOn('catch_up_mode'),
      shadow_mode: isOn('shadow_mode'),
      automation_enabled: isOn('automation_enabled'),
      outbound_enabled: isOn('outbound_enabled'),
      richpanel_read_only: isOn('richpanel_read_only'),
      // A phrase that is the word for "withdrawn" acknowledges nothing.
      writes_acknowledged:
        writesPhrase === null || (writesPhrase !== UNSET && text('prod_writes_ack') === writesPhrase),
      assignment_enabled: isOn('assignment_enabled'),
      tier2_enabled: isOn('tier2_enabled'),
      auto_close_enabled: isOn('auto_close_enabled'),
      openai_enabled: isOn('openai_enabled'),
      embedded_replies_enabled: isOn('embedded_replies_enabled'),
      catch_up_mode: isOn('catch_up_mode'),
      order_match_verified_enabled: isOn('order_match_verified_enabled'),
      channels: CHANNELS.filter((channel) => list('automation_enabled_channels').includes(channel)),
      blocked_intents: INTENTS.filter((intent) => list('blocked_intents').includes(intent)),
      reply_epoch: instantOf(text('reply_epoch')),
      holiday_calendar: text('holiday_calendar') === 'us_parcel' ? 'us_parcel' : 'none',
      templates_enabled: TEMPLATE_IDS.filter((id) => asBoolean(raw[`${TEMPLATE_FLAG_PREFIX}${id}`], 'false')),
    },
  };
}

/** One bad entry voids a whole transit map (replies §3.2); a calendar that does not exist counts no holidays. */
function malformedIn(transitMap: string | null, calendar: string | null): FlagKey[] {
  const calendars: readonly string[] = HOLIDAY_CALENDARS;
  return [
    ...(applyTransitOverride(transitMap ?? '', []).isValid ? [] : (['transit_map'] as const)),
    ...(calendar === null || calendars.includes(calendar) ? [] : (['holiday_calendar'] as const)),
  ];
}

/** Anything but the exact words is the safe value: a typo must not switch something on. */
function asBoolean(value: string | null | undefined, safe: string | null): boolean {
  if (value === 'true') return true;
  if (value === 'false') return false;
  return safe === 'true';
}

function asGeneration(text: string | null): number | null {
  const generation = Number(text ?? Number.NaN);
  return Number.isInteger(generation) && generation > 0 ? generation : null;
}
