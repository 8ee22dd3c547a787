/** What policy/ makes of a decision input, at its own stage and at the next. */
import type { DecisionInput } from '../../../../events/decision.ts';
import { toApproval, toSending } from '../../../../policy/approval.ts';
import { decide, verifierNeeded } from '../../../../policy/decide.ts';
import { routeOf } from '../../../../policy/route.ts';
import { extraTags } from '../../../../policy/tags.ts';
import { minutesAgo, verifierInput } from '../../../../policy/testing.ts';
import { visible } from './visible.ts';

/** @param later  another input, whose state is what is found when the reply is approved and sent. */
export function readInput(input: DecisionInput, later: DecisionInput): unknown {
  const decision = decide(input);
  const route = routeOf(decision);
  const fresh = { now: input.now, state: later.state, history: later.history, flags: input.flags };
  const { order } = later;
  const approval =
    input.stage === 'classification' && decision.tierCandidate !== null
      ? toApproval({ input }, { ...fresh, state: input.state, history: input.history, order, verifier: null })
      : null;
  const approved = approval && verifierNeeded(approval) ? { ...approval, verifier: verifierInput() } : approval;
  const sending = decide(
    toSending(approved ?? input, { ...fresh, turn: input.turn, expiresAt: minutesAgo(-10, input.now) }),
  );
  return [
    visible(decision),
    [route, extraTags(sending, route?.tags ?? []), verifierNeeded(input)],
    approved && visible(decide(approved)),
    visible(sending),
  ];
}
