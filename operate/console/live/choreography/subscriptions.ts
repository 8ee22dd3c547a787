/** Which facts a rule can hear at all, read out of its pattern with the matcher of the bus. Pure. */
import { CATALOGUE, EVENT_NAMES, type EventName } from '../../../../events/catalogue.ts';
import { compilePattern } from '../../../../local/aws/eventbridge/pattern.ts';
import type { EventPattern } from '../../../../stacks/topology-types.ts';

export type Subscription = {
  readonly event: EventName;
  /** What the pattern asks of the fact beyond its name, in EventBridge's words; `null` where it asks nothing. */
  readonly filter: string | null;
};

export type Heard = {
  readonly subscriptions: readonly Subscription[];
  /** No fact is named: whatever is stated is heard, today's facts and tomorrow's. */
  readonly isEverything: boolean;
};

export function heardBy(pattern: EventPattern): Heard {
  const branches = branchesOf(pattern);
  const isEverything = branches.some((branch) => branch['detail-type'] === undefined && hearsOurs(branch));
  const subscriptions = branches.flatMap((branch): Subscription[] => {
    const named = namesOf(branch);
    const filter = filterOf(branch);
    return named.map((event) => ({ event, filter }));
  });
  return { subscriptions, isEverything };
}

/** A pattern is a choice between branches, or one branch. */
function branchesOf({ $or, ...rest }: EventPattern): EventPattern[] {
  return Array.isArray($or) ? $or.map((branch: EventPattern) => ({ ...rest, ...branch })) : [rest];
}

function namesOf(branch: EventPattern): EventName[] {
  const { source, 'detail-type': name } = branch;
  const asked = { ...(source !== undefined && { source }), ...(name !== undefined && { 'detail-type': name }) };
  if (Object.keys(asked).length === 0) return [...EVENT_NAMES];
  const matches = compilePattern(asked);
  return EVENT_NAMES.filter((event) =>
    CATALOGUE[event].producers.some((producer) => matches({ source: `frontdesk.${producer}`, 'detail-type': event })),
  );
}

function hearsOurs(branch: EventPattern): boolean {
  return namesOf(branch).length === EVENT_NAMES.length;
}

function filterOf({ detail }: EventPattern): string | null {
  if (detail === undefined) return null;
  return leavesOf(detail, [])
    .map(([path, value]) => `${path} ${wordsOf(value)}`)
    .join(', ');
}

function leavesOf(value: unknown, path: readonly string[]): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path.join('.'), value]];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
}

/** `is 1 or 2`, `is there`, `is not there`; anything else as the pattern has it. */
function wordsOf(value: unknown): string {
  const choices = Array.isArray(value) ? value : [value];
  const words = choices.map((choice: unknown) => {
    const { exists }: { exists?: unknown } = Object(choice);
    if (exists === true) return 'there';
    if (exists === false) return 'not there';
    return typeof choice === 'object' ? JSON.stringify(choice) : String(choice);
  });
  return `is ${words.join(' or ')}`;
}
