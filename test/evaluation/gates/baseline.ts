/** What the figures were when somebody last signed them off, one entry a classifier (decisions §8.6, phase B). */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Figures } from '../figures.ts';
import type { Gate } from './gate.ts';

export const BASELINE_FILE = fileURLToPath(new URL('../baseline.json', import.meta.url));

const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const Entry = v.object({
  /** SHA-256 of the data file and its split: figures of other data are no baseline. */
  data: v.string(),
  versions: v.record(v.string(), v.string()),
  macroF1: Share,
  accuracy: Share,
  perIntent: v.record(v.string(), v.object({ precision: Share, recall: Share })),
  unknownShare: Share,
  teamShares: v.record(v.string(), Share),
  tokensPerDecision: v.number(),
  usdPer1000: v.number(),
  p95Ms: v.number(),
  /** `actual > predicted` of the ten most frequent errors. */
  mistakes: v.array(v.string()),
});
export type Baseline = v.InferOutput<typeof Entry>;
const Baselines = v.record(v.string(), Entry);

/** The entry of a classifier for exactly this data; `null` when there is none. Throws when the file is no baseline. */
export function readBaseline(classifier: string, data: string, file = BASELINE_FILE): Baseline | null {
  const entry = all(file)[classifier];
  return entry !== undefined && entry.data === data ? entry : null;
}

export function writeBaseline(classifier: string, baseline: Baseline, file = BASELINE_FILE): void {
  const aside = `${file}.${process.pid}.new`;
  writeFileSync(aside, `${JSON.stringify({ ...all(file), [classifier]: baseline }, null, 2)}\n`);
  renameSync(aside, file);
}

function all(file: string): Readonly<Record<string, Baseline>> {
  return existsSync(file) ? v.parse(Baselines, JSON.parse(readFileSync(file, 'utf8'))) : {};
}

export function baselineOf(figures: Figures, data: string, versions: Readonly<Record<string, string>>): Baseline {
  return {
    data,
    versions: { ...versions },
    macroF1: figures.macroF1,
    accuracy: figures.accuracy,
    perIntent: Object.fromEntries(
      Object.entries(figures.perIntent).map(([intent, { precision, recall }]) => [intent, { precision, recall }]),
    ),
    unknownShare: figures.unknownShare,
    teamShares: teamShares(figures),
    tokensPerDecision: tokensPerDecision(figures),
    usdPer1000: figures.usdPer1000,
    p95Ms: figures.latencyMs.p95,
    mistakes: mistakesOf(figures),
  };
}

export type SignOff = { readonly isGiven: boolean; readonly says: string };

/** May these figures become the baseline? Not while a hard gate fails, unless somebody insists; either is said. */
export function signOffOf(gates: readonly Gate[], isForced: boolean): SignOff {
  const failed = gates.filter(({ result }) => result === 'fail').map(({ id, name }) => `${id} ${name}`);
  if (failed.length === 0) return { isGiven: true, says: '' };
  const what = `${failed.length === 1 ? 'a hard gate fails' : 'hard gates fail'} (${failed.join(', ')})`;
  return isForced
    ? { isGiven: true, says: `the baseline was recorded although ${what}` }
    : { isGiven: false, says: `the baseline stays as it was: ${what}; --force records it all the same` };
}

export function teamShares({ teams, n }: Figures): Record<string, number> {
  return Object.fromEntries(
    Object.entries(teams).map(([team, count]) => [team, Math.round((count / n) * 10_000) / 10_000]),
  );
}

export function tokensPerDecision({ tokens, n }: Figures): number {
  return n === 0 ? 0 : Math.round(((tokens.in + tokens.out) / n) * 100) / 100;
}

export function mistakesOf({ mistakes }: Figures): string[] {
  return mistakes.map(({ actual, predicted }) => `${actual} > ${predicted}`);
}
