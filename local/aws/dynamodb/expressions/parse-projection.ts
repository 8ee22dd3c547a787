/** Projections: paths with commas between them. */
import type { Path } from '../values/paths.ts';
import { parsePath } from './parse-path.ts';
import { createProblems } from './problems.ts';
import { tokenReader } from './tokens.ts';

/** Throws ValidationException in DynamoDB's words. */
export function parseProjection(text: string): readonly Path[] {
  const reader = tokenReader('ProjectionExpression', text);
  const problems = createProblems('ProjectionExpression', ['reserved'] as const);
  const paths: Path[] = [];
  do paths.push(parsePath(reader, problems));
  while (reader.takes(','));
  if (reader.peek().kind !== 'end') reader.fail();
  problems.throwGravest();
  return paths;
}
