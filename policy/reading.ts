/** What a decision input says, read once for all gates. */
import type { DecisionInput } from '../events/decision.ts';
import type { Intent, RiskFlag } from '../events/words.ts';
import { type Certainty, certaintyOf } from './confidence.ts';
import { type Canonical, canonicalise } from './matrix.ts';
import type { OrderPlan } from './orders/select.ts';
import type { Policy } from './policy.ts';
import { flagUnion, tier0Flags } from './risk.ts';
import { firstPlan, isOrderIntent, orderPlanOf, type ReplyPlan, saysNotReceived } from './template-choice.ts';

export type Reading = {
  readonly input: DecisionInput;
  /** What it is judged by. */
  readonly policy: Policy;
  readonly primary: Intent;
  readonly secondaries: readonly Intent[];
  readonly canonical: Canonical;
  readonly certainty: Certainty;
  /** Tier 0 flags of this turn; the conversation's own are in the input. */
  readonly turnFlags: readonly RiskFlag[];
  /** Does Tier 0 stand, by this turn or by the conversation? */
  readonly isTier0: boolean;
  readonly orderPlan: OrderPlan | null;
  readonly firstPlan: ReplyPlan | null;
};

/** Reads an input; pure and total. */
export function readingOf(input: DecisionInput, policy: Policy): Reading {
  const canonical = canonicalise(input, policy);
  const turnFlags = tier0Flags(input, policy);
  const isTier0 = flagUnion(turnFlags, input.state.stickyFlags).length > 0;
  const orderPlan = isOrderIntent(canonical.primary, policy) ? orderPlanOf(input) : null;
  const intents = intentsOf(canonical, orderPlan);
  return {
    input,
    policy,
    ...intents,
    canonical,
    // The fact renames the intent; the certainty stays that of the reading it replaces.
    certainty: certaintyOf(input, canonical, policy),
    turnFlags,
    isTier0,
    orderPlan,
    firstPlan: isTier0 ? null : firstPlan(intents.primary, orderPlan, policy),
  };
}

function intentsOf(canonical: Canonical, plan: OrderPlan | null): Pick<Reading, 'primary' | 'secondaries'> {
  const { primary, secondaries } = canonical;
  if (!saysNotReceived(plan)) return { primary, secondaries };
  // Nothing more urgent stands beside an order question, so it is not among the secondaries already.
  return { primary: 'delivered_not_received', secondaries: [primary, ...secondaries].slice(0, 2) };
}
