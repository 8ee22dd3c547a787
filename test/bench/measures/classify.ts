/** `classify`: the embedded classifier on one core, over the messages of the golden set; and what it takes to have it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { embeddedJudges } from '../../../functions/shared/embedded/judges.ts';
import { restrict } from '../../../functions/shared/restricted.ts';
import { WEIGHTS } from '../../../policy/embedded/weights.ts';
import { GOLDEN_FILE } from '../../evaluation/options.ts';
import { type Measured, median, percentiles, rounded } from '../row.ts';
import type { Measure } from './measure.ts';

const ROUNDS = 3;
const LOADS = 7;
const P95 = 0.95;
const JUDGES = new URL('../../../functions/shared/embedded/judges.ts', import.meta.url).href;
const RULES = new URL('../../../policy/text/keywords.ts', import.meta.url).href;
/** A fresh process: first the phrase rules, which `classify` has with any classifier, then the weights, unpacked. */
const PROBE = `const began = performance.now();
  await import(process.argv[1]);
  const ruled = performance.now();
  const { embeddedJudges } = await import(process.argv[2]); embeddedJudges();
  console.log(JSON.stringify([performance.now() - ruled, performance.now() - began]));`;

export const classify: Measure = async ({ say }) => {
  const { classifier } = embeddedJudges();
  const texts = readFileSync(GOLDEN_FILE, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text);
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    say(`classify: round ${round} of ${ROUNDS}`);
    for (const text of texts) {
      const began = performance.now();
      await classifier.classify({ channel: 'email', text: restrict(text), redacted: restrict(text), features: NONE });
      // The first round warms up.
      if (round > 0) times.push(performance.now() - began);
    }
  }
  const loads = Array.from({ length: LOADS }, loadMs);
  const p95 = times.toSorted((a, b) => a - b)[Math.ceil(P95 * times.length) - 1] ?? Number.NaN;
  const all = percentiles(times);
  return [
    { name: 'classify', of: 'p95', unit: 'ms', value: rounded(p95, 2), p50: all.p50, p99: all.p99, n: times.length },
    { name: 'classify', of: 'load', unit: 'ms', value: rounded(median(loads.map(([own]) => own))), n: LOADS },
    {
      name: 'classify',
      of: 'load with rules',
      unit: 'ms',
      value: rounded(median(loads.map(([, all]) => all))),
      n: LOADS,
    },
    { name: 'classify', of: 'weights', unit: 'bytes', value: bytesOf(WEIGHTS.hashes) + bytesOf(WEIGHTS.weights), n: 1 },
  ] satisfies Measured[];
};

function loadMs(): [own: number, withRules: number] {
  const args = ['--input-type=module', '-e', PROBE, RULES, JUDGES];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as [number, number];
}

const bytesOf = (base64: string): number => Buffer.from(base64, 'base64').byteLength;

const NONE = {
  hasOrderNumber: false,
  hasEmail: false,
  hasPhone: false,
  hasTrackingNumber: false,
  hasAttachments: false,
};
