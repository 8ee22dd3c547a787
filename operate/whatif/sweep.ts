/** `--sweep KEY=A..B`: the same decisions under many values of one number, as coverage against expected risk. */
import * as v from 'valibot';
import { nearest } from '../../config/nearest.ts';
import { misuse } from '../failure.ts';
import { judgeMessage, type MessageVerdict } from './message.ts';
import { nested } from './nested.ts';
import type { Recorded } from './recorded.ts';
import { isSection, PolicyFile, RELEASED, type Terms, withChange } from './terms.ts';

/** Enough for a curve, few enough for a minute. */
const MOST_POINTS = 21;

/** Share of the messages, and the chance that one of them is wrong, as the calibrated scores have it; `null` without one. */
export type Share = { readonly coverage: number; readonly expectedRisk: number | null };
export type Point = {
  readonly value: number;
  readonly replies: number;
  readonly different: number;
  readonly undecidable: number;
} & Share & {
    /** Of the messages that a score sends to its intent's own team. */
    readonly routed: Share;
  };
export type Swept = { readonly key: string; readonly points: readonly Point[] };

export type Sweep = {
  judge(decisions: readonly Recorded[]): void;
  result(): Swept;
};

/**
 * @param isMarked  are the shipped value and the one of the terms among the points, wherever they lie between A and B?
 * @throws Failure (2) when the words mean no number of the policy.
 */
export function sweepOf(text: string, terms: Terms, { isMarked = false } = {}): Sweep {
  const read = readSweep(text, terms);
  const { key } = read;
  const values = isMarked ? withMarks(read.values, key, terms) : read.values;
  const counted = values.map((value) => ({
    value,
    terms: withChange(terms, withValue(key, value)),
    tally: newTally(),
  }));
  return {
    judge(decisions) {
      for (const { terms: under, tally } of counted) add(tally, judgeMessage(decisions, under));
    },
    result: () => ({ key, points: counted.map(({ value, tally }) => pointOf(value, tally)) }),
  };
}

const SHAPE = /^([A-Za-z0-9_.]+)=(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)$/;

function readSweep(text: string, terms: Terms): { readonly key: string; readonly values: readonly number[] } {
  const [, word = '', from = '', to = ''] = SHAPE.exec(text) ?? [];
  if (word === '' || Number(from) >= Number(to)) {
    throw misuse(
      'invalid_sweep',
      '--sweep takes KEY=A..B with A below B',
      'write for example --sweep thresholds.tier2=0.60..0.90',
    );
  }
  // As released: a share that a file sets to 1 is no count.
  const numbers = new Map([...numbersIn(terms), ...numbersIn(RELEASED)]);
  const key = [...numbers.keys()].find((name) => name === word) ?? byLastWord(word, [...numbers.keys()]);
  for (const end of [from, to]) {
    if (!v.is(PolicyFile, withValue(key, Number(end))))
      throw misuse(
        'invalid_sweep',
        `${key} cannot be ${end}`,
        'stay within what `npx frontdesk policy show` has there',
      );
  }
  return { key, values: valuesBetween(Number(from), Number(to), Number.isInteger(numbers.get(key))) };
}

/** `tier2` for `thresholds.tier2`, as far as one key alone ends so. */
function byLastWord(word: string, keys: readonly string[]): string {
  const meant = keys.filter((key) => key.endsWith(`.${word}`));
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return only;
  const close = nearest(word, [...keys, ...keys.map((key) => key.slice(key.lastIndexOf('.') + 1))]);
  const hint =
    meant.length > 1 ? `write one of: ${meant.join(', ')}` : close === null ? null : `did you mean ${close}?`;
  throw misuse(
    'unknown_key',
    `the policy has no number ${word}`,
    hint ?? `write one of: ${keys.filter((key) => key.startsWith('thresholds.')).join(', ')}`,
  );
}

function numbersIn(value: unknown, path: readonly string[] = []): Map<string, number> {
  if (typeof value === 'number') return new Map([[path.join('.'), value]]);
  if (!isSection(value)) return new Map();
  return new Map(Object.entries(value).flatMap(([key, part]) => [...numbersIn(part, [...path, key])]));
}

function valuesBetween(from: number, to: number, isWhole: boolean): number[] {
  const step = (to - from) / (MOST_POINTS - 1);
  const round = (value: number) => (isWhole ? Math.round(value) : Math.round(value * 100) / 100);
  return [...new Set(Array.from({ length: MOST_POINTS }, (_, at) => round(from + at * step)))];
}

function withMarks(values: readonly number[], key: string, terms: Terms): number[] {
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  const marks = [numbersIn(RELEASED).get(key), numbersIn(terms).get(key)];
  const inside = marks.filter((mark): mark is number => mark !== undefined && mark >= first && mark <= last);
  return [...new Set([...values, ...inside])].toSorted((a, b) => a - b);
}

const withValue = (key: string, value: number): PolicyFile => nested({ [key]: value });

type Risk = { count: number; sum: number };
type Tally = {
  messages: number;
  replies: number;
  different: number;
  undecidable: number;
  readonly sent: Risk;
  readonly routed: Risk;
};

function newTally(): Tally {
  return {
    messages: 0,
    replies: 0,
    different: 0,
    undecidable: 0,
    sent: { count: 0, sum: 0 },
    routed: { count: 0, sum: 0 },
  };
}

function add(tally: Tally, { after, judged }: MessageVerdict): void {
  tally.messages += 1;
  for (const { redecided } of judged) {
    if (redecided.result === 'different') tally.different += 1;
    if (redecided.result === 'undecidable') tally.undecidable += 1;
  }
  if (after?.outcome === 'replied') {
    tally.replies += 1;
    take(tally.sent, after.confidence);
  }
  if (after?.isRouted) take(tally.routed, after.routingConfidence);
}

function take(risk: Risk, confidence: number | null): void {
  if (confidence === null) return;
  risk.count += 1;
  risk.sum += 1 - confidence;
}

function pointOf(value: number, { messages, replies, different, undecidable, sent, routed }: Tally): Point {
  const share = (n: number) => (messages === 0 ? 0 : round4(n / messages));
  const risk = ({ count, sum }: Risk) => (count === 0 ? null : round4(sum / count));
  return {
    value,
    replies,
    different,
    undecidable,
    coverage: share(replies),
    expectedRisk: risk(sent),
    routed: { coverage: share(routed.count), expectedRisk: risk(routed) },
  };
}

function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
