/** How a function subscribes: data, typed by the events it names. Subscriptions belong to the consumer (architecture §2). */
import type { EventName } from '../../events/catalogue.ts';
import type { FunctionName, ReplayPurpose } from '../../events/words.ts';

/** Content filters in EventBridge pattern syntax, below `detail.data` and `detail.metadata`. */
export type Hears = {
  readonly event: EventName;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
};

export type RuleDeclaration = {
  readonly name: string;
  readonly target: FunctionName;
  /** `everything` hears every fact of ours. */
  readonly hears: readonly Hears[] | 'everything';
  readonly retry: { readonly maxAgeSeconds: number; readonly attempts: number };
  /** Purposes that get an always-enabled twin `<rule>-replay`. */
  readonly replay: readonly ReplayPurpose[];
  readonly bus?: 'frontdesk' | 'default';
  /** Used as it is, for rules that hear no fact of ours. */
  readonly pattern?: Readonly<Record<string, unknown>>;
};

/** The platform's maximum (platform §5.3). */
export const PATIENT = { maxAgeSeconds: 86_400, attempts: 185 } as const;
/** Late replies are worthless (platform §5.3). */
export const IMPATIENT = { maxAgeSeconds: 600, attempts: 5 } as const;

/** Hands what came in to `classify`; the kill switch of the last level disables it (platform §4.10, §11.4). */
export const INTAKE_RULE = 'classify-intake';
