/** The properties of decisions §6.6, over generated inputs. */
import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { DecisionInput, OrderInput, Scores } from '../events/decision.ts';
import {
  CLASSIFIERS,
  Decision,
  DecisionInput as DecisionInputSchema,
  FAILURES,
  GATE_IDS,
  ORDER_STATES,
  SCREEN_FAMILIES,
  VERIFIER_CODES,
} from '../events/decision.ts';
import { CHANNELS, INTENTS, RISK_FLAGS, TEAMS, TEMPLATE_IDS } from '../events/words.ts';
import { approvedReply, decide, verifierNeeded } from './decide.ts';
import { INTENT_CATALOGUE } from './intents.ts';
import { classifier, RISKS } from './risks.testing.ts';
import {
  decisionInput,
  minutesAgo,
  orderInput,
  orderInWindow,
  orderNotMatched,
  orderUnknown,
  requested,
  verifierInput,
} from './testing.ts';
import { CLASSIFIER_VERSIONS } from './versions.ts';

const share = fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100);
/** Mostly the harmless value, so that replies come up often enough. */
const seldom = <T>(usual: T, other: fc.Arbitrary<T>, weight = 1): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 12 }, { arbitrary: other, weight });
const someOf = <T>(all: readonly T[], most: number): fc.Arbitrary<T[]> => fc.subarray([...all], { maxLength: most });
const ORDINARY = INTENTS.filter((intent) => INTENT_CATALOGUE[intent].priority > 0);

const scores: fc.Arbitrary<Scores> = fc
  .tuple(
    fc.constantFrom(...ORDINARY),
    fc.integer({ min: 55, max: 100 }),
    seldom<[string, number][]>([], fc.array(fc.tuple(fc.constantFrom(...INTENTS), share), { maxLength: 4 }), 6),
  )
  .map(([intent, hundredths, others]) => ({ ...Object.fromEntries(others), [intent]: hundredths / 100 }));

const order: fc.Arbitrary<OrderInput | null> = fc.oneof(
  fc.constant(null),
  fc.constant(orderUnknown()),
  fc.constantFrom('unlinked' as const, 'multiple' as const).map(orderNotMatched),
  fc
    .record({
      state: fc.constantFrom(...ORDER_STATES),
      tracked: fc.boolean(),
      count: seldom(1, fc.integer({ min: 0, max: 3 })),
    })
    .map(({ state, tracked, count }) =>
      orderInput({
        matchCount: count,
        labels: { fulfilmentState: state, hasTracking: tracked, trackedParcels: tracked ? '1' : '0' },
      }),
    ),
  fc.integer({ min: 0, max: 5 }).map((remainingMaxBd) => orderInWindow({ remainingMinBd: 0, remainingMaxBd })),
  fc.constant(orderInWindow()),
);

const asked = fc.record({
  primary: fc.constantFrom(...INTENTS),
  secondaries: someOf(ORDINARY, 2),
  confidence: share,
  tier: fc.constantFrom(
    'TIER_0_ESCALATION' as const,
    'TIER_1_SAFE_ASSIST' as const,
    'TIER_2_VERIFIED' as const,
    'TIER_3_AUTO_ACTION' as const,
  ),
  action: fc.constantFrom('ROUTE_ONLY' as const, 'SEND_TEMPLATE' as const),
  templateId: fc.option(fc.constantFrom(...TEMPLATE_IDS)),
  requiresMatch: fc.boolean(),
  riskFlags: someOf(RISK_FLAGS, 1),
  forceHuman: fc.boolean(),
  needsManualTriage: fc.boolean(),
  consistent: fc.boolean(),
});

const verifier = fc.oneof(
  fc.constant(verifierInput()),
  fc.constant(null),
  fc.record({
    kind: fc.constant('openai' as const),
    failure: seldom(null, fc.constantFrom(...FAILURES)),
    allow: fc.boolean(),
    confidence: fc.option(share),
    downgradeTo: fc.constantFrom('TIER_1_SAFE_ASSIST' as const, 'ROUTE_ONLY' as const, 'TIER_0_ESCALATION' as const),
    reasonCode: fc.constantFrom(...VERIFIER_CODES),
  }),
);

