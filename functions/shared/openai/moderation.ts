/** A look for threats and harassment beside the classifier: it can only escalate, and nothing waits for it long (decisions §2.2). */
import * as v from 'valibot';
import type { DecisionInput } from '../../../events/decision.ts';
import { VendorError } from '../errors.ts';
import type { Telemetry } from '../telemetry/doors.ts';
import type { OpenAiTransport } from './transport.ts';

type Signal = DecisionInput['turn']['moderation'];

/** Of the vendor's categories, those that mean people are threatened or hounded. */
const CATEGORIES = ['harassment', 'harassment/threatening', 'hate', 'hate/threatening'] as const;
const STRONG = 0.8;

const Flagged = v.object({
  results: v.pipe(
    v.array(
      v.object({
        categories: v.record(v.string(), v.nullish(v.boolean())),
        category_scores: v.record(v.string(), v.nullish(v.number())),
      }),
    ),
    v.minLength(1),
  ),
});

/** `null` where no signal came, whatever the reason. */
export async function moderate(
  transport: OpenAiTransport,
  metrics: Telemetry['metrics'],
  { model, text, timeoutMs }: { readonly model: string; readonly text: string; readonly timeoutMs: number },
): Promise<Signal> {
  try {
    const signal = signalOf(await transport({ path: 'moderations', body: { model, input: text }, timeoutMs }));
    if (signal === null) metrics.count('llm.moderation_missed_total');
    return signal;
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    metrics.count('llm.moderation_missed_total');
    return null;
  }
}

/** Strong from 0.80 on, weak where the vendor raised its flag (decisions §2.2). */
export function signalOf(body: unknown): Signal {
  const parsed = v.safeParse(Flagged, body);
  if (!parsed.success) return null;
  const { results } = parsed.output;
  const any = (test: (result: (typeof results)[number], category: string) => boolean): boolean =>
    results.some((result) => CATEGORIES.some((category) => test(result, category)));
  if (any(({ category_scores }, category) => (category_scores[category] ?? 0) >= STRONG)) return 'strong';
  return any(({ categories }, category) => categories[category] === true) ? 'weak' : 'none';
}
