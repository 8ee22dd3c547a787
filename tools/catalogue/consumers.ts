/** Who hears a fact: read from the consumers' own rules, never from the event. */
import type { EventName } from '../../events/catalogue.ts';
import type { FunctionName, ReplayPurpose } from '../../events/words.ts';
import type { RuleDeclaration } from '../../functions/shared/rules.ts';

export type Consumer = {
  readonly function: FunctionName;
  readonly rule: string;
  /** EventBridge pattern below `detail`; `null` hears every one. */
  readonly filter: Readonly<Record<string, unknown>> | null;
  readonly replays: readonly ReplayPurpose[];
};

export function consumersOf(event: EventName, rules: readonly RuleDeclaration[]): Consumer[] {
  return rules.flatMap(({ name, target, hears, replay }) => {
    const filters = hears === 'everything' ? [null] : hears.filter((heard) => heard.event === event).map(filterOf);
    return filters.map((filter) => ({ function: target, rule: name, filter, replays: replay }));
  });
}

/** Which of `all` a rule hears. */
export function heardBy({ hears }: RuleDeclaration, all: readonly EventName[]): EventName[] {
  return hears === 'everything' ? [...all] : all.filter((name) => hears.some(({ event }) => event === name));
}

function filterOf({ data, metadata }: { data?: object; metadata?: object }): Consumer['filter'] {
  return data || metadata ? { ...(metadata && { metadata }), ...(data && { data }) } : null;
}
