/** Asks the statements of a role as IAM would: denied unless one allows (platform §4.5). */
import type { Statement } from '../../stacks/topology-permissions.ts';

/** One action on one resource, with the values of the condition keys that the service would fill in. */
export type Access = {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
};

export function isAllowed(statements: readonly Statement[], access: Access): boolean {
  return statements.some((statement) => allows(statement, access));
}

function allows({ actions, resources, conditions = [] }: Statement, { action, resource, context }: Access): boolean {
  return (
    actions.includes(action) &&
    resources.some((pattern) => isLike(pattern, resource)) &&
    conditions.every(({ test, variable, values }) => holds(test, values, context[variable] ?? []))
  );
}

/** The operators that the roles use; one that is not known here fails rather than passes. */
function holds(test: string, wanted: readonly string[], given: readonly string[]): boolean {
  switch (test) {
    case 'StringEquals':
      return given.length === 1 && given.every((value) => wanted.includes(value));
    case 'ForAllValues:StringEquals':
      return given.every((value) => wanted.includes(value));
    case 'ForAllValues:StringLike':
      return given.every((value) => wanted.some((pattern) => isLike(pattern, value)));
    case 'Null':
      return wanted.includes(String(given.length === 0));
    default:
      throw new Error(`unknown condition operator ${test}`);
  }
}

const compiled = new Map<string, RegExp>();

/** IAM's wildcards: `*` any text, `?` one character. */
function isLike(pattern: string, value: string): boolean {
  const known = compiled.get(pattern) ?? compile(pattern);
  compiled.set(pattern, known);
  return known.test(value);
}

function compile(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}
