/** The standing check on a sample: does a recorded input still give the recorded decision (architecture §6)? Pure. */
import type { DecisionInput } from '../../events/decision.ts';
import type { AnyEvent } from '../../events/define-event.ts';
import { decide } from '../../policy/decide.ts';
import { isOfThisRelease } from '../../policy/release.ts';
import { canonicalJson } from '../shared/envelopes.ts';

/** One fact in so many, drawn by its id, so that a redelivery or a rebuild asks about the same ones. */
const SAMPLE = 16;

/** `null` where there is nothing to ask: no decision, another release's, or not in the sample. */
export function isReproduced({ metadata, data }: AnyEvent): boolean | null {
  if (!data.input || !data.decision || Number.parseInt(metadata.eventId.slice(-4), 16) % SAMPLE !== 0) return null;
  const input = data.input as DecisionInput;
  return isOfThisRelease(input) ? canonicalJson(decide(input)) === canonicalJson(data.decision) : null;
}
