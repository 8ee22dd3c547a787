/** Which rules hear a fact: asked of the same compiled patterns as the bus, so that a filter counts here as it does there. */
import type { AnyEvent } from '../../../../events/define-event.ts';
import { compilePattern } from '../../../../local/aws/eventbridge/pattern.ts';
import type { RuleSpec } from '../../../../stacks/topology-types.ts';
import { heardBy } from '../choreography/subscriptions.ts';

/** Names of the live rules on our bus that let a fact through. */
export type Hearing = (fact: AnyEvent) => readonly string[];

export function hearingOf(rules: readonly RuleSpec[]): Hearing {
  const compiled = rules
    .filter(({ bus, replayPurpose }) => bus === 'frontdesk' && replayPurpose === null)
    .map(({ name, pattern }) => {
      const { subscriptions } = heardBy(pattern);
      return {
        name,
        matches: compilePattern(pattern),
        names: new Set<string>(subscriptions.map(({ event }) => event)),
      };
    });
  // A rule that can hear nothing of the name need not look at the fact.
  const byName = new Map<string, typeof compiled>();
  const mayHear = (event: string): typeof compiled => {
    const known = byName.get(event) ?? compiled.filter(({ names }) => names.has(event));
    byName.set(event, known);
    return known;
  };
  return (detail) => {
    const { eventName, producer } = detail.metadata;
    const event = { source: `frontdesk.${producer}`, 'detail-type': eventName, detail };
    return mayHear(eventName)
      .filter(({ matches }) => matches(event))
      .map(({ name }) => name);
  };
}
