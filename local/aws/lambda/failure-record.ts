/** What Lambda writes to a function's on-failure destination. */
import type { InvocationRow } from './schema.ts';

/** Lambda's own names where the runtime, not the code, ended the run. */
const RUNTIME_ERROR_TYPES: Readonly<Record<string, string>> = {
  timeout: 'Sandbox.Timedout',
  exit: 'Runtime.ExitError',
};

/** JSON text. Carries the type of what was thrown, never its message (architecture §8). */
export function failureRecord(row: InvocationRow, functionArn: string, now: number): string {
  const code = row.failure_code;
  const ran = code === null ? null : { errorType: row.error_type ?? RUNTIME_ERROR_TYPES[code] ?? 'Error' };
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId: row.request_id,
      functionArn: `${functionArn}:$LATEST`,
      condition: row.condition,
      approximateInvokeCount: row.attempts,
    },
    requestPayload: JSON.parse(row.payload),
    ...(ran === null
      ? {}
      : {
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: { ...ran, errorMessage: code },
        }),
  });
}
