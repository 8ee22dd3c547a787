/** Takes everything private out of a text before any of it leaves the memory (platform §4.3). */
import { address } from './address.ts';
import { card } from './card.ts';
import { type Detector, type RedactContext, replaceSpans } from './detector.ts';
import { email } from './email.ts';
import { iban } from './iban.ts';
import { order } from './order.ts';
import { phone } from './phone.ts';
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
  let current = text;
  let last: Detector['code'] = 'url';
  try {
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      let hasFound = false;
      for (const { code, find } of detectors) {
        if (isOverdue()) return { ok: false, detectorCode: code, cause: 'overdue' };
        last = code;
        const spans = find(current, context);
        if (spans.length === 0) continue;
        hasFound = true;
        current = replaceSpans(current, spans);
      }
      if (!hasFound) return { ok: true, text: current };
    }
  } catch {
    return { ok: false, detectorCode: last, cause: 'threw' };
  }
  return { ok: false, detectorCode: last, cause: 'residual' };
}
