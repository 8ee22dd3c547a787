import { describe, expect, it } from 'vitest';
import { type Channel, INTENTS, type Intent } from '../../events/words.ts';
import { INTENT_CATALOGUE } from '../intents.ts';
import { calibrate } from './calibration.ts';
import { CALIBRATION } from './generated/calibration.ts';
import { readText, unpackWeights } from './model.ts';
import { PLAIN, TWO_WISHES } from './shipped.testing.ts';
import { WEIGHTS } from './weights.ts';

const model = unpackWeights(WEIGHTS);

function scoresOf(text: string, channel: Channel) {
  const scores = calibrate(CALIBRATION, readText(model, text, channel).scores);
  const of = (intent: Intent): number => scores[intent] ?? 0;
  return { of, first: INTENTS.toSorted((left, right) => of(right) - of(left))[0] };
}

/** Decisions §5.3 by priority class: what a reply needs, and where there is none a route by §5.2. */
const NEEDED = { 0: 0.6, 1: 0.65, 2: 0.6, 3: 0.65, 4: 0.7, 5: 0.7, 6: 0.6, 7: 0.6 } as const;
/** A Tier 0 intent scored this high escalates (decisions §5.3). */
const TIER_0 = 0.2;
/** From here on an intent is a candidate (decisions §6.3). */
const CANDIDATE = 0.35;

const TIER_0_INTENTS = INTENTS.filter((intent) => INTENT_CATALOGUE[intent].priority === 0);
const CHANNEL_OF: Readonly<Partial<Record<Intent, Channel>>> = {
  tiktok_support_request: 'tiktok',
  social_media_support_request: 'social',
};
const rows = INTENTS.flatMap((intent) => PLAIN[intent].map((text) => ({ intent, text })));

describe('the shipped weights and their calibration', () => {
  it('belong together', () => {
    expect(CALIBRATION.weights).toBe(WEIGHTS.version);
  });

  it.each(rows.filter(({ intent }) => intent !== 'unknown_other'))('$text → $intent', ({ intent, text }) => {
    const { first, of } = scoresOf(text, CHANNEL_OF[intent] ?? 'email');
    const { priority } = INTENT_CATALOGUE[intent];
    expect(first).toBe(intent);
    expect(of(intent)).toBeGreaterThanOrEqual(NEEDED[priority]);
    if (priority !== 0) for (const other of TIER_0_INTENTS) expect(of(other), other).toBeLessThan(TIER_0);
  });

  it.each(rows.filter(({ intent }) => intent === 'unknown_other'))('$text asks for nothing we do', ({ text }) => {
    const { of } = scoresOf(text, 'email');
    for (const intent of INTENTS) {
      const least = TIER_0_INTENTS.includes(intent) ? TIER_0 : NEEDED[6];
      if (intent !== 'unknown_other') expect(of(intent), intent).toBeLessThan(least);
    }
  });

  it.each(TWO_WISHES)('$text → $wishes', ({ text, wishes }) => {
    const { first, of } = scoresOf(text, 'email');
    expect(wishes).toContain(first);
    for (const intent of wishes) expect(of(intent), intent).toBeGreaterThanOrEqual(CANDIDATE);
  });
});
