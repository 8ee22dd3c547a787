/** Writes how reliable the shipped calibration is on the golden file's test rows, for the console's page of quality. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { figuresOf } from '../test/evaluation/figures.ts';
import { noGaps } from '../test/evaluation/openai/gaps.ts';
import { GOLDEN_FILE } from '../test/evaluation/options.ts';
import { run } from '../test/evaluation/run.ts';
import { systemFor } from '../test/evaluation/system/classifiers.ts';

const FILE = fileURLToPath(new URL('../operate/quality/generated/shipped-calibration.json', import.meta.url));

const { system } = await systemFor('embedded');
const ran = await run(system, {
  data: GOLDEN_FILE,
  split: 'test',
  watchesAll: false,
  gaps: noGaps(),
  onInvalid: ({ line, problem }) => {
    throw new Error(`line ${line} of the golden file: ${problem}`);
  },
  onProgress: () => {},
});
const { n, accuracy, ece, reliability } = figuresOf(ran);
const { version: classifier, calibration } = system.classifier;
mkdirSync(dirname(FILE), { recursive: true });
writeFileSync(FILE, `${JSON.stringify({ classifier, calibration, n, accuracy, ece, bins: reliability }, null, 2)}\n`);
process.stdout.write(`${n} rows, calibration error ${ece}\n`);
