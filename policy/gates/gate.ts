/** What a gate is: a question to the reading and the plan so far, answered without looking anything up (decisions §6.2). */
import type { GateEntry, GateId } from '../../events/decision.ts';
import type { ReasonCode, TemplateId } from '../../events/words.ts';
import type { Reading } from '../reading.ts';
import { isFound, NUMBER_QUESTION, type ReplyPlan } from '../template-choice.ts';

export type Situation = Reading & { readonly plan: ReplyPlan | null };

type Reasons = readonly [ReasonCode, ...ReasonCode[]];

export type Verdict =
  | { readonly result: 'pass' }
  | { readonly result: 'n/a' }
  | {
      readonly result: 'block';
      readonly reasons: Reasons;
      /** The objection is a switch somebody set, which shadow mode looks past (ruling 15). */
      readonly isSwitch: boolean;
    }
  | {
      readonly result: 'downgrade';
      readonly reasons: Reasons;
      readonly plan: ReplyPlan | null;
      readonly before: TemplateId | null;
    };

export type Gate = { readonly id: GateId; readonly judge: (situation: Situation) => Verdict };

export const PASS: Verdict = { result: 'pass' };
export const NOT_APPLICABLE: Verdict = { result: 'n/a' };

/** An objection with these codes, the deciding one first; without a code there is none. */
export function objection(codes: readonly ReasonCode[], isSwitch = false): Verdict {
  const [first, ...others] = new Set(codes);
  return first === undefined ? PASS : { result: 'block', reasons: [first, ...others], isSwitch };
}

/** Passes unless `objects`. */
export function objectIf(objects: boolean, ...codes: ReasonCode[]): Verdict {
  return objects ? objection(codes) : PASS;
}

/** Changes the plan and goes on. */
export function downgrade(situation: Situation, plan: ReplyPlan | null, ...reasons: Reasons): Verdict {
  return { result: 'downgrade', reasons, plan, before: situation.plan?.templateId ?? null };
}

/**
 * Leaves of a Tier 2 plan only the question for the order number. With an order found the question is pointless, so
 * nothing is left; without an answer of the look-up it stays possible.
 */
export function onlyQuestion(situation: Situation, ...reasons: Reasons): Verdict {
  const { plan, input } = situation;
  if (plan?.tier !== 2) return PASS;
  if (isFound(input.order)) return objection(reasons);
  return downgrade(situation, { tier: 1, templateId: NUMBER_QUESTION }, ...reasons);
}

/** The line of the report for a verdict. */
export function entryOf(id: GateId, verdict: Verdict): GateEntry {
  if (verdict.result === 'pass' || verdict.result === 'n/a') return { gate: id, result: verdict.result };
  const [reasonCode, ...also] = verdict.reasons;
  const entry: GateEntry = { gate: id, result: verdict.result, reasonCode };
  if (also.length > 0) entry.also = also.slice(0, 6);
  if (verdict.result === 'block') return entry;
  return { ...entry, before: verdict.before, after: verdict.plan?.templateId ?? null };
}
