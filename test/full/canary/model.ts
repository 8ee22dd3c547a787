/** A model that repeats what it is told, where it is right and where it is wrong: whatever it says must lie nowhere. */
import { decisionOf, verdictOf } from '../../openai-stand-in/answers.ts';
import type { Behaviour } from '../../openai-stand-in/behaviours.ts';
import { type Seen, startStandIn } from '../../openai-stand-in/server.ts';

const FAULTS: readonly Behaviour[] = [
  // Its errors quote the request.
  { kind: 'status', status: 400 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 429, retryAfter: '1' },
  { kind: 'html' },
  { kind: 'broken_json' },
  { kind: 'refusal' },
  { kind: 'content_filter' },
  { kind: 'cut_body' },
  { kind: 'reset' },
];
/** Every so many calls meet a fault. */
const FAULT_EVERY = 7;

export function startEcho() {
  let calls = 0;
  return startStandIn((seen): Behaviour => {
    calls += 1;
    const fault = FAULTS[Math.floor(calls / FAULT_EVERY) % FAULTS.length];
    return calls % FAULT_EVERY === 0 && fault ? fault : { kind: 'answer', output: echoOf(seen, calls) };
  });
}

function echoOf({ kind, message }: Seen, call: number): unknown {
  const said = message.slice(0, 400);
  if (kind === 'verify') return { ...verdictOf(call % 3 !== 0), notes: said };
  const isOrder = /where|order|tracking/i.test(message);
  const decision = isOrder
    ? decisionOf({
        intent: 'order_status_tracking',
        team: 'Email Support Team',
        template: 't_order_status_verified',
        tier: 'TIER_2_VERIFIED',
      })
    : decisionOf({
        intent: 'damaged_item',
        team: 'Returns Admin',
        template: 't_damaged_item_intake',
        tier: 'TIER_1_SAFE_ASSIST',
      });
  const repeated = { ...decision, notes_for_agent: said };
  // An intent and a tag that are words of the customer's.
  return call % 5 === 0
    ? { ...repeated, primary_intent: said.slice(0, 30), routing: { ...decision.routing, tags: [said.slice(0, 20)] } }
    : repeated;
}
