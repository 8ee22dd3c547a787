import type { Outcome } from '../../../../events/words.ts';

/** The colour says nothing that the word does not. */
export function OutcomeBadge({ outcome }: { outcome: Outcome | null }) {
  if (outcome === null) return <span class="badge">on its way</span>;
  return <span class={`badge ${outcome === 'failed' ? 'failed-outcome' : outcome}`}>{outcome}</span>;
}
