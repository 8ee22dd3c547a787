import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createHistory, type Step } from './history.ts';

type Fact = { kind: 'sent'; tags: string[] };

const step = (number: number): Step => ({ number, at: 5, process: 'verify#1', label: 'before store.get' });

describe('history', () => {
  it('digests every step and fact in order', () => {
    const history = createHistory<Fact>();
    history.step(step(1));
    history.append({ kind: 'sent', tags: ['a'] });
    const text = 'step 1 5 ["verify#1","before store.get"]\nfact {"kind":"sent","tags":["a"]}\n';
    expect(history.sha256()).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('tells histories apart that differ in one step', () => {
    const [one, other] = [createHistory<Fact>(), createHistory<Fact>()];
    one.step(step(1));
    other.step(step(2));
    expect(one.sha256()).not.toBe(other.sha256());
  });

  it('keeps facts as they were', () => {
    const history = createHistory<Fact>();
    const fact: Fact = { kind: 'sent', tags: ['a'] };
    history.append(fact);
    expect(() => fact.tags.push('b')).toThrow(TypeError);
    expect(history.facts).toEqual([{ kind: 'sent', tags: ['a'] }]);
  });

  it('keeps the last 200 steps, oldest first', () => {
    const history = createHistory<Fact>();
    for (let number = 1; number <= 450; number += 1) history.step(step(number));
    expect(history.recentSteps().map(({ number }) => number)).toEqual(Array.from({ length: 200 }, (_, i) => i + 251));
  });
});
