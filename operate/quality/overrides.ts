/** What people put right: misroutes of what was routed, replies that were wrong or helped, week by week (decisions §8.9). Pure. */
import type { FeedbackKind } from '../../events/feedback.ts';
import type { Intent, Team } from '../../events/words.ts';
import type { Message, Said } from './message.ts';
import type { Window } from './observed.ts';
import { ratio } from './shares.ts';

/** Another team's, and whose: two tags for one thing, which a macro sets both. */
const MISROUTED: readonly FeedbackKind[] = ['misroute', 'correct_dept'];
const WEEK_MS = 7 * 86_400_000;
/** As the thresholds lie (decisions §5.2). */
const CONFIDENCES: readonly (readonly [number, number])[] = [
  [0, 0.5],
  [0.5, 0.6],
  [0.6, 0.7],
  [0.7, 0.8],
  [0.8, 0.9],
  [0.9, 1.01],
];

export type MisrouteRate = { readonly routed: number; readonly misroutes: number; readonly rate: number | null };
export type ReplyRate = { readonly replies: number; readonly reported: number; readonly rate: number | null };
type Week = { readonly from: number; readonly to: number };

export type Overrides = {
  readonly misroutes: MisrouteRate & {
    readonly byIntent: readonly (MisrouteRate & { readonly intent: Intent })[];
    readonly byTeam: readonly (MisrouteRate & { readonly team: Team })[];
    /** By the confidence of the route; screen hits have none. */
    readonly byConfidence: readonly (MisrouteRate & { readonly from: number; readonly below: number })[];
    /** The newest first; a week ends where the window does. */
    readonly byWeek: readonly (MisrouteRate & Week)[];
  };
  readonly wrongReplies: ReplyRate & { readonly byWeek: readonly (ReplyRate & Week)[] };
  readonly helpful: ReplyRate;
};

/** @param all  messages and words of the window and of the weeks before, which are compared with it */
export function overridesOf(
  { messages, said }: { readonly messages: readonly Message[]; readonly said: readonly Said[] },
  window: Window,
): Overrides {
  const about = (...kinds: FeedbackKind[]): ReadonlySet<Message> =>
    new Set(said.filter(({ feedback }) => kinds.includes(feedback.kind)).flatMap((one) => one.about ?? []));
  const misrouted = about(...MISROUTED);
  const wrong = about('bad_reply');
  const helpful = about('auto_reply_helpful');
  const inside = messages.filter(({ at }) => at >= window.from && at < window.to);
  const rateOf = (some: readonly Message[]): MisrouteRate => {
    const routed = some.filter(({ isRouted }) => isRouted);
    const misroutes = routed.filter((message) => misrouted.has(message)).length;
    return { routed: routed.length, misroutes, rate: ratio(misroutes, routed.length) };
  };
  const repliesOf = (some: readonly Message[], reported: ReadonlySet<Message>): ReplyRate => {
    const replies = some.filter(({ templateId }) => templateId !== null);
    const n = replies.filter((message) => reported.has(message)).length;
    return { replies: replies.length, reported: n, rate: ratio(n, replies.length) };
  };
  const weeks = weeksOf(messages, window.to);
  return {
    misroutes: {
      ...rateOf(inside),
      byIntent: groups(inside, ({ intent }) => intent, rateOf).map(([intent, rate]) => ({ intent, ...rate })),
      byTeam: groups(inside, ({ team }) => team, rateOf).map(([team, rate]) => ({ team, ...rate })),
      byConfidence: CONFIDENCES.map(([from, below]) => ({
        from,
        below: Math.min(below, 1),
        ...rateOf(inside.filter(({ confidence }) => confidence !== null && confidence >= from && confidence < below)),
      })),
      byWeek: weeks.map(({ of, ...week }) => ({ ...week, ...rateOf(of) })),
    },
    wrongReplies: {
      ...repliesOf(inside, wrong),
      byWeek: weeks.map(({ of, ...week }) => ({ ...week, ...repliesOf(of, wrong) })),
    },
    helpful: repliesOf(inside, helpful),
  };
}

/** Most misroutes first, then most routed. */
function groups<K extends string>(
  messages: readonly Message[],
  key: (message: Message) => K | null,
  rateOf: (some: readonly Message[]) => MisrouteRate,
): [K, MisrouteRate][] {
  const by = Map.groupBy(messages, key);
  return [...by]
    .flatMap(([of, some]): [K, MisrouteRate][] => (of === null ? [] : [[of, rateOf(some)]]))
    .filter(([, { routed }]) => routed > 0)
    .toSorted(([, a], [, b]) => b.misroutes - a.misroutes || b.routed - a.routed);
}

/** Seven days each, back from the end; no week before the first message, two at least. */
function weeksOf(messages: readonly Message[], end: number): (Week & { readonly of: readonly Message[] })[] {
  const first = messages[0]?.at ?? end;
  const count = Math.max(2, Math.ceil((end - first) / WEEK_MS));
  return Array.from({ length: count }, (_, back) => {
    const to = end - back * WEEK_MS;
    const from = to - WEEK_MS;
    return { from, to, of: messages.filter(({ at }) => at >= from && at < to) };
  });
}
