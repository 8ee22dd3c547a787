/** Reads a request of an AWS client by a schema; what was sent is never quoted back. */
import * as v from 'valibot';
import { AwsError } from './service.ts';

/** Throws `errorType` with path and kind of the first problem when `input` does not fit. */
export function parseInput<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  errorType = 'ValidationException',
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new AwsError(errorType, `Invalid request: ${v.getDotPath(issue) ?? 'input'} fails ${issue.type}.`);
}
