import { describe, expect, it } from 'vitest';
import type { Intent } from '../events/words.ts';
import { INTENTS } from '../events/words.ts';
import { decide } from './decide.ts';
import { POLICY, type Policy } from './policy.ts';
import { randomFrom, randomInput } from './random-input.testing.ts';
import type { Thresholds } from './thresholds.ts';

const random = randomFrom(23);
const INPUTS = Array.from({ length: 4000 }, () => randomInput(random));
const DECIDED = INPUTS.map((input) => JSON.stringify(decide(input)));

/** Does any of the drawn inputs come out otherwise? */
const matters = (policy: Policy): boolean =>
  INPUTS.some((input, at) => JSON.stringify(decide(input, policy)) !== DECIDED[at]);

const withThresholds = (change: Partial<Thresholds>): Policy => ({
  ...POLICY,
  thresholds: { ...POLICY.thresholds, ...change },
});
const withIntent = (intent: Intent, change: Partial<Policy['intents'][Intent]>): Policy => ({
  ...POLICY,
  intents: { ...POLICY.intents, [intent]: { ...POLICY.intents[intent], ...change } },
});

const NUMBERS = Object.entries(POLICY.thresholds).flatMap(([name, value]) =>
  typeof value === 'number' ? [{ name, value }] : [],
);

describe('a policy given as a value', () => {
  it('that says the same decides the same', () => {
    expect(matters(structuredClone(POLICY))).toBe(false);
  });

  it.each(NUMBERS)('$name is read from it', ({ name, value }) => {
    const moved = [value * 2, value / 2, 0.99];
    expect(moved.some((other) => matters(withThresholds({ [name]: other })))).toBe(true);
  });

  it.each(INTENTS.filter((intent) => (POLICY.intents[intent].highestTier ?? 0) > 0))(
    '%s may go to another team, and be answered no more',
    (intent) => {
      expect(matters(withIntent(intent, { team: 'Backend Team' }))).toBe(true);
      expect(matters(withIntent(intent, { highestTier: null, templates: { tier1: [], tier2: [] } }))).toBe(true);
    },
  );

  it('holds limits, ages, channels and what resolves', () => {
    const none = <T extends object>(limits: T) => Object.fromEntries(Object.keys(limits).map((name) => [name, 0])) as T;
    for (const name of Object.keys(POLICY.replyLimits))
      expect(
        matters({ ...POLICY, replyLimits: { ...POLICY.replyLimits, [name]: name === 'cooldownMs' ? 1e9 : 0 } }),
      ).toBe(true);
    expect(matters({ ...POLICY, replyAges: none(POLICY.replyAges) })).toBe(true);
    expect(matters({ ...POLICY, replyChannels: [] })).toBe(true);
    expect(matters({ ...POLICY, autoCloseAllowed: [] })).toBe(true);
  });

  it('without the pins of a classifier nothing of it is answered', () => {
    const { calibration, classifier } = POLICY.thresholds.fittedOn;
    const unpinned = withThresholds({
      fittedOn: { calibration, classifier: { ...classifier, embedded: 'other@9.9.9' } },
    });
    const answered = INPUTS.filter(
      (input) => decide(input).action === 'SEND_TEMPLATE' && input.classifier.kind === 'embedded',
    );
    expect(answered.length).toBeGreaterThan(0);
    expect(answered.map((input) => decide(input, unpinned).action)).toEqual(answered.map(() => 'ROUTE_ONLY'));
  });
});
