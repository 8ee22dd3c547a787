/** Spans as lines of the log, where a machine collects them (`FRONTDESK_SPANS=stdout`). */
import type { FinishedSpan } from './recorder.ts';

/** The key by which a reader of the log knows such a line. */
export const SPAN_KEY = '_span';

export function writeSpanLine(span: FinishedSpan): void {
  process.stdout.write(`${JSON.stringify({ [SPAN_KEY]: span })}\n`);
}
