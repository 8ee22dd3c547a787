/** What the decisions of one message come to, before and after: whether a reply leaves, how sure it is, what it costs. Pure. */
import type { Decision } from '../../events/decision.ts';
import { approvedReply, verifierNeeded } from '../../policy/decide.ts';
import type { Recorded, Stage } from './recorded.ts';
import { onTerms, type Redecided, redecide } from './redecide.ts';
import type { Terms } from './terms.ts';

export type Judged = { readonly recorded: Recorded; readonly redecided: Redecided };

export type End = {
  readonly outcome: 'replied' | 'routed' | 'suppressed';
  readonly templateId: string | null;
  readonly intent: string;
  /** Certainty of what was decided last; `null` where no score stands behind it. */
  readonly confidence: number | null;
  /** Does a team other than the default queue get it on the strength of a score? */
  readonly isRouted: boolean;
  readonly routingConfidence: number | null;
  readonly nanoUsd: number;
};

export type MessageVerdict = {
  readonly before: End;
  /** `null`: undecidable. */
  readonly after: End | null;
  readonly judged: readonly Judged[];
};

const ORDER: readonly Stage[] = ['classification', 'approval', 'sending'];

/** @param decisions  of one message, in any order */
export function judgeMessage(decisions: readonly Recorded[], terms: Terms): MessageVerdict {
  const readings = readingsOf(decisions).map((stages) => ({
    before: endOf(stages.map(({ decision, nanoUsd }) => ({ decision, nanoUsd }))),
    judged: stages.map((recorded): Judged => ({ recorded, redecided: again(recorded, terms) })),
  }));
  const before = together(readings.flatMap(({ before: end }) => end ?? []));
  if (before === null) throw new Error('a message without a decision');
  const ends = readings.map(({ judged }) => afterOf(judged, terms));
  const known = ends.flatMap((end) => end ?? []);
  const after = known.length < ends.length ? null : together(known);
  return { before, after, judged: readings.flatMap(({ judged }) => judged) };
}

/**
 * A message is read once, and once more where a loss made it necessary: each reading with the stages that followed on it, in their
 * order. What precedes every reading belongs to the first.
 */
function readingsOf(decisions: readonly Recorded[]): Recorded[][] {
  const stages = decisions.toSorted(
    (a, b) => ORDER.indexOf(a.stage) - ORDER.indexOf(b.stage) || (a.at < b.at ? -1 : 1),
  );
  const began = stages.filter(({ stage }) => stage === 'classification').map(({ at }) => at);
  const readings = Map.groupBy(stages, ({ at }) =>
    Math.max(
      0,
      began.findLastIndex((start) => start <= at),
    ),
  );
  return [...readings.values()];
}

/** The reply, where one of the readings led to one; else what the last came to. All of them were paid for. */
function together(ends: readonly End[]): End | null {
  const end = ends.find(({ outcome }) => outcome === 'replied') ?? ends.at(-1);
  return end === undefined ? null : { ...end, nanoUsd: ends.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0) };
}

function again({ input, missing = 'input', decision }: Recorded, terms: Terms): Redecided {
  return input === null ? { result: 'undecidable', needs: missing } : redecide(input, decision, terms);
}

type Step = { readonly decision: Decision; readonly nanoUsd: number };

/** Later stages count as far as the earlier ones would still lead there. */
function afterOf(judged: readonly Judged[], terms: Terms): End | null {
  const steps: Step[] = [];
  for (const { recorded, redecided } of judged) {
    if (redecided.result === 'undecidable') return null;
    steps.push({ decision: redecided.after, nanoUsd: paidUnder(recorded, terms) });
    if (!leadsOn(redecided.after, recorded.stage)) break;
  }
  return endOf(steps);
}

function leadsOn(decision: Decision, stage: Stage): boolean {
  return stage === 'classification' ? decision.tierCandidate !== null : approvedReply(decision);
}

/** A verifier that is not asked any more costs nothing. */
function paidUnder({ stage, input, nanoUsd, nanoUsdAfter }: Recorded, terms: Terms): number {
  if (nanoUsdAfter !== undefined) return nanoUsdAfter;
  if (stage !== 'approval' || nanoUsd === 0 || input === null) return nanoUsd;
  return verifierNeeded({ ...onTerms(input, terms), verifier: null }, terms) ? nanoUsd : 0;
}

function endOf(steps: readonly Step[]): End | null {
  const first = steps[0]?.decision;
  const last = steps.at(-1)?.decision;
  if (first === undefined || last === undefined) return null;
  const isReplied = approvedReply(last);
  const wasApproved = steps.slice(1, -1).some(({ decision }) => approvedReply(decision));
  return {
    outcome: isReplied ? 'replied' : wasApproved || last.row === 'D2' ? 'suppressed' : 'routed',
    templateId: isReplied ? last.templateId : null,
    intent: last.primaryIntent,
    confidence: last.automationConfidence ?? last.routingConfidence,
    isRouted: first.row !== 'D1' && first.row !== 'D2' && first.row !== 'D5' && first.routingConfidence !== null,
    routingConfidence: first.routingConfidence,
    nanoUsd: steps.reduce((sum, step) => sum + step.nanoUsd, 0),
  };
}