const input: fc.Arbitrary<DecisionInput> = fc
  .record({
    stage: fc.constantFrom('classification' as const, 'approval' as const, 'sending' as const),
    scores,
    order,
    verifier,
    asked: seldom(null, fc.option(asked)),
    kind: fc.constantFrom(...CLASSIFIERS),
    mayReply: seldom(true, fc.constant(false)),
    channel: fc.constantFrom(...CHANNELS, 'email' as const, 'email' as const, 'livechat' as const),
    words: fc.integer({ min: 1, max: 60 }),
    language: seldom('en' as const, fc.constantFrom('es' as const, 'other' as const, 'unknown' as const)),
    screen: seldom('none' as const, fc.constantFrom('weak' as const, 'strong' as const)),
    hits: seldom<DecisionInput['turn']['screenHits']>(
      [],
      fc.array(
        fc.record({
          family: fc.constantFrom(...SCREEN_FAMILIES),
          ruleId: fc.constant('a.rule'),
          strength: fc.constantFrom('weak' as const, 'strong' as const),
        }),
        { maxLength: 2 },
      ),
    ),
    older: seldom<DecisionInput['turn']['olderKeywordHits']>(
      [],
      fc.array(
        fc.record({
          intent: fc.constantFrom(...ORDINARY),
          ruleId: fc.constant('kw.rule'),
          precision: fc.constant('high' as const),
        }),
        { maxLength: 2 },
      ),
    ),
    sticky: seldom<(typeof RISK_FLAGS)[number][]>([], someOf(RISK_FLAGS, 2)),
    assigned: fc.option(fc.constantFrom(...TEAMS)),
    teams: seldom([...TEAMS], someOf(TEAMS, TEAMS.length)),
    autoClose: fc.boolean(),
    shadow: seldom(false, fc.constant(true)),
    closed: seldom(false, fc.constant(true)),
    ages: seldom(1, fc.integer({ min: 0, max: 200 })),
    sentAgo: seldom(null, fc.integer({ min: 0, max: 2000 })),
    topic: seldom(
      null,
      fc.constantFrom(
        'privacyRequest',
        'securityProbe',
        'contactChange',
        'machineMail',
        'unsubscribeOnly',
        'deniesReceipt',
        'preorderTerm',
      ),
    ),
  })
  .map((raw) =>
    decisionInput({
      stage: raw.stage,
      message: {
        channel: raw.channel,
        words: raw.words,
        language: { detector: raw.language },
        topics: raw.topic === null ? {} : { [raw.topic]: true },
      },
      turn: { screenStrength: raw.screen, screenHits: raw.hits, olderKeywordHits: raw.older },
      classifier: {
        kind: raw.kind,
        mayReply: raw.mayReply,
        raw: raw.scores,
        calibrated: raw.scores,
        requested: raw.asked === null ? null : requested(raw.asked),
      },
      versions: { classifier: CLASSIFIER_VERSIONS[raw.kind] },
      order: raw.stage === 'classification' ? null : raw.order,
      verifier: raw.stage === 'classification' ? null : raw.verifier,
      state: { ticketOpen: !raw.closed, stickyFlags: raw.sticky, assignedTeam: raw.assigned },
      setup: { teamsAvailable: raw.teams },
      flags: { auto_close_enabled: raw.autoClose, shadow_mode: raw.shadow },
      age: { receivedAt: minutesAgo(raw.ages), commentCreatedAt: minutesAgo(raw.ages) },
      history: {
        conversation:
          raw.sentAgo === null ? [] : [{ at: minutesAgo(raw.sentAgo), templateId: 't_damaged_item_intake' }],
      },
    }),
  );

