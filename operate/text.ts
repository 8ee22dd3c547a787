/** Small words about numbers. */

/** `1 message`, `3 messages`. */
export function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${n} ${n === 1 ? singular : plural}`;
}

/** A line that a person typed, fit for a record: one line, no control characters, not empty; `null` otherwise. */
export function oneLine(text: string, maxChars: number): string | null {
  const line = text.trim();
  return line !== '' && [...line].length <= maxChars && !/[\p{Cc}\p{Cf}]/u.test(line) ? line : null;
}
