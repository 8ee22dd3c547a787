/** From the corpus to what the repository keeps of the embedded classifier. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INTENTS } from '../../events/words.ts';
import type { CalibrationMap } from '../../policy/embedded/calibration.ts';
import { featuresOf } from '../../policy/embedded/features.ts';
import type { PackedWeights } from '../../policy/embedded/linear.ts';
import { type EmbeddedModel, scoreText, unpackWeights } from '../../policy/embedded/model.ts';
import { GOLDEN_PATH, readGolden } from '../corpus/golden.ts';
import { type CorpusRow, readPart } from '../corpus/source.ts';
import { fitCalibration } from './calibrate.ts';
import { type Example, examplesOf } from './examples.ts';
import { optimise, type Sample } from './optimise.ts';
import { packWeights } from './pack.ts';

const ROOT = join(import.meta.dirname, '../..');
const SEED = 5;
/** 29 bytes each: below 5 MB with room to spare. */
const MOST_FEATURES = 120_000;

/** Everything the weights follow from. */
const INPUTS = [
  'events/words.ts',
  'policy/intents.ts',
  'policy/versions.ts',
  'policy/embedded/*.ts',
  'policy/embedded/corpus/*/*.txt',
  'policy/text/*.ts',
  GOLDEN_PATH,
  'tools/corpus/golden.ts',
  'tools/corpus/source.ts',
  'tools/embedded/*.ts',
];

export type Built = { readonly weights: PackedWeights; readonly calibration: CalibrationMap };

/** SHA-256 over names and contents of all inputs, tests left out. */
export function inputsHash(): string {
  const hash = createHash('sha256');
  const files = globSync(INPUTS, { cwd: ROOT }).filter((file) => !/test(ing)?\.ts$/.test(file));
  for (const file of files.sort()) hash.update(`${file}\n`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

/** The rows that train: every author's, and the benign ones that hold a term of the screen. */
export function trainingRows(): CorpusRow[] {
  return [...readPart('train'), ...readPart('benign')];
}

/** @param say  progress of the long work */
export function buildEmbedded(rows: readonly CorpusRow[], say: (line: string) => void): Built {
  const weights = trainedWeights(rows, say);
  const calibration = calibrationOf(unpackWeights(weights));
  return { weights, calibration };
}

/** A model for comparison, never shipped. */
export function trainedModel(rows: readonly CorpusRow[], say: (line: string) => void): EmbeddedModel {
  return unpackWeights(trainedWeights(rows, say));
}

function trainedWeights(rows: readonly CorpusRow[], say: (line: string) => void): PackedWeights {
  return packWeights(optimise(samplesOf(rows), INTENTS.length, say), MOST_FEATURES);
}

function samplesOf(rows: readonly CorpusRow[]): Sample[] {
  return examplesOf(rows, SEED).map(({ text, channel, intents, weight }) => {
    const features = featuresOf(text, channel);
    return {
      ids: Uint32Array.from(features.keys()),
      values: Float64Array.from(features.values()),
      labels: intents.map((intent) => INTENTS.indexOf(intent)),
      weight,
    };
  });
}

/** The golden file's calibration split; it weighs double, being the nearest to an inbox that there is. */
function goldenExamples(): Example[] {
  return readGolden()
    .filter(({ split }) => split === 'calibration')
    .map(({ text, channel = 'email', intent, intents = [intent], secondary = [] }) => ({
      text,
      channel,
      intents: [...intents, ...secondary],
      weight: 2,
    }));
}

/** Fitted on the calibration corpus and the calibration split of the golden file, neither of which trains (decisions §8.1, §8.2). */
export function calibrationOf(model: EmbeddedModel): CalibrationMap {
  const examples = [...examplesOf(readPart('calibration'), SEED, { slips: 0 }), ...goldenExamples()];
  const scored = examples.map(({ text, channel, intents, weight }) => ({
    intents,
    weight,
    raw: scoreText(model, text, channel),
  }));
  return fitCalibration(scored, model.version);
}
