/** The shipped golden file as the corpus' tools see it: what no row may repeat, and whose calibration split fits the map. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel, Intent } from '../../events/words.ts';

/** From the repository's root. */
export const GOLDEN_PATH = 'test/evaluation/golden/gold_v1.0.jsonl';

export type GoldenRow = {
  readonly id: string;
  readonly text: string;
  readonly channel?: Channel;
  readonly intent: Intent;
  /** All that are equally right, where there are several. */
  readonly intents?: readonly Intent[];
  readonly secondary?: readonly Intent[];
  readonly split: 'calibration' | 'test';
};

export function readGolden(): GoldenRow[] {
  const text = readFileSync(join(import.meta.dirname, '../..', GOLDEN_PATH), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
