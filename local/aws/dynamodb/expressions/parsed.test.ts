/** Whatever comes as an expression is read or refused; nothing else may happen. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../service.ts';
import { parsedCondition, parsedProjection, parsedUpdate } from './parsed.ts';
import type { ExpressionKind } from './syntax.ts';

const WORDS = 'SET REMOVE ADD DELETE AND OR NOT IN BETWEEN a b.c size contains if_not_exists list_append status'.split(
  ' ',
);
const SIGNS = ['(', ')', '[', ']', '.', ',', '=', '<>', '<', '>=', '+', '-', ':v', '#n', '0', '!', ' ', '\n', 'é'];
const text = fc.oneof(
  fc.array(fc.constantFrom(...WORDS, ...SIGNS), { maxLength: 25 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const PARSERS = {
  ConditionExpression: parsedCondition,
  UpdateExpression: parsedUpdate,
  ProjectionExpression: parsedProjection,
} as const;

function refusal(kind: keyof typeof PARSERS, expression: string): unknown {
  try {
    PARSERS[kind](kind as ExpressionKind, expression);
    return null;
  } catch (error) {
    return error;
  }
}

describe.each(Object.keys(PARSERS) as (keyof typeof PARSERS)[])('%s', (kind) => {
  it('is read, or refused as invalid', () => {
    fc.assert(
      fc.property(text, (expression) => {
        const error = refusal(kind, expression);
        if (error === null) return;
        expect(error).toBeInstanceOf(AwsError);
        expect(error).toMatchObject({
          type: 'ValidationException',
          message: expect.stringContaining(`Invalid ${kind}: `),
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['(', 'NOT ', 'a = (', 'SET a = (', 'size(', 'a[0].', '#a.', 'if_not_exists(a, '])(
    'has no depth that would end the process: %s',
    (part) => {
      const many = part.repeat(Math.floor(4_096 / part.length));
      expect(refusal(kind, many)).toMatchObject({ type: 'ValidationException' });
      expect(refusal(kind, `SET a = ${many.slice(0, 4_000)}`)).toMatchObject({ type: 'ValidationException' });
    },
  );

  it('is read the same the second time', () => {
    const good = { ConditionExpression: 'a = :v', UpdateExpression: 'SET a = :v', ProjectionExpression: 'a, b' }[kind];
    expect(PARSERS[kind](kind, good)).toBe(PARSERS[kind](kind, good));
  });
});
