/** The errors of DynamoDB that the engine throws. */
import { AwsError } from '../service.ts';

export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** What the JSON layer of AWS says before a request is looked at. */
export function serializationError(message: string): AwsError {
  return new AwsError('SerializationException', message);
}

/** A constraint of one member, in the words of AWS: `member` as a path like `requestItems`. */
export function constraintError(member: string, value: unknown, constraint: string): AwsError {
  const shown = value === undefined || value === null ? 'null' : `'${String(value)}'`;
  return validationError(
    `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

export function invalidParameter(message: string): AwsError {
  return validationError(`One or more parameter values were invalid: ${message}`);
}
