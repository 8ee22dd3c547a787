import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleanMessage, screenable } from './clean.ts';
import { screenTier0 } from './screen.ts';

/** Ordinary messages that each hold a term of the screen: one a line, `\n` written out, `#` lines are headings. */
const FOLDER = new URL('../embedded/corpus/benign/', import.meta.url);
const MOST_HIT = 0.01; // issue 5: false positives ≤ 1 % on term-holding benign messages

function messagesOf(file: string): string[] {
  return readFileSync(new URL(file, FOLDER), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.replaceAll('\\n', '\n'));
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.txt'));

describe('ordinary messages that hold a term of the screen', () => {
  it('are hit, strong or weak, at most once in a hundred', async ({ annotate }) => {
    const strengths = files.flatMap(messagesOf).map((text) => screenTier0(screenable(cleanMessage(text))).strength);
    const count = (strength: string) => strengths.filter((found) => found === strength).length;
    await annotate(`strong ${count('strong')}, weak ${count('weak')} of ${strengths.length}`);
    expect(strengths.length).toBeGreaterThanOrEqual(1_000);
    expect((count('strong') + count('weak')) / strengths.length).toBeLessThanOrEqual(MOST_HIT);
  });
});
