/** The rules themselves: each finds what it names, so that a run without a finding says something. */
import { describe, expect, it } from 'vitest';
import type { Decision, DecisionInput } from '../events/decision.ts';
import { decide } from './decide.ts';
import { broken, FORBIDDEN } from './forbidden.testing.ts';
import { randomFrom, randomInput } from './random-input.testing.ts';
import { decisionInput, orderInput, orderInWindow, type PartOf, requested, scored, verifierInput } from './testing.ts';

const damaged = scored({ damaged_item: 0.9 });
const tier2 = {
  stage: 'approval',
  ...scored({ order_status_tracking: 0.9 }),
  order: orderInput(),
  verifier: verifierInput(),
} as const;
const asked = (part: Parameters<typeof requested>[0]) => ({
  ...tier2,
  classifier: { ...tier2.classifier, requested: requested(part) },
});

/** A decision that was right for one input, put beside another; or a decision that was tampered with. */
type Planted = {
  readonly input: PartOf<DecisionInput>;
  readonly seen?: PartOf<DecisionInput>;
  readonly tampered?: Partial<Decision>;
};

const PLANTED: Readonly<Record<string, Planted>> = {
  'a confidence above the score it rests on': { input: scored({ damaged_item: 0.7 }), seen: damaged },
  'a reply below its threshold': { input: damaged, tampered: { routingConfidence: 0.59 } },
  'Tier 0 of this turn with another team than an escalation team': {
    input: scored({ legal_threat: 0.9 }),
    tampered: { team: 'Returns Admin' },
  },
  'a tag that is in no closed list': { input: damaged, tampered: { tags: ['mw-anything'] } },
  'a message without the tags of its intent, tier and processing': { input: damaged, tampered: { tags: [] } },
  'Tier 2 above what the model asked for': { input: asked({ tier: 'TIER_1_SAFE_ASSIST' }), seen: tier2 },
  'Tier 2 with its stage off': { input: { ...tier2, flags: { tier2_enabled: false } }, seen: tier2 },
  'an automation confidence below 0.70 in Tier 2': { input: tier2, tampered: { automationConfidence: 0.69 } },
  'auto-close without the estimate being sent': { input: tier2, tampered: { autoClose: true } },
  'an order template outside Tier 2': { input: tier2, tampered: { tier: 1 } },
  'an action without its template, an acknowledgement, or a template without the action': {
    input: damaged,
    tampered: { action: 'ACK_ONLY' },
  },
  'Tier 3': { input: damaged, tampered: { tier: 3 as never } },
  'tags written for a superseded message, twice, or more than twelve': {
    input: damaged,
    tampered: { tags: Array.from({ length: 13 }, (_, at) => `mw-processed-${at}`) },
  },
  'a route tag that is not the team’s, or more than one': {
    input: damaged,
    tampered: { routeTag: 'route-sales-team' },
  },
  'secondaries that are the primary, twice, or more than two': {
    input: damaged,
    tampered: { secondaryIntents: ['damaged_item'] },
  },
  'a gate report that is not every gate in order': { input: damaged, tampered: { gateReport: [] } },
  'no reply, no reason, and no order that is waited for': {
    input: damaged,
    tampered: { action: 'ROUTE_ONLY', templateId: null, tierCandidate: null, reasonCodes: [] },
  },
  'a candidate where a gate objects, but for shadow mode': {
    input: { ...damaged, flags: { safe_mode: true } },
    tampered: { tierCandidate: 1 },
  },
  'a reply that would not be sent without switches either': { input: damaged, tampered: { wouldReply: false } },
  'a first reason that is not the first objection’s, or an objection with a reply': {
    input: { ...damaged, flags: { safe_mode: true } },
    tampered: { reasonCodes: ['circuit_open'] },
  },
  'a route that waits for a reply outside Tier 2 or with auto-close off': {
    input: damaged,
    tampered: { routeWhen: 'afterReply' },
  },
  'a message without a team that is not superseded and not in a colleague’s hand': {
    input: damaged,
    tampered: { team: null },
  },
  'the verifier judged although another gate objects': {
    input: { ...tier2, state: { ticketOpen: false } },
    tampered: {
      gateReport: decide(decisionInput({ ...tier2, state: { ticketOpen: false } })).gateReport.map((entry) =>
        entry.gate === 'G25' ? { gate: 'G25', result: 'pass' } : entry,
      ),
    },
  },
  'the estimate with auto-close off, or where nothing may be resolved': {
    input: { ...tier2, order: orderInWindow(), flags: { auto_close_enabled: false } },
    seen: { ...tier2, order: orderInWindow() },
  },
};

describe('the combinations that may never be', () => {
  it('have names of their own', () => {
    expect(new Set(FORBIDDEN.map(({ name }) => name)).size).toBe(FORBIDDEN.length);
  });

  it.each(Object.entries(PLANTED))('finds %s', (name, { input, seen, tampered }) => {
    const given = decisionInput(input);
    expect(broken(given, decide(given))).toEqual([]);
    const wrong = { ...decide(seen === undefined ? given : decisionInput(seen)), ...tampered };
    expect(broken(given, wrong)).toContain(name);
  });

  it('each finds something among decisions that were made on other inputs', () => {
    const random = randomFrom(11);
    const inputs = Array.from({ length: 1500 }, () => randomInput(random));
    const decisions = inputs.map((input) => decide(input));
    const found = new Set<string>(Object.keys(PLANTED));
    for (const [at, input] of inputs.entries()) {
      for (const step of [1, 2, 3, 5, 8]) {
        const other = decisions[(at + step) % decisions.length];
        if (other !== undefined) for (const name of broken(input, other)) found.add(name);
      }
    }
    expect(FORBIDDEN.map(({ name }) => name).filter((name) => !found.has(name))).toEqual([]);
  });
});
