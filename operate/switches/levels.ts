/** The levels of the kill switch (platform §4.10), each as what it changes. Pure. */
import { nearest } from '../../config/nearest.ts';
import { isRuleOn, SWITCHED_RULES, type SwitchedRule, TEMPLATE_FLAG_PREFIX } from '../../events/flags.ts';
import { INTENTS, TEMPLATE_IDS } from '../../events/words.ts';
import { misuse } from '../failure.ts';
import { EMPTY_LIST, type FlagValue, listOf, REPLY_CHANNELS, requireFlag, valueInForce } from '../flags/values.ts';

export const LEVEL_NAMES = [
  'template',
  'channel',
  'intent',
  'automation',
  'safe',
  'sever',
  'read-only',
  'processing',
] as const;
export type LevelName = (typeof LEVEL_NAMES)[number];

/** One thing to stop: a level, and what of it. */
export type Switch = {
  readonly level: LevelName;
  /** Which template, channel or intent; `null` at the levels that stop everything. */
  readonly only: string | null;
  /** The parameter that is written. */
  readonly parameter: string;
  /** The rule that goes off with it; the parameter then keeps who and why. */
  readonly rule: SwitchedRule | null;
  /** What is in force, given what stands in the parameter. */
  value(stored: string | null): FlagValue;
  isStopped(stored: string | null): boolean;
  /** What to store so that it is stopped, or is not, and all else stays. */
  next(stored: string | null, isStop: boolean): string;
};

type Level = {
  /** As platform §4.10 counts them, the strongest last. */
  readonly number: number;
  /** What is so once it is stopped. */
  readonly effect: string;
  /** What goes on all the same. */
  readonly goesOn: string;
  /** What is so again once it is resumed. */
  readonly resumed: string;
  readonly takes: readonly string[] | null;
  of(only: string): Switch;
};

const LEVELS: Readonly<Record<LevelName, Level>> = {
  template: {
    number: 1,
    effect: 'that template is not sent',
    goesOn: 'every other template is sent, and tickets are routed as before',
    resumed: 'that template may be sent again',
    takes: TEMPLATE_IDS,
    of: (only) => booleanSwitch('template', only, `${TEMPLATE_FLAG_PREFIX}${only}`, false),
  },
  channel: {
    number: 2,
    effect: 'no customer messages on that channel',
    goesOn: 'other channels get replies, and tickets of this one are routed as before',
    resumed: 'customer messages on that channel again',
    takes: REPLY_CHANNELS,
    of: (only) => listSwitch('channel', only, 'automation_enabled_channels', false),
  },
  intent: {
    number: 2,
    effect: 'no customer messages about that intent',
    goesOn: 'other intents get replies, and tickets with this one are routed as before',
    resumed: 'customer messages about that intent again',
    takes: INTENTS,
    of: (only) => listSwitch('intent', only, 'blocked_intents', true),
  },
  automation: {
    number: 3,
    effect: 'no customer messages; routing goes on',
    goesOn: 'tickets are tagged and routed as before',
    resumed: 'customer messages again',
    takes: null,
    of: () => booleanSwitch('automation', null, 'automation_enabled', false),
  },
  safe: {
    number: 4,
    effect: 'route only: no customer messages, optional calls off',
    goesOn: 'tickets are tagged and routed as before',
    resumed: 'optional calls are on again, and customer messages where automation is',
    takes: null,
    of: () => booleanSwitch('safe', null, 'safe_mode', true),
  },
  sever: {
    number: 5,
    effect: 'approved replies are not handed to the sender; their messages stall and settle without a reply',
    goesOn: 'messages are classified, routed and decided, and approvals are recorded',
    resumed: 'approved replies are handed to the sender again',
    takes: null,
    of: () => ruleSwitch('sever', 'responder-reply'),
  },
  'read-only': {
    number: 6,
    effect: 'nothing is written to the helpdesk, tags neither; decisions are recorded',
    goesOn: 'messages are classified and decided, and every decision is recorded',
    resumed: 'tags and replies are written to the helpdesk again',
    takes: null,
    of: () => booleanSwitch('read-only', null, 'richpanel_read_only', true),
  },
  processing: {
    number: 7,
    effect: 'what comes in is kept and not handled; nothing is sent',
    goesOn: 'webhooks are accepted, recorded and archived',
    resumed: 'what comes in is handled again',
    takes: null,
    of: () => ruleSwitch('processing', 'classify-intake'),
  },
};

