/** What-if in words: it counts decisions, and a reply that was approved need not have been sent. Pure. */
import type { BeforeAfter, Totals } from '../../../../whatif/totals.ts';
import { counted, whole } from '../../parts/numbers.ts';

/** Said under every table that counts by decision. */
export const APPROVED_SAYS = 'Approved is what was decided last; whether it was sent afterwards is not counted here.';

/** The JSON calls an approved reply `replied`. */
export function byDecision(byOutcome: Totals['byOutcome']): [word: string, pair: BeforeAfter][] {
  return Object.entries(byOutcome).map(([outcome, pair]) => [outcome === 'replied' ? 'approved' : outcome, pair]);
}

type Found = Pick<Totals, 'decisions' | 'different' | 'undecidable' | 'replies' | 'replyChanges'>;

/** The one sentence that somebody who changed a threshold wants to hear. */
export function finding({ decisions, different, undecidable, replies, replyChanges }: Found): string {
  if (decisions === 0) return 'Nothing was decided in this time.';
  if (different === 0 && undecidable === 0) return 'Nothing: every decision would have come out the same.';
  const { notSent, sentAnew, otherTemplate } = replyChanges;
  const parts = [
    `${whole(notSent)} of ${counted(replies.before, 'reply', 'replies')} would not have been approved`,
    ...(sentAnew > 0 ? [`${counted(sentAnew, 'reply', 'replies')} more would have been approved`] : []),
    ...(otherTemplate > 0 ? [`${counted(otherTemplate, 'reply', 'replies')} would have been another template`] : []),
  ];
  const open = undecidable > 0 ? ` Of ${counted(undecidable, 'decision', 'decisions')} nobody can tell.` : '';
  return `${parts.join('; ')}.${open}`;
}
