/**
 * Are the thresholds borne out by messages that trained nothing? Each must keep the 95 % upper bound of the share read wrongly below
 * what its decision may cost (decisions §5.4; issue 5: "thresholds from them with confidence intervals").
 */
import type { Channel, Intent } from '../../events/words.ts';
import { INTENTS } from '../../events/words.ts';
import { INTENT_CATALOGUE, PRIORITY_CLASSES } from '../../policy/intents.ts';
import { THRESHOLDS, tier1Threshold } from '../../policy/thresholds.ts';
import { type CorpusRow, readPart } from '../../tools/corpus/source.ts';
import { wilson } from './metrics/numbers.ts';
import { judge, type System } from './system/system.ts';

/** A wrong team costs a hand-over, a wrong reply goes to a customer; a Tier 2 reply has the verifier behind it still. */
const MOST_RISK = { route: 0.1, tier1: 0.15, tier2: 0.15 } as const;
const FIRST = 30;
const LAST = 95;

export type Reading = { readonly predicted: Intent; readonly confidence: number; readonly isRight: boolean };

export type OperatingPoint = {
  readonly name: string;
  readonly threshold: number;
  /** Readings at or above the threshold, and how many of them are wrong. */
  readonly n: number;
  readonly wrong: number;
  /** 95 % upper bound of the share read wrongly. */
  readonly upTo: number;
  readonly mostRisk: number;
  /** The lowest threshold, in hundredths, that keeps the bound; `null` where none does. */
  readonly least: number | null;
};

type Use = {
  readonly name: string;
  readonly intents: readonly Intent[];
  readonly threshold: number;
  readonly mostRisk: number;
};

/** Reply thresholds by the intents that share one. */
function uses(): Use[] {
  const route = { name: 'route', intents: INTENTS, threshold: THRESHOLDS.route, mostRisk: MOST_RISK.route };
  const tier2 = {
    name: 'Tier 2',
    intents: PRIORITY_CLASSES[4],
    threshold: THRESHOLDS.tier2,
    mostRisk: MOST_RISK.tier2,
  };
  const replying = INTENTS.filter((intent) => INTENT_CATALOGUE[intent].templates.tier1.length > 0);
  const tier1 = [...Map.groupBy(replying, (intent) => tier1Threshold(intent, THRESHOLDS))]
    .toSorted(([left], [right]) => left - right)
    .map(
      ([threshold, intents]): Use => ({
        name: intents.length === 1 ? `Tier 1, ${intents[0]}` : `Tier 1 from ${threshold.toFixed(2)}`,
        intents,
        threshold,
        mostRisk: MOST_RISK.tier1,
      }),
    );
  return [route, ...tier1, tier2];
}

export function operatingPoints(readings: readonly Reading[]): OperatingPoint[] {
  return uses().map(({ name, intents, threshold, mostRisk }) => {
    const own = readings.filter(({ predicted }) => predicted !== 'unknown_other' && intents.includes(predicted));
    const riskFrom = (from: number) => {
      const taken = own.filter(({ confidence }) => confidence >= from);
      const wrong = taken.filter(({ isRight }) => !isRight).length;
      return { n: taken.length, wrong, upTo: wilson(wrong, taken.length)[1] };
    };
    const steps = Array.from({ length: LAST - FIRST + 1 }, (_, step) => (FIRST + step) / 100);
    const least = steps.find((step) => riskFrom(step).upTo <= mostRisk) ?? null;
    return { name, threshold, ...riskFrom(threshold), mostRisk, least };
  });
}

export const isBorneOut = ({ upTo, mostRisk }: OperatingPoint): boolean => upTo <= mostRisk;

/** What the system reads in the calibration corpus; what a rule decided without a confidence has none to judge. */
export async function calibrationReadings(system: System): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const row of readPart('calibration')) {
    const { last } = await judge(system, {
      id: row.id,
      channel: channelFor(row),
      comments: [row.text],
      attachments: 0,
      hasOrder: true,
    });
    const { primaryIntent, routingConfidence } = last;
    if (routingConfidence === null) continue;
    readings.push({
      predicted: primaryIntent,
      confidence: routingConfidence,
      isRight: primaryIntent === row.intent,
    });
  }
  return readings;
}

function channelFor({ intent }: CorpusRow): Channel {
  if (intent === 'tiktok_support_request') return 'tiktok';
  return intent === 'social_media_support_request' ? 'social' : 'email';
}
