import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
/** A title or a case of a table that begins with the number of a scenario. */
const NUMBERED = /\b(?:given: |when: |it\()(['"`])(?:scenario )?(\d{1,2}): /g;

function numbersNamed(): Set<number> {
  const files = ['policy', 'templates', 'functions', 'test'].flatMap((folder) =>
    globSync(`${folder}/**/*.test.ts`, { cwd: ROOT }),
  );
  const texts = files.map((file) => readFileSync(join(ROOT, file), 'utf8'));
  return new Set(texts.flatMap((text) => [...text.matchAll(NUMBERED)].map(([, , number]) => Number(number))));
}

describe('the 76 acceptance scenarios of decisions §9', () => {
  it('are each a test that names its number', () => {
    const named = numbersNamed();
    const missing = Array.from({ length: 76 }, (_, at) => at + 1).filter((number) => !named.has(number));
    expect(missing).toEqual([]);
  });
});
