import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleanMessage, screenable } from './clean.ts';
import { screenTier0 } from './screen.ts';

/** One message a line, `\n` written out; `##` names the intent of the lines below it, `#` how they are written. */
const CORPUS = new URL('../embedded/corpus/', import.meta.url);

function messagesOf(folder: 'benign' | 'train', only?: string): string[] {
  const files = readdirSync(new URL(`${folder}/`, CORPUS)).filter((file) => file.endsWith('.txt'));
  return files.flatMap((file) => {
    let intent = '';
    return readFileSync(new URL(`${folder}/${file}`, CORPUS), 'utf8')
      .split('\n')
      .filter((line) => {
        if (line.startsWith('## ')) intent = line.slice(3).trim();
        return line.trim() !== '' && !line.startsWith('#') && (only === undefined || intent === only);
      })
      .map((line) => line.replaceAll('\\n', '\n'));
  });
}

// Issue 5, "Done when".
describe.each([
  { what: 'ordinary messages that hold a term of the screen', rows: messagesOf('benign'), least: 1_000, most: 0.01 },
  {
    what: 'messages that are out of scope',
    rows: messagesOf('train', 'unknown_other'),
    least: 1_500,
    most: 0.005,
  },
])('$what', ({ rows, least, most }) => {
  it(`are hit, strong or weak, at most ${most * 1_000} times in a thousand`, { timeout: 120_000 }, async ({
    annotate,
  }) => {
    const strengths = rows.map((text) => screenTier0(screenable(cleanMessage(text))).strength);
    const count = (strength: string) => strengths.filter((found) => found === strength).length;
    await annotate(`strong ${count('strong')}, weak ${count('weak')} of ${rows.length}`);
    expect(rows.length).toBeGreaterThanOrEqual(least);
    expect((count('strong') + count('weak')) / rows.length).toBeLessThanOrEqual(most);
  });
});
