/** What a run comes to, under the names of interfaces §5. */
import { createHash } from 'node:crypto';
import { check, countOf, type Verdict, type Violation } from './checker/check.ts';
import type { Account } from './facts.ts';
import { MUST_BE_ZERO } from './must-be-zero.ts';
import type { Run } from './run.ts';

export type Report = {
  readonly seed: string | number;
  readonly conversations: number;
  readonly messages: number;
  readonly steps: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly crashPoints: Readonly<Record<string, number>>;
  readonly repliesSent: number;
  readonly duplicateReplies: number;
  readonly lostMessages: number;
  readonly tier0Replies: number;
  readonly staleRoutings: number;
  readonly replayWrites: number;
  readonly projectionMismatches: number;
  readonly sentAfterStop: number;
  readonly unsettled: number;
  readonly residualRaces: number;
  readonly simulatedHours: number;
  readonly historySha256: string;
};

export function reportOf(seed: string | number, run: Run): { report: Report; violations: readonly Violation[] } {
  const verdict = check(run.account);
  const { crashPoints } = run.world.instruments.counts;
  const report: Report = {
    seed,
    conversations: run.conversations.length,
    messages: messagesIn(run.account),
    steps: run.steps,
    faults: Object.fromEntries(run.faults),
    crashPoints: Object.fromEntries([...crashPoints].sort(([left], [right]) => (left < right ? -1 : 1))),
    ...countsOf(verdict),
    simulatedHours: run.simulatedHours,
    historySha256: run.world.history.sha256(),
  };
  return { report, violations: verdict.violations };
}

export function messagesIn({ facts }: Account): number {
  return facts.filter((fact) => fact.kind === 'comment' && fact.author === 'customer').length;
}

/** What a verdict comes to, however the run was made. A rule that was not applied counts nothing. */
export function countsOf(verdict: Verdict) {
  return {
    repliesSent: verdict.repliesSent,
    duplicateReplies: countOf(verdict, 'one-reply'),
    lostMessages: countOf(verdict, 'lost', 'missed-dispute'),
    tier0Replies: countOf(verdict, 'tier0-reply'),
    staleRoutings: countOf(verdict, 'stale-route'),
    replayWrites: countOf(verdict, 'replay-write'),
    projectionMismatches: countOf(verdict, 'trail', 'projection'),
    sentAfterStop: countOf(verdict, 'sent-after-stop'),
    unsettled: verdict.unsettled,
    residualRaces: verdict.residualRaces,
  };
}

type Counts = Readonly<Record<string, number>>;
const COUNTED = [
  'conversations',
  'messages',
  'steps',
  'repliesSent',
  ...MUST_BE_ZERO,
  'residualRaces',
] as const satisfies readonly (keyof Report)[];

/** Several worlds as one run: counts add up, and the digest is over the worlds' digests in order. */
export function reportOfAll(seed: string | number, worlds: readonly Report[]): Report {
  const digest = createHash('sha256');
  for (const { historySha256 } of worlds) digest.update(`${historySha256}\n`);
  const sum = (name: (typeof COUNTED)[number]): number => worlds.reduce((total, world) => total + world[name], 0);
  return {
    seed,
    ...(Object.fromEntries(COUNTED.map((name) => [name, sum(name)])) as Record<(typeof COUNTED)[number], number>),
    faults: addedUp(worlds.map(({ faults }) => faults)),
    crashPoints: addedUp(worlds.map(({ crashPoints }) => crashPoints)),
    simulatedHours: Math.round(worlds.reduce((total, { simulatedHours }) => total + simulatedHours, 0) * 100) / 100,
    historySha256: digest.digest('hex'),
  };
}

/** Name by name, sorted. */
export function addedUp(all: readonly Counts[]): Counts {
  const total = new Map<string, number>();
  for (const counts of all)
    for (const [name, count] of Object.entries(counts)) total.set(name, (total.get(name) ?? 0) + count);
  return Object.fromEntries([...total].sort(([left], [right]) => (left < right ? -1 : 1)));
}
