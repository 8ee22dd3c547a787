/** One recorded decision, made again on other terms. Pure, and first-order: what was never gathered is named, not guessed (architecture §6). */
import { isDeepStrictEqual } from 'node:util';
import type { Decision, DecisionInput } from '../../events/decision.ts';
import { decide, verifierNeeded } from '../../policy/decide.ts';
import type { Terms } from './terms.ts';

export type Redecided =
  | { readonly result: 'same' | 'different'; readonly after: Decision }
  | { readonly result: 'undecidable'; readonly needs: string };

/** @param before  what was decided then: compared with, never decided on */
export function redecide(input: DecisionInput, before: Decision, terms: Terms): Redecided {
  const on = onTerms(input, terms);
  const changed = missingUnder(input, on);
  if (changed !== null) return { result: 'undecidable', needs: changed };
  const after = decide(on, terms);
  if (isDeepStrictEqual(after, before)) return { result: 'same', after };
  const needs = neverGathered(on, before, after, terms);
  return needs === null ? { result: 'different', after } : { result: 'undecidable', needs };
}

/** The input with the flags and limits of the terms; what they leave open stays as it was recorded. */
export function onTerms(input: DecisionInput, { flags, limits }: Terms): DecisionInput {
  const switched = { ...input.flags, ...given(flags) };
  const { kind, rung, mayReply } = input.classifier;
  const isBuiltIn = kind === 'embedded' && rung === 'primary' && input.setup.stage !== 'local';
  return {
    ...input,
    flags: switched,
    classifier: {
      ...input.classifier,
      // The one flag that reaches the decision by way of another field (`policy/primary.ts`).
      mayReply: isBuiltIn && flags.embedded_replies_enabled !== null ? flags.embedded_replies_enabled : mayReply,
    },
    setup: { ...input.setup, limits: { ...input.setup.limits, ...given(limits) } },
  };
}

function given<T extends object>(values: { readonly [K in keyof T]: T[K] | null }): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Partial<T>;
}

/** Flags that decide what is gathered: under another setting something else would have been read. */
function missingUnder(input: DecisionInput, on: DecisionInput): string | null {
  const { kind, failure } = input.classifier;
  const isAsked = kind !== null;
  // Where the built-in one decided although a model was allowed, none is set up, and the flag changes nothing.
  const hasNoModel = input.flags.openai_enabled && kind === 'embedded' && failure === null;
  if (on.flags.openai_enabled !== input.flags.openai_enabled && isAsked && !hasNoModel) return 'classifier';
  const { order } = input;
  if (order === null) return null;
  const isUnproven = order.matchMethod === 'verified' || order.deterministicMatch === 'false';
  if (on.flags.order_match_verified_enabled !== input.flags.order_match_verified_enabled && isUnproven) return 'order';
  const isCounted = order.labels !== null && order.labels.slaMinBd !== null;
  return on.flags.holiday_calendar !== input.flags.holiday_calendar && isCounted ? 'order.labels' : null;
}

/** What the other decision rests on although nobody ever asked for it, and the recorded one did not; `null` when it rests on what is there. */
function neverGathered(input: DecisionInput, before: Decision, after: Decision, terms: Terms): string | null {
  if (input.stage === 'classification') {
    return after.tierCandidate === 2 && before.tierCandidate !== 2 ? 'order' : null;
  }
  if (input.order === null && lacks(after, 'G21') && !lacks(before, 'G21')) return 'order';
  return verifierNeeded(input, terms) && !lacks(before, 'G25') ? 'verifier' : null;
}

/** Without its fact the gate objects. */
function lacks({ gateReport }: Decision, id: 'G21' | 'G25'): boolean {
  return gateReport.some(({ gate, result }) => gate === id && result === 'block');
}
