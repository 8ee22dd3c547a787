/** No customer's words hold a function (issue 8, ReDoS): every pattern is read by `scslre`, what it objects to is bounded and tried at its bound. */
import { runInNewContext } from 'node:vm';
import { analyse } from 'scslre';
import { describe, expect, it } from 'vitest';
import { literalsOf, makesPatterns, type Pattern, patternsMadeBy, shippedSources } from './patterns.ts';
import { MADE_AT_RUN_TIME, REVIEWED } from './reviewed-patterns.ts';

/** A backstop, not a measure: what is bounded takes a small part of it. */
const WITHIN_MS = 10_000;

const sources = shippedSources();
const makers = sources.filter(makesPatterns).map(({ path }) => path);
const made = await patternsMadeBy(makers);
const patterns: readonly Pattern[] = [...sources.flatMap(literalsOf), ...made];

/** Characters whose repetition makes it slow; none where it never is. */
function slowOn({ source, flags }: Pattern): readonly { readonly pick: string; readonly isExponential: boolean }[] {
  return analyse({ source, flags }).reports.map(({ character, exponential }) => ({
    pick: character.pick,
    isExponential: exponential,
  }));
}
const slow = patterns.flatMap((pattern) => {
  const on = slowOn(pattern);
  return on.length === 0 ? [] : [{ pattern, on }];
});
const reviewOf = ({ file, source }: Pattern) =>
  REVIEWED.find((review) => review.file === file && source.startsWith(review.begins));

function runs({ source, flags }: Pattern, text: string): void {
  const pattern = new RegExp(source, flags);
  runInNewContext('text.replace(pattern, "")', { pattern, text }, { timeout: WITHIN_MS });
}

describe('patterns', () => {
  it('are all found', () => {
    expect(patterns.length).toBeGreaterThan(600);
    for (const folder of ['config', 'events', 'functions', 'local', 'operate', 'policy', 'templates'])
      expect(patterns.some(({ file }) => file.startsWith(`${folder}/`))).toBe(true);
  });

  it('never take exponential time', () => {
    expect(
      slow.filter(({ on }) => on.some(({ isExponential }) => isExponential)).map(({ pattern }) => pattern),
    ).toEqual([]);
  });

  it('take more than linear time only where somebody has said why that is bounded', () => {
    expect(slow.map(({ pattern }) => pattern).filter((pattern) => reviewOf(pattern) === undefined)).toEqual([]);
  });

  it('are reviewed where it is needed only', () => {
    const used = new Set(slow.map(({ pattern }) => reviewOf(pattern)));
    expect(REVIEWED.filter((review) => !used.has(review))).toEqual([]);
  });

  it('are made while a file loads, or are known not to be', () => {
    const atLoad = new Set(made.map(({ file }) => file));
    expect(makers.filter((file) => !atLoad.has(file)).toSorted()).toEqual(Object.keys(MADE_AT_RUN_TIME).toSorted());
  });

  it.each(slow.map(({ pattern, on }) => [pattern.file, pattern, on] as const))(
    'end at the bound (%s)',
    (_, pattern, on) => {
      const { most = 0, attacks = [] } = reviewOf(pattern) ?? {};
      for (const text of [...on.map(({ pick }) => pick), ...attacks]) {
        const pumped = text.repeat(Math.ceil(most / text.length)).slice(0, most);
        for (const end of ['', '\u0000', '\n\u0000']) runs(pattern, `${pumped}${end}`);
      }
    },
  );

  it('are judged: one that is known to be slow is objected to, and does not end', () => {
    const bad = { file: 'none', source: String.raw`\S+@\S+\.\S+`, flags: 'g' };
    expect(slowOn(bad).length).toBeGreaterThan(0);
    expect(() => runInNewContext('/^(a+)+$/.test("a".repeat(64) + "!")', {}, { timeout: 200 })).toThrow('timed out');
  });
});
