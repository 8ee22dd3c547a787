/** Takes everything private out of a text before any of it leaves the memory (platform §4.3). */
import { address } from './address.ts';
import { card } from './card.ts';
import { type Detector, type Placeholder, type RedactContext, replaceSpans } from './detector.ts';
import { email } from './email.ts';
import { iban } from './iban.ts';
import { order } from './order.ts';
import { phone } from './phone.ts';
import { readingOf } from './reading.ts';
import { secret } from './secret.ts';
import { tracking } from './tracking.ts';
import { url } from './url.ts';

/** In the order of platform §4.3, so that broader patterns do not eat narrower ones. */
export const DETECTORS: readonly Detector[] = [url, email, iban, card, tracking, order, phone, address, secret];

/** What one replacement uncovers, the next pass takes; a text that needs more passes is no customer's. */
const MOST_PASSES = 4;

export type Redaction =
  | { readonly ok: true; readonly text: string }
  /** Threw, ran out of time, or left something that a detector still finds; the text must not be used. */
  | { readonly ok: false; readonly detectorCode: Detector['code']; readonly cause: 'threw' | 'overdue' | 'residual' };

/**
 * The text with placeholders, in which no detector finds anything any more. Never throws.
 *
 * @param isOverdue  asked before each detector; `true` ends the work as failed
 */
export function redactText(
  text: string,
  context: RedactContext,
  isOverdue: () => boolean = () => false,
  detectors: readonly Detector[] = DETECTORS,
): Redaction {
  return replaced(text, context, isOverdue, detectors).redaction;
}

/** What was put in place of something, whether or not the whole came to an end; a placeholder that a customer typed is none. */
export function placeholdersFor(text: string, context: RedactContext): ReadonlySet<Placeholder> {
  return replaced(text, context, () => false, DETECTORS).placeholders;
}

function replaced(
  text: string,
  context: RedactContext,
  isOverdue: () => boolean,
  detectors: readonly Detector[],
): { redaction: Redaction; placeholders: ReadonlySet<Placeholder> } {
  const placeholders = new Set<Placeholder>();
  const failed = (detectorCode: Detector['code'], cause: 'threw' | 'overdue' | 'residual') =>
    ({ redaction: { ok: false, detectorCode, cause }, placeholders }) as const;
  let current = text;
  let reading = readingOf(text);
  let last: Detector['code'] = 'url';
  try {
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      let hasFound = false;
      for (const { code, find } of detectors) {
        if (isOverdue()) return failed(code, 'overdue');
        last = code;
        const spans = find(reading.text, context);
        if (spans.length === 0) continue;
        hasFound = true;
        for (const { placeholder } of spans) placeholders.add(placeholder);
        current = replaceSpans(current, spans.map(reading.written));
        reading = readingOf(current);
      }
      if (!hasFound) return { redaction: { ok: true, text: current }, placeholders };
    }
  } catch {
    return failed(last, 'threw');
  }
  return failed(last, 'residual');
}
