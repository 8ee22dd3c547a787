/** The ten properties of decisions §6.6 over inputs drawn from every field; a failing seed reproduces its input. */
import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { DecisionInput } from '../events/decision.ts';
import { DECISION_ROWS, Decision, DecisionInput as DecisionInputSchema } from '../events/decision.ts';
import { approvedReply, decide } from './decide.ts';
import { broken } from './forbidden.testing.ts';
import { INTENT_CATALOGUE } from './intents.ts';
import { randomFrom, randomInput } from './random-input.testing.ts';
import { RISKS } from './risks.testing.ts';

const seed = fc.integer({ min: 0, max: 2 ** 31 });
const RUNS = { numRuns: 600 };

function holds(property: (input: DecisionInput) => void, numRuns = RUNS.numRuns): void {
  fc.assert(
    fc.property(seed, (from) => {
      property(randomInput(randomFrom(from)));
    }),
    { numRuns },
  );
}

describe('the ten properties of decisions §6.6', () => {
  it('1 totality: a valid input gives one valid decision, in exactly one row', () => {
    holds((input) => {
      v.assert(DecisionInputSchema, input);
      const decision = decide(input);
      v.assert(Decision, decision);
      expect(DECISION_ROWS.filter((row) => row === decision.row)).toHaveLength(1);
    }, 400);
  });

  it('2 monotonicity: no risk that is turned on makes a reply possible', () => {
    fc.assert(
      fc.property(seed, fc.constantFrom(...RISKS), (from, [name, turnOn]) => {
        const input = randomInput(randomFrom(from));
        const risky = decide(turnOn(input));
        if (approvedReply(risky)) expect(approvedReply(decide(input)), name).toBe(true);
        if (risky.wouldReply) expect(decide(input).wouldReply, name).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('3 Tier 0 dominance, and every other combination that may never be', () => {
    holds((input) => expect(broken(input, decide(input))).toEqual([]), 1500);
  });

  it('4 no Tier 2 without exactly one order', () => {
    holds((input) => {
      const { tier, action } = decide(input);
      if (tier !== 2 || action !== 'SEND_TEMPLATE') return;
      expect(input.order).toMatchObject({ deterministicMatch: 'true', matchCount: 1 });
    });
  });

  it('5 no Tier 3', () => {
    holds((input) => {
      const { tier, tierCandidate } = decide(input);
      expect([0, 1, 2, null]).toContain(tier);
      expect([1, 2, null]).toContain(tierCandidate);
    });
  });

  it('6 the template is one of the intent’s in its tier', () => {
    holds((input) => {
      const { templateId, templateCandidate, primaryIntent, tier } = decide(input);
      const { tier1, tier2 } = INTENT_CATALOGUE[primaryIntent].templates;
      if (templateId !== null) expect(tier === 2 ? tier2 : tier1).toContain(templateId);
      if (templateCandidate !== null) expect([...tier1, ...tier2]).toContain(templateCandidate);
    });
  });

  it('7 no estimate with auto-close off', () => {
    holds((input) => {
      const decision = decide({ ...input, flags: { ...input.flags, auto_close_enabled: false } });
      expect(decision.templateId).not.toBe('t_order_eta_no_tracking_verified');
      expect(decision.autoClose).toBe(false);
    });
  });

  // 8, a recorded input gives the recorded decision: policy/snapshot.test.ts.

  it('9 the order of scores, secondaries, hits and lists says nothing', () => {
    const turned = <T extends object>(record: T): T => Object.fromEntries(Object.entries(record).toReversed()) as T;
    holds((input) => {
      const { classifier, turn, flags, setup, history, state } = input;
      const { requested } = classifier;
      const other: DecisionInput = {
        ...input,
        classifier: {
          ...classifier,
          raw: turned(classifier.raw),
          calibrated: turned(classifier.calibrated),
          requested: requested && {
            ...requested,
            secondaries: requested.secondaries.toReversed(),
            riskFlags: requested.riskFlags.toReversed(),
          },
        },
        turn: {
          ...turn,
          screenHits: turn.screenHits.toReversed(),
          olderKeywordHits: turn.olderKeywordHits.toReversed(),
          answeredKeywordHits: turn.answeredKeywordHits.toReversed(),
        },
        state: { ...state, stickyFlags: state.stickyFlags.toReversed() },
        flags: {
          ...flags,
          channels: flags.channels.toReversed(),
          blocked_intents: flags.blocked_intents.toReversed(),
          templates_enabled: flags.templates_enabled.toReversed(),
        },
        setup: {
          ...setup,
          teamsAvailable: setup.teamsAvailable.toReversed(),
          templatesAvailable: setup.templatesAvailable.toReversed(),
        },
        history: {
          ...history,
          conversation: history.conversation.toReversed(),
          customer: history.customer.toReversed(),
        },
      };
      expect(decide(other)).toEqual(decide(input));
    });
  });

  it('10 a round trip through JSON changes no byte, and nothing of the input is changed', () => {
    holds((input) => {
      const text = JSON.stringify(input);
      const said = JSON.stringify(decide(input));
      expect(JSON.stringify(input)).toBe(text);
      expect(JSON.stringify(decide(JSON.parse(text)))).toBe(said);
      expect(JSON.stringify(JSON.parse(said))).toBe(said);
    }, 400);
  });
});
