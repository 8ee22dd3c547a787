/** Running totals over messages: by intent, template, outcome and cost. */
import { isOfThisRelease } from '../../policy/release.ts';
import type { End, MessageVerdict } from './message.ts';

export type BeforeAfter = { before: number; after: number };
type Results = { decisions: number; same: number; different: number; undecidable: number };

export type Totals = Results & {
  messages: number;
  /** Different although this very release decided them: only a defect explains it, unless the terms are others. */
  differentOfThisRelease: number;
  readonly needs: Record<string, number>;
  readonly byIntent: Record<string, Results & { replies: BeforeAfter }>;
  readonly byTemplate: Record<string, BeforeAfter>;
  /** By what was decided last: `replied` is a reply that was approved, whether or not it was sent. */
  readonly byOutcome: Record<string, BeforeAfter>;
  /** Approved replies. */
  readonly replies: BeforeAfter;
  /** Messages whose approved reply changes; what is undecidable is none of these. */
  readonly replyChanges: { notSent: number; sentAnew: number; otherTemplate: number };
  readonly nanoUsd: BeforeAfter;
  /** Decided first, RFC 3339; `null` before anything was counted. */
  first: string | null;
  last: string | null;
};

const results = (): Results => ({ decisions: 0, same: 0, different: 0, undecidable: 0 });
const pair = (): BeforeAfter => ({ before: 0, after: 0 });

export function newTotals(): Totals {
  return {
    ...results(),
    messages: 0,
    differentOfThisRelease: 0,
    needs: {},
    byIntent: {},
    byTemplate: {},
    byOutcome: { replied: pair(), routed: pair(), suppressed: pair(), undecidable: pair() },
    replies: pair(),
    replyChanges: { notSent: 0, sentAnew: 0, otherTemplate: 0 },
    nanoUsd: pair(),
    first: null,
    last: null,
  };
}

/** Counts one message into the totals; an undecidable one keeps what it has cost. */
export function count(totals: Totals, { before, after, judged }: MessageVerdict): void {
  totals.messages += 1;
  for (const { recorded, redecided } of judged) {
    const { result } = redecided;
    const ofIntent = entry(totals.byIntent, recorded.decision.primaryIntent, () => ({ ...results(), replies: pair() }));
    for (const tally of [totals, ofIntent]) {
      tally.decisions += 1;
      tally[result] += 1;
    }
    if (result === 'undecidable') totals.needs[redecided.needs] = (totals.needs[redecided.needs] ?? 0) + 1;
    if (result === 'different' && recorded.input !== null && isOfThisRelease(recorded.input))
      totals.differentOfThisRelease += 1;
    if (totals.first === null || recorded.at < totals.first) totals.first = recorded.at;
    if (totals.last === null || recorded.at > totals.last) totals.last = recorded.at;
  }
  if (after !== null) countReply(totals.replyChanges, before, after);
  const ends = { before, after } as const;
  for (const when of ['before', 'after'] as const) {
    const end = ends[when];
    entry(totals.byOutcome, end?.outcome ?? 'undecidable', pair)[when] += 1;
    totals.nanoUsd[when] += (end ?? before).nanoUsd;
    if (end?.outcome !== 'replied') continue;
    totals.replies[when] += 1;
    const ofIntent = entry(totals.byIntent, end.intent, () => ({ ...results(), replies: pair() }));
    ofIntent.replies[when] += 1;
    entry(totals.byTemplate, end.templateId ?? '', pair)[when] += 1;
  }
}

function countReply(changes: Totals['replyChanges'], before: End, after: End): void {
  const [was, is] = [before.outcome === 'replied', after.outcome === 'replied'];
  if (was && !is) changes.notSent += 1;
  if (!was && is) changes.sentAnew += 1;
  if (was && is && before.templateId !== after.templateId) changes.otherTemplate += 1;
}

function entry<T>(record: Record<string, T>, key: string, make: () => T): T {
  const found = record[key] ?? make();
  record[key] = found;
  return found;
}