export const effectOf = (level: LevelName): string => LEVELS[level].effect;
export const resumedEffectOf = (level: LevelName): string => LEVELS[level].resumed;

/** A level in words, and what it can be limited to; `null` where it stops everything. */
export const describeLevel = (level: LevelName): Omit<Level, 'of'> => {
  const { of: _, ...words } = LEVELS[level];
  return words;
};

/** Throws with what there is to name. */
export function requireSwitch(level: string, only: string | undefined): Switch {
  const name = LEVEL_NAMES.find((one) => one === level);
  if (name === undefined)
    throw misuse('unknown_level', `there is no level ${level}`, `name one of: ${LEVEL_NAMES.join(', ')}`);
  const { takes, of } = LEVELS[name];
  if (takes === null) {
    if (only === undefined) return of('');
    throw misuse('only_not_taken', `level ${name} stops everything`, 'leave --only out');
  }
  if (only === undefined)
    throw misuse(
      'only_missing',
      `level ${name} wants --only`,
      `name one of: ${takes.join(', ')}; all: --level automation`,
    );
  if (takes.includes(only)) return of(only);
  const meant = nearest(only, takes);
  throw misuse(
    'unknown_value',
    `level ${name} knows no ${only}`,
    meant === null ? `name one of: ${takes.join(', ')}` : `did you mean ${meant}?`,
  );
}

/** Everything there is to stop, strongest first. */
export const ALL_SWITCHES: readonly Switch[] = LEVEL_NAMES.toReversed().flatMap((name) => {
  const { takes, of } = LEVELS[name];
  return (takes ?? ['']).map(of);
});

/** The switch that a flag is by itself; `null` of a list, which is that of many, and of a rule's. */
export function switchOf(parameter: string): Switch | null {
  const own = ALL_SWITCHES.filter((one) => one.parameter === parameter);
  return own.length === 1 && own[0]?.rule === null && requireFlag(parameter).kind === 'boolean' ? own[0] : null;
}

/**
 * What has to be resumed before: the stronger levels. A template, channel or intent comes back before automation does
 * (platform §4.10).
 */
export function strongerThan({ level }: Switch): readonly Switch[] {
  const from = level === 'automation' ? 'automation' : 'safe';
  const rank = Math.max(LEVEL_NAMES.indexOf(level) + 1, LEVEL_NAMES.indexOf(from));
  return ALL_SWITCHES.filter(
    (one) => one.only === null && LEVEL_NAMES.indexOf(one.level) >= rank && one.level !== level,
  );
}

function booleanSwitch(level: LevelName, only: string | null, parameter: string, stopped: boolean): Switch {
  const value = (stored: string | null): FlagValue => valueInForce(requireFlag(parameter), stored);
  return {
    level,
    only,
    parameter,
    rule: null,
    value,
    isStopped: (stored) => value(stored) === stopped,
    next: (_stored, isStop) => String(isStop === stopped),
  };
}

/** @param listed  whether what stands in the list is stopped, or what does not */
function listSwitch(level: LevelName, only: string, parameter: string, listed: boolean): Switch {
  return {
    level,
    only,
    parameter,
    rule: null,
    value: (stored) => valueInForce(requireFlag(parameter), stored),
    isStopped: (stored) => listOf(stored ?? '').includes(only) === listed,
    next(stored, isStop) {
      const others = listOf(stored ?? '').filter((entry) => entry !== only);
      const entries = isStop === listed ? [...others, only] : others;
      return entries.length === 0 ? EMPTY_LIST : entries.join(',');
    },
  };
}

function ruleSwitch(level: LevelName, rule: SwitchedRule): Switch {
  return {
    level,
    only: null,
    parameter: SWITCHED_RULES[rule],
    rule,
    value: isRuleOn,
    isStopped: (stored) => !isRuleOn(stored),
    next: (_stored, isStop) => String(!isStop),
  };
}
