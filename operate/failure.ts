/** Why a command was refused or failed: a code for programs, a sentence for people, and what to do about it. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: string;
  readonly cure: string;
  /** 1 refused or failed, 2 wrong usage (interfaces §3). */
  readonly exitCode: 1 | 2;
  constructor(code: string, message: string, cure: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.code = code;
    this.cure = cure;
    this.exitCode = exitCode;
  }
}

/** Wrong usage: exit code 2. */
export function misuse(code: string, message: string, cure: string): Failure {
  return new Failure(code, message, cure, 2);
}

/** Anything thrown, as a failure. A stranger's message stays inside: it could quote what a customer wrote. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const name = error instanceof Error ? error.name : 'Error';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const what = code === '' || code === name ? name : `${name}, ${code}`;
  return new Failure(
    'unexpected',
    `the command failed (${what})`,
    'run `npx frontdesk doctor`; it names what is wrong',
  );
}
