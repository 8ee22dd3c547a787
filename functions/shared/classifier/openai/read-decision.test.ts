import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ClassifierInput } from '../../../../events/decision.ts';
import { readDecision } from './read-decision.ts';

const lines = (name: string) =>
  readFileSync(new URL(`./testdata/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const VALID: { name: string; output: object; reads: Record<string, unknown> }[] = lines('valid');
const INVALID: { name: string; text: string }[] = lines('invalid');

/** Which part of what was read a sample speaks of. */
const OF_THE_WHOLE = ['raw', 'language', 'hasLongNote'];

describe('stored outputs (decisions §8.7)', () => {
  it('are enough', () => {
    expect(VALID.length).toBeGreaterThanOrEqual(30);
    expect(INVALID.length).toBeGreaterThanOrEqual(30);
  });

  it.each(VALID)('$name', ({ output, reads }) => {
    const read = readDecision(JSON.stringify(output));
    const whole = Object.fromEntries(Object.entries(reads).filter(([key]) => OF_THE_WHOLE.includes(key)));
    const requested = Object.fromEntries(Object.entries(reads).filter(([key]) => !OF_THE_WHOLE.includes(key)));
    expect(read).toMatchObject({ ...whole, requested });
    if (reads.raw) expect(read?.raw).toEqual(reads.raw);
    // In the form in which a decision records it.
    expect(v.is(ClassifierInput.entries.requested, read?.requested)).toBe(true);
    expect(v.is(ClassifierInput.entries.raw, read?.raw)).toBe(true);
  });

  it.each(INVALID)('is no decision: $name', ({ text }) => {
    expect(readDecision(text)).toBeNull();
  });
});

describe('whatever a model writes (decisions §8.7, fuzz)', () => {
  type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
  const strange = fc.oneof(
    fc.jsonValue() as fc.Arbitrary<Json>,
    fc.constantFrom<Json>(null, -1, 1.5, '', 'order_status_tracking', [], {}, 1e308, 'x'.repeat(600)),
  );
  /** One place of the object changed, taken out or added to. */
  const mutated = fc
    .record({
      of: fc.constantFrom(...VALID.map(({ output }) => output)),
      at: fc.nat(200),
      how: fc.constantFrom('replace', 'drop', 'add', 'repeat'),
      what: strange,
      name: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'tier', 'score')),
    })
    .map(({ of, at, how, what, name }) => {
      const copy = structuredClone(of) as { [key: string]: Json };
      const places: [container: Json[] | { [key: string]: Json }, key: string][] = [];
      const visit = (value: Json): void => {
        if (value === null || typeof value !== 'object') return;
        for (const [key, part] of Object.entries(value)) {
          places.push([value, key]);
          visit(part);
        }
      };
      visit(copy);
      const [container, key] = places[at % places.length] ?? [copy, 'language'];
      const target = container as { [key: string]: Json };
      if (how === 'replace') target[key] = what;
      if (how === 'drop') delete target[key];
      if (how === 'add') Object.defineProperty(target, name, { value: what, enumerable: true });
      if (how === 'repeat' && Array.isArray(container)) container.push(...container);
      return JSON.stringify(copy);
    });

  it('is a decision or none, and never an error', () => {
    const isDecisionOrNone = (text: string): void => {
      const read = readDecision(text);
      if (read === null) return;
      expect(v.is(ClassifierInput.entries.requested, read.requested)).toBe(true);
      expect(v.is(ClassifierInput.entries.raw, read.raw)).toBe(true);
    };
    fc.assert(fc.property(mutated, isDecisionOrNone), { numRuns: 3000 });
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), isDecisionOrNone), { numRuns: 500 });
    const cut = fc.tuple(fc.constantFrom(...VALID), fc.nat(900));
    fc.assert(
      fc.property(cut, ([{ output }, length]) => isDecisionOrNone(JSON.stringify(output).slice(0, length))),
      { numRuns: 500 },
    );
  });

  it('with a property that is not in the schema is no decision', () => {
    const [first] = VALID;
    fc.assert(
      fc.property(fc.string(), strange, (name, value) => {
        fc.pre(first !== undefined && !Object.hasOwn(first.output, name));
        const text = `${JSON.stringify(first?.output).slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`;
        expect(readDecision(text)).toBeNull();
      }),
    );
  });
});
