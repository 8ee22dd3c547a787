/** Every assertion over a resource graph. */
import { AGREEMENT } from './agreement.ts';
import type { Assertion, Subject } from './assertion.ts';
import { DATA } from './data.ts';
import { DELIVERY } from './delivery.ts';
import { EDGE } from './edge.ts';
import { EYES } from './eyes.ts';
import { FUNCTIONS } from './functions.ts';
import { ROLES } from './roles.ts';

export const ASSERTIONS: readonly Assertion[] = [
  ...DELIVERY,
  ...ROLES,
  ...FUNCTIONS,
  ...DATA,
  ...EDGE,
  ...EYES,
  ...AGREEMENT,
];

/** Names of the assertions that a subject fails, with what each says. */
export function failures(subject: Subject): Map<string, readonly string[]> {
  const judged = ASSERTIONS.map(({ name, problems }) => [name, problems(subject)] as const);
  return new Map(judged.filter(([, problems]) => problems.length > 0));
}
