/** Several things may be wrong with one expression; DynamoDB tells the gravest kind first, and of a kind the first. */
import type { AwsError } from '../../service.ts';
import { validationError } from '../errors.ts';
import type { ExpressionKind } from './syntax.ts';

export type Problems<Kind extends string> = {
  note(kind: Kind, message: string): void;
  /** Throws what was noted under the gravest kind, if anything was. */
  throwGravest(): void;
};

export function createProblems<Kind extends string>(
  expression: ExpressionKind,
  gravestFirst: readonly Kind[],
): Problems<Kind> {
  const found = new Map<Kind, string>();
  return {
    note(kind, message) {
      if (!found.has(kind)) found.set(kind, message);
    },
    throwGravest() {
      if (found.size === 0) return;
      const kind = gravestFirst.find((one) => found.has(one));
      if (kind !== undefined) throw expressionError(expression, found.get(kind) ?? '');
    },
  };
}

export function expressionError(expression: ExpressionKind, message: string): AwsError {
  return validationError(`Invalid ${expression}: ${message}`);
}
