/** What a run on the wire comes to, under the names of interfaces §5; `null` for what real processes do not count. */
import type { Verdict } from '../checker/check.ts';
import type { Account } from '../facts.ts';
import { countsOf, messagesIn, type Report } from '../report.ts';

export type WireReport = Omit<Report, 'steps' | 'simulatedHours' | 'historySha256'> & {
  readonly wire: true;
  /** No scheduler counts steps, and no clock is simulated. */
  readonly steps: null;
  readonly simulatedHours: null;
  /** No two runs are equal; `planSha256` is over what is: who writes what and when, what is killed at which trigger. */
  readonly historySha256: null;
  readonly planSha256: string;
  /** Messages on their way at a kill, by victim and state: what the crash met. */
  readonly crashPoints: Readonly<Record<string, number>>;
  readonly kills: Readonly<Record<string, number>>;
  readonly archivedEvents: number;
  /** Messages that their deadline met, read or unread. */
  readonly stalled: number;
  readonly replays: number;
  /** Customers' comments whose webhook was lost, and that nothing had found when the run ended. */
  readonly unfound: number;
  /** Rules of the checker that are not applied, and why. */
  readonly leftOut: Readonly<Record<string, string>>;
};

export type Counted = Pick<WireReport, 'seed' | 'conversations' | 'planSha256' | 'replays' | 'unfound' | 'leftOut'> & {
  readonly faults: ReadonlyMap<string, number>;
  readonly crashPoints: ReadonlyMap<string, number>;
  readonly kills: ReadonlyMap<string, number>;
};

export function wireReport(counted: Counted, account: Account, verdict: Verdict): WireReport {
  const { facts } = account;
  return {
    wire: true,
    seed: counted.seed,
    conversations: counted.conversations,
    messages: messagesIn(account),
    steps: null,
    faults: sorted(counted.faults),
    crashPoints: sorted(counted.crashPoints),
    kills: sorted(counted.kills),
    ...countsOf(verdict),
    archivedEvents: facts.filter(({ kind }) => kind === 'published').length,
    stalled: stalledIn(facts),
    replays: counted.replays,
    unfound: counted.unfound,
    leftOut: counted.leftOut,
    simulatedHours: null,
    historySha256: null,
    planSha256: counted.planSha256,
  };
}

/** A stall is stated again until its message is over. */
function stalledIn(facts: Account['facts']): number {
  const stalls = facts.flatMap((fact) =>
    fact.kind === 'published' && fact.detailType === 'MessageStalled'
      ? [(JSON.parse(fact.detail) as { metadata: { eventId: string } }).metadata.eventId]
      : [],
  );
  return new Set(stalls).size;
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1)));
}
