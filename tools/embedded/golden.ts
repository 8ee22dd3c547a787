/** Rows of the shipped golden file as examples: its calibration split fits the map, nothing of it trains. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel, Intent } from '../../events/words.ts';
import type { Example } from './examples.ts';

/** From the repository's root. */
export const GOLDEN_PATH = 'test/evaluation/golden/gold_v1.0.jsonl';

type GoldenRow = {
  readonly text: string;
  readonly channel?: Channel;
  readonly intent: Intent;
  /** All that are equally right, where there are several. */
  readonly intents?: readonly Intent[];
  readonly secondary?: readonly Intent[];
  readonly split: 'calibration' | 'test';
};

/** Weighs double: it is the nearest to an inbox that there is. */
export function goldenExamples(split: GoldenRow['split']): Example[] {
  const lines = readFileSync(join(import.meta.dirname, '../..', GOLDEN_PATH), 'utf8')
    .trim()
    .split('\n');
  return lines
    .map((line): GoldenRow => JSON.parse(line))
    .filter((row) => row.split === split)
    .map(({ text, channel = 'email', intent, intents = [intent], secondary = [] }) => ({
      text,
      channel,
      intents: [...intents, ...secondary],
      weight: 2,
    }));
}
