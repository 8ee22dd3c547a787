/** The inputs of the later stages: what was decided on, with what has been read since (decisions §6). */
import type { Candidate, DecisionInput, KeywordHit } from '../events/decision.ts';
import { hitUnion } from './risk.ts';

type Turn = DecisionInput['turn'];

/** What is read anew at every stage. */
export type FreshReading = {
  readonly now: string;
  readonly state: DecisionInput['state'];
  readonly history: DecisionInput['history'];
  readonly flags: DecisionInput['flags'];
  /** The screen's second look; whatever it does not find again stays found (I3). */
  readonly turn?: Turn;
  readonly setup?: DecisionInput['setup'];
  /** Did this event come out of a replay? */
  readonly isReplay?: boolean;
};

export type FreshApproval = FreshReading & {
  /** `null` for a Tier 1 candidate, which needs no look-up. */
  readonly order: DecisionInput['order'];
  /** `null` until the verifier was asked (`verifierNeeded`). */
  readonly verifier: DecisionInput['verifier'];
};

export type FreshSending = FreshReading & {
  /** End of the approval. */
  readonly expiresAt: string;
  /** The order as it stands now; without it the approved labels stand. */
  readonly order?: DecisionInput['order'];
};

/** The input on which `verify` approves or denies a candidate. */
export function toApproval(candidate: Pick<Candidate, 'input'>, fresh: FreshApproval): DecisionInput {
  const { order, verifier } = fresh;
  return { ...refreshed(candidate.input, fresh), stage: 'approval', order, verifier };
}

/** The input on which an approved reply is judged for the last time; the verdict is bound to the approval. */
export function toSending(approved: DecisionInput, fresh: FreshSending): DecisionInput {
  const next = refreshed(approved, fresh);
  return {
    ...next,
    stage: 'sending',
    order: fresh.order === undefined ? approved.order : fresh.order,
    age: { ...next.age, expiresAt: fresh.expiresAt },
  };
}

/** The vault has lost what the verifier needs: the context of the reply has expired (platform §11.5, guard 6). */
export function withoutMessageText(input: DecisionInput): DecisionInput {
  const ended = new Date(Date.parse(input.now) - 1).toISOString();
  return { ...input, order: input.order && { ...input.order, contextExpiresAt: ended } };
}

function refreshed(input: DecisionInput, fresh: FreshReading): DecisionInput {
  const { now, state, history, flags } = fresh;
  return {
    ...input,
    now,
    state,
    history,
    flags,
    setup: fresh.setup ?? input.setup,
    turn: fresh.turn === undefined ? input.turn : withSecondLook(input.turn, fresh.turn),
    age: { ...input.age, isReplay: input.age.isReplay || (fresh.isReplay ?? false) },
  };
}

const STRENGTHS = ['none', 'weak', 'strong'] as const;
type Strength = (typeof STRENGTHS)[number];

function stronger(a: Strength, b: Strength): Strength {
  return STRENGTHS.indexOf(a) >= STRENGTHS.indexOf(b) ? a : b;
}

/** Both looks together: a later one can add risk, never remove it. */
function withSecondLook(first: Turn, second: Turn): Turn {
  return {
    comments: Math.max(first.comments, second.comments),
    newerCommentSeen: first.newerCommentSeen || second.newerCommentSeen,
    screenStrength: stronger(first.screenStrength, second.screenStrength),
    screenHits: hitUnion([...first.screenHits, ...second.screenHits]),
    olderKeywordHits: bothOf(first.olderKeywordHits, second.olderKeywordHits),
    answeredKeywordHits: bothOf(first.answeredKeywordHits, second.answeredKeywordHits),
    hasAttachments: first.hasAttachments || second.hasAttachments,
    moderation:
      first.moderation === null || second.moderation === null
        ? (first.moderation ?? second.moderation)
        : stronger(first.moderation, second.moderation),
  };
}

function bothOf(first: readonly KeywordHit[], second: readonly KeywordHit[]): KeywordHit[] {
  return [...new Map([...first, ...second].map((hit) => [`${hit.intent} ${hit.ruleId}`, hit])).values()].slice(0, 60);
}
