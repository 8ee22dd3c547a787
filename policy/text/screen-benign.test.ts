import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleanMessage, screenable } from './clean.ts';
import { screenTier0 } from './screen.ts';

/** Ordinary messages that each hold a term of the screen: one a line, `\n` written out, `#` lines are headings. */
const FOLDER = new URL('../embedded/corpus/benign/', import.meta.url);
const MOST_STRONG = 0.01; // issue 5: false positives ≤ 1 % on term-holding benign messages

function messagesOf(file: string): string[] {
  return readFileSync(new URL(file, FOLDER), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.replaceAll('\\n', '\n'));
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.txt'));

describe('ordinary messages that hold a term of the screen', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it.for(files)('%s: at most one in a hundred is called strong', async (file, { annotate }) => {
    const strengths = messagesOf(file).map((text) => screenTier0(screenable(cleanMessage(text))).strength);
    const share = (strength: string) => strengths.filter((found) => found === strength).length / strengths.length;
    await annotate(`weak: ${(share('weak') * 100).toFixed(2)} % of ${strengths.length}`);
    expect(share('strong')).toBeLessThanOrEqual(MOST_STRONG);
  });
});
