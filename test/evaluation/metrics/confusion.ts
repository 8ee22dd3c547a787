/** Counts of actual against predicted intents and what follows from them. Fixed size, however many rows. */
import { INTENTS, type Intent } from '../../../events/words.ts';
import { share } from './numbers.ts';

const SIZE = INTENTS.length;
/** Fewer rows say nothing about an intent, so macro F1 leaves it out (decisions §8.5). */
const LEAST_ROWS = 5;

export type Confusion = { readonly cells: Float64Array };
export type IntentScores = {
  /** Rows labelled so. */
  readonly n: number;
  readonly predicted: number;
  readonly right: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
};

export function emptyConfusion(): Confusion {
  return { cells: new Float64Array(SIZE * SIZE) };
}

const at = (actual: Intent, predicted: Intent): number => INTENTS.indexOf(actual) * SIZE + INTENTS.indexOf(predicted);

export function count({ cells }: Confusion, actual: Intent, predicted: Intent): void {
  const cell = at(actual, predicted);
  cells[cell] = (cells[cell] ?? 0) + 1;
}

export function cell({ cells }: Confusion, actual: Intent, predicted: Intent): number {
  return cells[at(actual, predicted)] ?? 0;
}

/** Scores of one intent; what cannot be divided is 0. */
export function scoresOf(confusion: Confusion, intent: Intent): IntentScores {
  const right = cell(confusion, intent, intent);
  const n = sum(INTENTS.map((predicted) => cell(confusion, intent, predicted)));
  const predicted = sum(INTENTS.map((actual) => cell(confusion, actual, intent)));
  const precision = share(right, predicted);
  const recall = share(right, n);
  return { n, predicted, right, precision, recall, f1: share(2 * precision * recall, precision + recall) };
}

/** Several intents taken for one against all others, e.g. the P4 pair. */
export function groupScores(
  confusion: Confusion,
  group: readonly Intent[],
): Pick<IntentScores, 'precision' | 'recall'> {
  const inside = (list: readonly Intent[], others: readonly Intent[]): number =>
    sum(list.flatMap((actual) => others.map((predicted) => cell(confusion, actual, predicted))));
  const right = inside(group, group);
  return {
    precision: share(right, inside(INTENTS, group)),
    recall: share(right, inside(group, INTENTS)),
  };
}

export type Overall = {
  readonly n: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly weightedF1: number;
  /** Intents that macro F1 is made of: those with ≥ 5 rows, or all that occur where none has as many. */
  readonly macroOf: readonly Intent[];
};

export function overall(confusion: Confusion): Overall {
  const scores = INTENTS.map((intent) => ({ intent, ...scoresOf(confusion, intent) }));
  const present = scores.filter(({ n }) => n > 0);
  const counted = present.some(({ n }) => n >= LEAST_ROWS) ? present.filter(({ n }) => n >= LEAST_ROWS) : present;
  const n = sum(present.map((one) => one.n));
  return {
    n,
    accuracy: share(sum(present.map(({ right }) => right)), n),
    macroF1: share(sum(counted.map(({ f1 }) => f1)), counted.length),
    weightedF1: share(sum(present.map((one) => one.f1 * one.n)), n),
    macroOf: counted.map(({ intent }) => intent),
  };
}

/** `{actual: {predicted: n}}`, without zeroes. */
export function confusionTable(confusion: Confusion): Partial<Record<Intent, Partial<Record<Intent, number>>>> {
  const rows = INTENTS.map((actual) => {
    const cells = INTENTS.map((predicted) => [predicted, cell(confusion, actual, predicted)] as const);
    return [actual, Object.fromEntries(cells.filter(([, n]) => n > 0))] as const;
  });
  return Object.fromEntries(rows.filter(([, cells]) => Object.keys(cells).length > 0));
}

export type Mistake = { readonly actual: Intent; readonly predicted: Intent; readonly n: number };

/** Pairs that are taken for each other most often, most first; ties in table order. */
export function topMistakes(confusion: Confusion, most: number): Mistake[] {
  return INTENTS.flatMap((actual) =>
    INTENTS.filter((predicted) => predicted !== actual).map((predicted) => ({
      actual,
      predicted,
      n: cell(confusion, actual, predicted),
    })),
  )
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n)
    .slice(0, most);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
