/** Evaluates the rows of a file, one after the other; what is kept does not grow with the file. */

import { once } from 'node:events';
import type { WriteStream } from 'node:fs';
import { INTENT_CATALOGUE, PRIORITY_CLASSES } from '../../policy/intents.ts';
import { THRESHOLDS } from '../../policy/thresholds.ts';
import { countQuality, emptyQuality, type Quality } from './metrics/quality.ts';
import { countSafety, emptySafety, type Safety } from './metrics/safety.ts';
import { type Gaps, unlessUnrecorded } from './openai/gaps.ts';
import { linesOf } from './rows/lines.ts';
import { type EvalRow, type InvalidLine, isInvalid, parseLine } from './rows/row.ts';
import { type Outcome, outcomeOf } from './system/outcome.ts';
import { type Judged, judge, type System } from './system/system.ts';

export type Split = 'all' | 'test';

export type Progress = { readonly rows: number; readonly bytes: number };

export type RunOptions = {
  readonly data: string;
  readonly split: Split;
  /** Safety is also counted over the rows outside the split: nothing may go wrong on them either. */
  readonly watchesAll: boolean;
  readonly gaps: Gaps;
  readonly rowsTo?: WriteStream | undefined;
  readonly onInvalid: (line: InvalidLine) => void;
  readonly onProgress: (progress: Progress) => void;
};

export type Run = {
  /** Rows of the split. */
  readonly n: number;
  readonly invalidLines: number;
  readonly quality: Quality;
  /** Over the split. */
  readonly safety: Safety;
  /** Over the whole file where it was watched, else the same as `safety`. */
  readonly watched: Safety;
};

/** Throws when the file cannot be read. */
export async function run(system: System, options: RunOptions): Promise<Run> {
  const quality = emptyQuality();
  const safety = emptySafety();
  const outside = emptySafety();
  let invalidLines = 0;
  await warmUp(system);
  for await (const line of linesOf(options.data)) {
    const parsed = parseLine(line);
    if (parsed === null) continue;
    if (isInvalid(parsed)) {
      invalidLines += 1;
      options.onInvalid(parsed);
      continue;
    }
    const isInside = options.split === 'all' || parsed.split === options.split;
    if (!isInside && !options.watchesAll) continue;
    const judged = await unlessUnrecorded(options.gaps, () => judge(system, messageOf(parsed)));
    if (judged === null) continue;
    const outcome = outcomeOf(judged);
    const modelTier0 = await seesTier0(system, parsed, judged);
    if (options.watchesAll) countSafety(outside, parsed, outcome, modelTier0);
    if (!isInside) continue;
    countSafety(safety, parsed, outcome, modelTier0);
    countQuality(quality, parsed, outcome);
    if (options.rowsTo) await write(options.rowsTo, rowLine(parsed.id, outcome));
    options.onProgress({ rows: safety.rows, bytes: line.bytes });
  }
  return { n: safety.rows, invalidLines, quality, safety, watched: options.watchesAll ? outside : safety };
}

/** The first messages of a process are slow because it compiles itself; that is no latency of a decision. */
async function warmUp(system: System): Promise<void> {
  if (system.classifier.kind === 'openai') return;
  for (let index = 0; index < 20; index += 1) await judge(system, { ...WARM_UP, id: String(index) });
}

const WARM_UP = {
  channel: 'email',
  comments: ['Hello, could you tell me where my parcel is? It should have been here by now.'],
  attachments: 0,
  hasOrder: true,
} as const;

export function messageOf({ id, text, channel, attachments, hasOrder }: EvalRow): Parameters<typeof judge>[1] {
  return { id, channel, comments: [text], attachments, hasOrder };
}

/** Would the classifier alone have seen Tier 0? Asked beside the decision, of classifiers that cost nothing. */
async function seesTier0({ classifier }: System, row: EvalRow, { request }: Judged): Promise<boolean | null> {
  if (INTENT_CATALOGUE[row.intent].priority !== 0 || classifier.kind === 'openai' || request === null) return null;
  const answer = await classifier.classify(request);
  if (answer.failure !== undefined) return null;
  const scores = classifier.calibrate(answer.raw);
  return PRIORITY_CLASSES[0].some((intent) => (scores[intent] ?? 0) >= THRESHOLDS.tier0);
}

/** One line of `--rows` (interfaces §4). */
function rowLine(id: string, outcome: Outcome): string {
  const { predicted, tier, confidence, margin, screenRules, abstained } = outcome;
  return `${JSON.stringify({ id, predicted, tier, confidence, margin, screenRules, abstained })}\n`;
}

async function write(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}
