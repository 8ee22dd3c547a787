/** How the stack commands end when they cannot do what was asked: on stderr, with the cure. */
import { Failure, misuse } from '../../operate/failure.ts';
import { StageError } from '../../stacks/stages.ts';

/** Exit code with which the process of a stage says that the table is wrong; then its stderr is field, problem and cure as JSON. */
export const STAGE_IS_WRONG = 3;

export function reportFailure(error: unknown): void {
  const failure = failureOf(error);
  process.stderr.write(`${failure.message}; ${failure.cure}\n`);
  process.exitCode = failure.exitCode;
}

/** These commands see no customer text: what was thrown may be shown whole. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof StageError) return new Failure('stage', `${error.field}: ${error.problem}`, error.cure);
  const { message, code } = error as Error & { code?: string };
  if (code?.startsWith('ERR_PARSE_ARGS')) return misuse('usage', message, 'see --help');
  return new Failure('stacks', message, 'mend what is named, or run `npm run stacks:prepare`');
}
