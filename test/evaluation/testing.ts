/** Builders of rows and outcomes: a right, sure, harmless order question, so that a test shows only what it is about. */
import type { Intent } from '../../events/words.ts';
import { type Figures, figuresOf } from './figures.ts';
import { countQuality, emptyQuality } from './metrics/quality.ts';
import { countSafety, emptySafety, type Safety } from './metrics/safety.ts';
import type { EvalRow } from './rows/row.ts';
import type { Outcome } from './system/outcome.ts';

export function evalRow(part: Partial<EvalRow> = {}): EvalRow {
  const intent: Intent = part.intent ?? 'order_status_tracking';
  return {
    id: 'row-1',
    text: '',
    channel: 'email',
    attachments: 0,
    intent,
    accepted: new Set([intent]),
    secondary: [],
    hasOrder: true,
    isTier0: false,
    isNegative: false,
    split: null,
    team: undefined,
    ceiling: undefined,
    template: undefined,
    ...part,
  };
}

export function outcome(part: Partial<Outcome> = {}): Outcome {
  return {
    predicted: 'order_status_tracking',
    secondaries: [],
    tier: 2,
    team: 'Email Support Team',
    template: 't_order_status_verified',
    confidence: 0.95,
    margin: 0.9,
    abstained: false,
    screenRules: [],
    screen: 'none',
    isMatched: true,
    isFixed: false,
    isForbidden: false,
    attachmentOnly: false,
    failure: null,
    isInvalidOutput: part.failure === 'invalid',
    modelIntent: part.predicted ?? 'order_status_tracking',
    tokensIn: 0,
    tokensOut: 0,
    nanoUsd: 0,
    latencyMs: 1,
    ...part,
  };
}

export type Case = { readonly row: EvalRow; readonly outcome: Outcome };

/** The figures of these cases, as a run over them would give them. */
export function counted(cases: readonly Case[]): { figures: Figures; safety: Safety } {
  const quality = emptyQuality();
  const safety = emptySafety();
  for (const one of cases) {
    countSafety(safety, one.row, one.outcome, null);
    countQuality(quality, one.row, one.outcome);
  }
  const run = { n: cases.length, invalidLines: 0, quality, safety, watched: safety };
  return { figures: figuresOf(run), safety };
}

/** `n` rows of an intent, the first `right` of them decided as labelled, the others as `instead`. */
export function decided(
  intent: Intent,
  n: number,
  right: number = n,
  instead: Intent = 'unknown_other',
  confidence = 0.95,
): Case[] {
  return Array.from({ length: n }, (_, index) => ({
    row: evalRow({ id: `${intent}-${index}`, intent }),
    outcome: outcome({ predicted: index < right ? intent : instead, tier: null, template: null, confidence }),
  }));
}
