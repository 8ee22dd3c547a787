/** Name of what was thrown and nothing else: messages, causes and stacks can quote a customer. */
export function errorTypeOf(thrown: unknown): string {
  const name = thrown instanceof Error ? (codeOf(thrown) ?? thrown.name) : typeof thrown;
  return /^[\w.:-]{1,80}$/.test(name) ? name : 'Error';
}

/** Node's own errors tell more by `code` (`ERR_WORKER_OUT_OF_MEMORY`) than by `name` (`Error`). */
function codeOf(error: Error & { code?: unknown }): string | null {
  return typeof error.code === 'string' && error.code.startsWith('ERR_') ? error.code : null;
}