describe('every decision', () => {
  it('is total, valid and complete, and says the same after a round trip through JSON', () => {
    fc.assert(
      fc.property(input, (given) => {
        v.assert(DecisionInputSchema, given);
        const decision = decide(given);
        v.assert(Decision, decision);
        expect(decision.gateReport.map(({ gate }) => gate)).toEqual(GATE_IDS);
        const again = decide(JSON.parse(JSON.stringify(given)));
        expect(JSON.stringify(again)).toBe(JSON.stringify(decision));
      }),
      { numRuns: 400 },
    );
  });

  it('replies often enough in these tests to prove anything', () => {
    const rows = fc.sample(input, { numRuns: 1500, seed: 7 }).map((given) => decide(given).row);
    for (const row of ['D1', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9', 'D10']) expect(rows).toContain(row);
  });

  it('never becomes a reply by a risk that is turned on', () => {
    fc.assert(
      fc.property(input, fc.constantFrom(...RISKS), (given, [name, turnOn]) => {
        const risky = decide(turnOn(given));
        if (!approvedReply(risky)) return;
        expect(approvedReply(decide(given)), name).toBe(true);
      }),
      { numRuns: 4000 },
    );
  });

  it('is Tier 0 as soon as any detector says so, whatever else is true', () => {
    const escalating = RISKS.filter(([name]) =>
      ['strong screen', 'strong hit', 'strong moderation', 'sticky', 'contact change', 'legal at 0.20'].includes(name),
    );
    fc.assert(
      fc.property(input, fc.constantFrom(...escalating), (given, [, turnOn]) => {
        const decision = decide(turnOn(given));
        expect(decision).toMatchObject({
          row: 'D1',
          tier: 0,
          rank: 2,
          action: 'ROUTE_ONLY',
          templateId: null,
          tierCandidate: null,
          wouldReply: false,
        });
        expect(decision.team).not.toBeNull();
        expect(decision.riskFlags.length).toBeGreaterThan(0);
      }),
    );
  });

  it('sends only what the rules of its tier permit', () => {
    fc.assert(
      fc.property(input, (given) => {
        const decision = decide(given);
        expect(decision.tags.filter((tag) => tag.startsWith('route-')).length).toBe(decision.routeTag === null ? 0 : 1);
        expect(
          decision.tags.filter((tag) => !/order|rate-limited/.test(tag.replace(/^mw-(intent|secondary)-.*/, 'mw')))
            .length,
        ).toBeLessThanOrEqual(12);
        if (!approvedReply(decision)) {
          expect(decision.autoClose).toBe(false);
          return;
        }
        const { primaryIntent, templateId, tier } = decision;
        const { tier1, tier2 } = INTENT_CATALOGUE[primaryIntent].templates;
        expect(tier === 2 ? tier2 : tier1).toContain(templateId);
        expect(['email', 'livechat']).toContain(given.message.channel);
        if (tier === 2) {
          expect(given.order).toMatchObject({ deterministicMatch: 'true', matchCount: 1 });
          expect(given.verifier).toMatchObject({ allow: true, reasonCode: 'OK' });
        }
        expect(decision.autoClose).toBe(templateId === 't_order_eta_no_tracking_verified');
        if (decision.autoClose) expect(given.flags.auto_close_enabled).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on the order of scores, secondaries or hits', () => {
    const turned = <T extends object>(record: T): T => Object.fromEntries(Object.entries(record).toReversed()) as T;
    fc.assert(
      fc.property(input, (given) => {
        const { requested: wish } = given.classifier;
        const other = classifier({
          calibrated: turned(given.classifier.calibrated),
          requested: wish === null ? null : { ...wish, secondaries: wish.secondaries.toReversed() },
        })({
          ...given,
          turn: {
            ...given.turn,
            screenHits: given.turn.screenHits.toReversed(),
            olderKeywordHits: given.turn.olderKeywordHits.toReversed(),
          },
        });
        expect(decide(other)).toEqual(decide(given));
      }),
      { numRuns: 500 },
    );
  });

  it('asks the verifier exactly where its consent would make the reply', () => {
    fc.assert(
      fc.property(input, (given) => {
        const unasked = {
          ...given,
          verifier: null,
          stage: 'approval' as const,
          flags: { ...given.flags, shadow_mode: false },
        };
        const agreed = decide({ ...unasked, verifier: verifierInput() });
        expect(verifierNeeded(unasked)).toBe(approvedReply(agreed) && agreed.tier === 2);
      }),
      { numRuns: 1000 },
    );
  });
});
