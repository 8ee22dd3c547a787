/** Everything that `quality` and the console's page show of a time, from what the trail holds of it and of the 28 days before. Pure. */
import { CHANNELS } from '../../events/words.ts';
import { type Calibration, calibrationOf } from './calibration.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { type Drift, driftOf, lookedUp, lowShare, matchedShare, scoresOf } from './drift.ts';
import { type Agreement, agreementOf, type LabelRow, standingLabels } from './labels.ts';
import type { Message } from './message.ts';
import type { Observed, Window } from './observed.ts';
import { type Overrides, overridesOf } from './overrides.ts';
import { tier0Sample } from './sample.ts';
import { countBy, histogram, mean } from './shares.ts';

const DAY_MS = 86_400_000;
/** Platform §6.7: 7 days are compared with 28. */
export const USUAL_DAYS = 7;
export const BASELINE_DAYS = 28;

/** What has to be read for a window: its baseline as well. */
export const withBaseline = ({ from, to }: Window): Window => ({ from: from - BASELINE_DAYS * DAY_MS, to });

type Compared<K extends string> = { readonly [P in K]: string } & {
  readonly n: number;
  readonly share: number;
  /** `null` where there was nothing to have a share of. */
  readonly before: number | null;
};
type ChannelConfidence = {
  readonly channel: string;
  readonly n: number;
  readonly mean: number | null;
  readonly meanBefore: number | null;
  /** Below 0.50. */
  readonly low: number | null;
  readonly lowBefore: number | null;
  /** Ten bins of equal width over 0..1. */
  readonly histogram: readonly number[];
};

export type Quality = {
  readonly window: Window & { readonly baselineFrom: number };
  readonly messages: number;
  readonly baseline: number;
  readonly drift: readonly Drift[];
  readonly intents: readonly Compared<'intent'>[];
  readonly templates: readonly Compared<'templateId'>[];
  readonly reasons: readonly Compared<'reasonCode'>[];
  readonly confidence: readonly ChannelConfidence[];
  readonly matchRate: { readonly lookups: number; readonly matched: number | null; readonly before: number | null };
  readonly overrides: Overrides;
  readonly feedback: readonly { readonly code: string; readonly n: number }[];
  readonly candidates: readonly (Candidate & { readonly isLabelled: boolean })[];
  readonly tier0: { readonly n: number; readonly messages: readonly Message[]; readonly others: readonly Message[] };
  readonly labels: Agreement;
  readonly calibration: Calibration;
};

export function qualityOf(observed: Observed, labels: readonly LabelRow[], window: Window): Quality {
  const baselineFrom = withBaseline(window).from;
  const inside = ({ at }: { readonly at: number }): boolean => at >= window.from && at < window.to;
  const now = observed.messages.filter(inside);
  const before = observed.messages.filter(({ at }) => at >= baselineFrom && at < window.from);
  const said = observed.said.filter(inside);
  const overrides = overridesOf(observed, window);
  const labelled = new Set(labels.map(({ messageKey }) => messageKey));
  const { tier0, others } = tier0Sample(now, dayText(window.to));
  const looked = lookedUp(now);
  return {
    window: { ...window, baselineFrom },
    messages: now.length,
    baseline: before.length,
    drift: driftOf({ now, before, window, overrides, toggled: observed.toggled }),
    intents: compared('intent', now, before, ({ intent }) => intent),
    templates: compared('templateId', now, before, ({ templateId }) => templateId),
    reasons: compared('reasonCode', now, before, ({ reasonCode }) => reasonCode),
    confidence: CHANNELS.flatMap((channel) => channelConfidence(channel, now, before) ?? []),
    matchRate: { lookups: looked.length, matched: matchedShare(looked), before: matchedShare(lookedUp(before)) },
    overrides,
    feedback: countBy(said, ({ feedback }) => feedback.code).map(({ of, n }) => ({ code: of, n })),
    candidates: candidatesOf(said).map((one) => ({ ...one, isLabelled: labelled.has(one.messageKey) })),
    tier0: { n: tier0.length, messages: tier0, others },
    labels: agreementOf(labels),
    calibration: calibrationOf(standingLabels(labels)),
  };
}

function compared<K extends string>(
  name: K,
  now: readonly Message[],
  before: readonly Message[],
  key: (message: Message) => string | null,
): Compared<K>[] {
  const shares = new Map(countBy(before, key).map(({ of, share }) => [of, share]));
  const usual = shares.size === 0 ? null : 0;
  return countBy(now, key).map(
    ({ of, n, share }) => ({ [name]: of, n, share, before: shares.get(of) ?? usual }) as unknown as Compared<K>,
  );
}

function channelConfidence(
  channel: string,
  now: readonly Message[],
  before: readonly Message[],
): ChannelConfidence | null {
  const of = (messages: readonly Message[]) => scoresOf(messages.filter((message) => message.channel === channel));
  const [scores, scoresBefore] = [of(now), of(before)];
  if (scores.length === 0) return null;
  return {
    channel,
    n: scores.length,
    mean: mean(scores),
    meanBefore: mean(scoresBefore),
    low: lowShare(scores),
    lowBefore: lowShare(scoresBefore),
    histogram: histogram(scores),
  };
}

const dayText = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
