/** How often what happened, by name. */
import type { Conversation } from '../scenario.ts';

export type Counts = Map<string, number>;

export function add(counts: Counts, name: string, by = 1): void {
  if (by > 0) counts.set(name, (counts.get(name) ?? 0) + by);
}

/** What the acts of a conversation mean under the names of the faults, as the simulator counts them. */
export function countActs(faults: Counts, { acts }: Conversation): void {
  let latestDue = 0;
  let written = 0;
  for (const act of acts) {
    if (act.kind === 'answers') {
      add(faults, 'agent-acts');
      continue;
    }
    written += 1;
    if (written > 1) add(faults, act.atMs < 60_000 ? 'burst' : 'customer-acts');
    if (act.lagMs > 0) add(faults, 'stale-read');
    if (act.webhooksAfterMs.length > 1) add(faults, 'duplicate');
    for (const due of act.webhooksAfterMs.map((afterMs) => act.atMs + afterMs)) {
      if (due < latestDue) add(faults, 'swap-webhooks');
      latestDue = Math.max(latestDue, due);
    }
  }
}
