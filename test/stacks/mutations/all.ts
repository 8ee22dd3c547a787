/** Every mutation, and how one is tried. */
import { failures } from '../assertions/all.ts';
import type { Subject } from '../assertions/assertion.ts';
import { DATA_MUTATIONS } from './data.ts';
import { DELIVERY_MUTATIONS } from './delivery.ts';
import { EDGE_MUTATIONS } from './edge.ts';
import { EYES_MUTATIONS } from './eyes.ts';
import { FUNCTION_MUTATIONS } from './functions.ts';
import { copyOf, type Mutation } from './mutation.ts';
import { ROLE_MUTATIONS } from './roles.ts';

export const MUTATIONS: readonly Mutation[] = [
  ...DELIVERY_MUTATIONS,
  ...ROLE_MUTATIONS,
  ...FUNCTION_MUTATIONS,
  ...DATA_MUTATIONS,
  ...EDGE_MUTATIONS,
  ...EYES_MUTATIONS,
];

/** Names of the assertions that notice a mutation: those that say more than they said `before`. */
export function noticedBy(mutation: Mutation, subject: Subject, before = failures(subject)): string[] {
  const draft = copyOf(subject);
  mutation.change(draft);
  return [...failures(draft)].flatMap(([name, problems]) => {
    const known = new Set(before.get(name));
    return problems.some((problem) => !known.has(problem)) ? [name] : [];
  });
}
