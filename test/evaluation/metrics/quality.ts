/** How good the decisions are, in sums of fixed size (decisions §8.5). */
import { INTENTS, type Intent, type Team } from '../../../events/words.ts';
import { labelledTeam } from '../golden/label-policy.ts';
import type { EvalRow } from '../rows/row.ts';
import type { Outcome } from '../system/outcome.ts';
import { countConfidence, emptyReliability, type Reliability } from './calibration.ts';
import { type Confusion, count, emptyConfusion } from './confusion.ts';
import { countLatency, emptyLatencies, type Latencies } from './latency.ts';

type Part = { n: number; right: number };

export type Quality = {
  readonly confusion: Confusion;
  /** The classifier's favourite on the rows it was asked about. */
  readonly model: Confusion;
  /** Every row with a routing confidence that was calibrated. */
  readonly reliability: Reliability;
  readonly reliabilityOf: Readonly<Record<Intent, Reliability>>;
  /** Rows with a confidence and a prediction other than `unknown_other`. */
  readonly named: Reliability;
  /** Rows that a rule decided: a prediction without a confidence. */
  readonly ruled: Part;
  abstained: number;
  readonly team: Part;
  readonly teams: Map<Team | 'none', number>;
  /** Labelled secondaries, and those found. */
  readonly secondary: Part;
  /** Replies on rows that say which is right. */
  readonly template: Part;
  readonly latencies: Latencies;
  tokensIn: number;
  tokensOut: number;
  nanoUsd: number;
};

const part = (): Part => ({ n: 0, right: 0 });

export function emptyQuality(): Quality {
  return {
    confusion: emptyConfusion(),
    model: emptyConfusion(),
    reliability: emptyReliability(),
    reliabilityOf: Object.fromEntries(
      INTENTS.map((intent) => [intent, emptyReliability()]),
    ) as Quality['reliabilityOf'],
    named: emptyReliability(),
    ruled: part(),
    abstained: 0,
    team: part(),
    teams: new Map(),
    secondary: part(),
    template: part(),
    latencies: emptyLatencies(),
    tokensIn: 0,
    tokensOut: 0,
    nanoUsd: 0,
  };
}

/** A row whose prediction is acceptable counts as labelled with it (interfaces §4). */
export function actualOf(row: EvalRow, predicted: Intent): Intent {
  return row.accepted.has(predicted) ? predicted : row.intent;
}

export function countQuality(quality: Quality, row: EvalRow, outcome: Outcome): void {
  const { predicted, confidence, isFixed, modelIntent, template } = outcome;
  const isRight = row.accepted.has(predicted);
  count(quality.confusion, actualOf(row, predicted), predicted);
  if (modelIntent !== null) count(quality.model, actualOf(row, modelIntent), modelIntent);
  if (confidence !== null) {
    countConfidence(quality.reliability, confidence, isRight);
    // A constant of the rules is no map's work: an intent's own reliability is that of its map (decisions §5.4).
    if (!isFixed) countConfidence(quality.reliabilityOf[predicted], confidence, isRight);
  }
  if (predicted !== 'unknown_other') {
    if (confidence !== null) countConfidence(quality.named, confidence, isRight);
    else add(quality.ruled, isRight);
  }
  if (outcome.abstained) quality.abstained += 1;
  add(quality.team, outcome.team === labelledTeam(row, actualOf(row, predicted)));
  const team = outcome.team ?? 'none';
  quality.teams.set(team, (quality.teams.get(team) ?? 0) + 1);
  for (const intent of row.secondary) add(quality.secondary, outcome.secondaries.includes(intent));
  if (template !== null && row.template !== undefined) add(quality.template, template === row.template);
  countLatency(quality.latencies, outcome.latencyMs);
  quality.tokensIn += outcome.tokensIn;
  quality.tokensOut += outcome.tokensOut;
  quality.nanoUsd += outcome.nanoUsd;
}

function add(sum: Part, isRight: boolean): void {
  sum.n += 1;
  if (isRight) sum.right += 1;
}
