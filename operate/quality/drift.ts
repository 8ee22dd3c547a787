/** The drift rules of platform §6.7 and decisions §8.9: what is compared, with which limit, and what came out. Pure. */
import type { Message } from './message.ts';
import type { Observed, Window } from './observed.ts';
import type { Overrides } from './overrides.ts';
import { countBy, histogram, mean, ratio, stability } from './shares.ts';

export const DRIFT_RULES = [
  'intent_mix',
  'unknown_share',
  'confidence_mean',
  'confidence_low',
  'confidence_spread',
  'template_mix',
  'tier2_use',
  'misroute',
  'wrong_reply',
  'tier0_silent',
  'schema_invalid',
  'match_rate',
  'language_share',
] as const;
export type DriftRule = (typeof DRIFT_RULES)[number];

export type Drift = {
  readonly rule: DriftRule;
  /** Intent, channel or template; `null` of all together. */
  readonly subject: string | null;
  readonly value: number | null;
  readonly before: number | null;
  /** In words: what would be an alert. */
  readonly limit: string;
  /** How many messages the value and the one before rest on. */
  readonly n: number;
  readonly nBefore: number;
  /** `explained`: over the limit after a switch of that very template; `too_few`: says nothing yet. */
  readonly state: 'ok' | 'alert' | 'too_few' | 'explained';
};

/** Fewer decisions say little (as the alarms M1–M6 have it); look-ups and replies are rarer. */
const ENOUGH = 50;
const ENOUGH_RARE = 20;
const POINTS = { mix: 0.08, unknown: 0.03, low: 0.05, language: 0.03 } as const;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Sides = {
  readonly now: readonly Message[];
  readonly before: readonly Message[];
  readonly window: Window;
  readonly overrides: Overrides;
  readonly toggled: Observed['toggled'];
};

export function driftOf(sides: Sides): Drift[] {
  return [
    ...intents(sides),
    ...confidences(sides),
    ...templates(sides),
    ...put(sides),
    ...safety(sides),
    matchRate(sides),
    languages(sides),
  ];
}

/** Shares are binary fractions: 0.18 − 0.10 is a little more than 0.08, and must not be an alert for it. */
const exact = (value: number): number => Math.round(value * 1e9) / 1e9;

type Figures = Omit<Drift, 'state'> & { readonly isOver: boolean; readonly enough?: number; readonly alone?: boolean };

function judged({ isOver, enough = ENOUGH, alone = false, ...figures }: Figures): Drift {
  const isTooFew = figures.n < enough || (!alone && figures.nBefore < enough);
  return { ...figures, state: isTooFew ? 'too_few' : isOver ? 'alert' : 'ok' };
}

/** One row for the intent that moved most: a table of all is in the mix itself. */
function intents({ now, before }: Sides): Drift[] {
  const about = { n: now.length, nBefore: before.length };
  const shares = (messages: readonly Message[]) =>
    new Map(countBy(messages, ({ intent }) => intent).map(({ of, share }) => [of, share]));
  const [is, was] = [shares(now), shares(before)];
  const moved = [...new Set([...is.keys(), ...was.keys()])]
    .map((intent) => ({ intent, value: is.get(intent) ?? 0, before: was.get(intent) ?? 0 }))
    .map((row) => ({ ...row, by: exact(Math.abs(row.value - row.before)) }))
    .toSorted((a, b) => b.by - a.by);
  const over = moved.filter(({ by }) => by > POINTS.mix);
  const rows = (over.length > 0 ? over : moved.slice(0, 1)).map(({ intent, value, before: share, by }) =>
    judged({
      rule: 'intent_mix',
      subject: intent,
      value,
      before: share,
      limit: 'moves more than 8 points',
      isOver: by > POINTS.mix,
      ...about,
    }),
  );
  const unknown = is.get('unknown_other') ?? 0;
  const unknownBefore = was.get('unknown_other') ?? 0;
  return [
    ...rows,
    judged({
      rule: 'unknown_share',
      subject: 'unknown_other',
      value: unknown,
      before: unknownBefore,
      limit: 'rises more than 3 points',
      isOver: exact(unknown - unknownBefore) > POINTS.unknown,
      ...about,
    }),
  ];
}

export const scoresOf = (messages: readonly Message[]): number[] =>
  messages.flatMap(({ confidence }) => confidence ?? []);
export const lowShare = (scores: readonly number[]): number | null =>
  ratio(scores.filter((score) => score < 0.5).length, scores.length);

/** By channel: a changed form of the messages shows in one first. */
function confidences({ now, before }: Sides): Drift[] {
  const channels = countBy(now, ({ channel }) => channel).map(({ of }) => of);
  const byChannel = channels.flatMap((channel): Drift[] => {
    const of = (messages: readonly Message[]) => scoresOf(messages.filter((message) => message.channel === channel));
    const [scores, scoresBefore] = [of(now), of(before)];
    const about = { subject: channel, n: scores.length, nBefore: scoresBefore.length };
    const [value, was] = [mean(scores), mean(scoresBefore)];
    const [low, lowBefore] = [lowShare(scores), lowShare(scoresBefore)];
    return [
      judged({
        rule: 'confidence_mean',
        value,
        before: was,
        limit: 'falls by 0.08',
        isOver: value !== null && was !== null && exact(was - value) >= 0.08,
        ...about,
      }),
      judged({
        rule: 'confidence_low',
        value: low,
        before: lowBefore,
        limit: 'share below 0.50 rises more than 5 points',
        isOver: low !== null && lowBefore !== null && exact(low - lowBefore) > POINTS.low,
        ...about,
      }),
    ];
  });
  const [scores, scoresBefore] = [scoresOf(now), scoresOf(before)];
  const index = stability(histogram(scores), histogram(scoresBefore));
  return [
    ...byChannel,
    judged({
      rule: 'confidence_spread',
      subject: null,
      value: index,
      before: null,
      limit: 'stability index above 0.20',
      isOver: index !== null && index > 0.2,
      n: scores.length,
      nBefore: scoresBefore.length,
    }),
  ];
}

