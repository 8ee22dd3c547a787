/** The summary of a run (interfaces §2). */
import type { Outcome } from '../../events/words.ts';
import { type Miss, missesOf } from './expected.ts';
import type { OutcomeRow } from './outcome-row.ts';
import type { MessageRow } from './rows.ts';

export type Result = { readonly message: MessageRow; readonly row: OutcomeRow; readonly isSettled: boolean };

export type Summary = {
  readonly messages: number;
  readonly settled: number;
  readonly replied: number;
  readonly routed: number;
  readonly suppressed: number;
  readonly failed: number;
  readonly tier0: number;
  readonly tier0Replied: number;
  readonly expectedRows: number;
  readonly expectedMet: number;
  readonly invalidLines: number;
  readonly classifier: string;
  readonly durationMs: number;
  readonly usdPer1000: number;
};

export function summaryOf(
  results: readonly Result[],
  run: { readonly invalidLines: number; readonly classifier: string; readonly durationMs: number },
): Summary {
  const count = (test: (result: Result) => boolean): number => results.filter(test).length;
  const outcomes = (outcome: Outcome): number => count(({ row }) => row.outcome === outcome);
  const usd = results.reduce((sum, { row }) => sum + row.usd, 0);
  return {
    messages: results.length,
    settled: count(({ isSettled }) => isSettled),
    replied: outcomes('replied'),
    routed: outcomes('routed'),
    suppressed: outcomes('suppressed'),
    failed: outcomes('failed'),
    tier0: count(({ row }) => row.tier === 0),
    tier0Replied: count(({ row }) => row.tier === 0 && row.outcome === 'replied'),
    expectedRows: count(({ message }) => isJudged(message)),
    expectedMet: count(({ message, row }) => isJudged(message) && missesIn(message, row).length === 0),
    invalidLines: run.invalidLines,
    classifier: run.classifier,
    durationMs: Math.round(run.durationMs),
    usdPer1000: results.length === 0 ? 0 : Number(((usd / results.length) * 1000).toFixed(6)),
  };
}

export function missesIn(message: MessageRow, row: OutcomeRow): Miss[] {
  return message.expected ? missesOf(message.expected, row) : [];
}

/** 0 when every message settled and every line was readable; strict asks for every expectation too. */
export function exitCodeOf(summary: Summary, isStrict: boolean): 0 | 1 {
  const isWhole = summary.settled === summary.messages && summary.invalidLines === 0;
  const isMet = !isStrict || summary.expectedMet >= summary.expectedRows;
  return isWhole && isMet ? 0 : 1;
}

function isJudged({ expected }: MessageRow): boolean {
  return expected !== undefined && expected !== null;
}