function templates({ now, before, toggled }: Sides): Drift[] {
  const replies = countBy(now, ({ templateId }) => templateId);
  const repliesBefore = countBy(before, ({ templateId }) => templateId);
  const total = (rows: readonly { readonly n: number }[]) => rows.reduce((sum, { n }) => sum + n, 0);
  const about = { n: total(replies), nBefore: total(repliesBefore) };
  const grown = replies
    .map(({ of, share }) => ({ of, share, was: repliesBefore.find((row) => row.of === of)?.share ?? 0 }))
    .map((row) => ({ ...row, isOver: exact(row.share - 2 * row.was) > 0 }))
    .toSorted((a, b) => b.share - b.was - (a.share - a.was));
  const over = grown.filter(({ isOver }) => isOver);
  const rows = (over.length > 0 ? over : grown.slice(0, 1)).map(({ of, share, was, isOver }): Drift => {
    const drift = judged({
      rule: 'template_mix',
      subject: of,
      value: share,
      before: was,
      limit: 'more than twice its share',
      isOver,
      enough: ENOUGH_RARE,
      ...about,
    });
    const isKnown = toggled.some(({ templateId }) => templateId === of);
    return drift.state === 'alert' && isKnown ? { ...drift, state: 'explained' } : drift;
  });
  const tier2 = (messages: readonly Message[]) =>
    ratio(messages.filter(({ tier, templateId }) => tier === 2 && templateId !== null).length, messages.length);
  const [value, was] = [tier2(now), tier2(before)];
  return [
    ...rows,
    judged({
      rule: 'tier2_use',
      subject: null,
      value,
      before: was,
      limit: 'falls by 30 %',
      isOver: value !== null && was !== null && was > 0 && exact(value - 0.7 * was) <= 0,
      n: now.length,
      nBefore: before.length,
    }),
  ];
}

function put({ overrides: { misroutes, wrongReplies } }: Sides): Drift[] {
  const [last, previous] = wrongReplies.byWeek;
  return [
    judged({
      rule: 'misroute',
      subject: null,
      value: misroutes.rate,
      before: null,
      limit: 'more than 5 % of what was routed',
      isOver: (misroutes.rate ?? 0) > 0.05,
      alone: true,
      n: misroutes.routed,
      nBefore: 0,
    }),
    judged({
      rule: 'wrong_reply',
      subject: null,
      value: last?.rate ?? null,
      before: previous?.rate ?? null,
      limit: 'rises week over week',
      isOver: (last?.rate ?? 0) > (previous?.rate ?? 0),
      enough: ENOUGH_RARE,
      n: last?.replies ?? 0,
      nBefore: previous?.replies ?? 0,
    }),
  ];
}

function safety({ now, window }: Sides): Drift[] {
  const lastDay = now.filter(({ at }) => at >= window.to - DAY_MS);
  const tier0 = lastDay.filter(({ tier }) => tier === 0).length;
  const hours = [...Map.groupBy(now, ({ at }) => Math.floor(at / HOUR_MS)).values()]
    .filter((messages) => messages.length >= ENOUGH_RARE)
    .map((messages) => ({
      n: messages.length,
      share: messages.filter((one) => one.isInvalid).length / messages.length,
    }))
    .toSorted((a, b) => b.share - a.share);
  return [
    judged({
      rule: 'tier0_silent',
      subject: null,
      value: tier0,
      before: null,
      limit: 'no Tier 0 in the last 24 h',
      isOver: tier0 === 0,
      alone: true,
      n: lastDay.length,
      nBefore: 0,
    }),
    judged({
      rule: 'schema_invalid',
      subject: null,
      value: hours[0]?.share ?? null,
      before: null,
      limit: 'more than 1 % of an hour',
      isOver: (hours[0]?.share ?? 0) > 0.01,
      enough: ENOUGH_RARE,
      alone: true,
      n: hours[0]?.n ?? 0,
      nBefore: 0,
    }),
  ];
}

export const lookedUp = (messages: readonly Message[]): Message[] =>
  messages.filter(({ hasOneOrder }) => hasOneOrder !== null);
export const matchedShare = (messages: readonly Message[]): number | null =>
  ratio(messages.filter(({ hasOneOrder }) => hasOneOrder).length, messages.length);

function matchRate({ now, before }: Sides): Drift {
  const [looked, lookedBefore] = [lookedUp(now), lookedUp(before)];
  const [value, was] = [matchedShare(looked), matchedShare(lookedBefore)];
  return judged({
    rule: 'match_rate',
    subject: null,
    value,
    before: was,
    limit: 'falls by 20 %: switch the Tier 2 templates off',
    isOver: value !== null && was !== null && exact(value - 0.8 * was) <= 0,
    enough: ENOUGH_RARE,
    n: looked.length,
    nBefore: lookedBefore.length,
  });
}

function languages({ now, before }: Sides): Drift {
  const share = (messages: readonly Message[]) =>
    ratio(messages.filter(({ language }) => language !== 'en').length, messages.length);
  const known = (messages: readonly Message[]) => messages.filter(({ language }) => language !== null);
  const [value, was] = [share(known(now)), share(known(before))];
  return judged({
    rule: 'language_share',
    subject: 'not English, or unknown',
    value,
    before: was,
    limit: 'rises more than 3 points',
    isOver: value !== null && was !== null && exact(value - was) > POINTS.language,
    n: known(now).length,
    nBefore: known(before).length,
  });
}
