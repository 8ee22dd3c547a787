import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setTraps, type Traps } from './traps.ts';

const REAL = { Date, setTimeout, now: Date.now, random: Math.random, fetch };
let traps: Traps;

beforeEach(() => {
  traps = setTraps();
});
afterEach(() => traps.release());

describe('while the traps are set', () => {
  it.each<[string, () => unknown]>([
    ['Date.now', () => Date.now()],
    ['new Date()', () => new Date()],
    ['Date()', () => Date()],
    ['Math.random', () => Math.random()],
    ['setTimeout', () => setTimeout(() => {}, 1)],
    ['setInterval', () => setInterval(() => {}, 1)],
    ['setImmediate', () => setImmediate(() => {})],
    ['performance.now', () => performance.now()],
    ['AbortSignal.timeout', () => AbortSignal.timeout(1)],
    ['crypto.randomUUID', () => crypto.randomUUID()],
    ['crypto.getRandomValues', () => crypto.getRandomValues(new Uint8Array(1))],
    ['crypto.subtle.digest', () => crypto.subtle.digest('SHA-256', new Uint8Array(1))],
    ['fetch', () => fetch('http://127.0.0.1:1/')],
  ])('%s throws and is remembered', (name, touch) => {
    expect(touch).toThrow(`a simulated run touched ${name}`);
    expect(traps.sprung).toHaveLength(1);
    expect(traps.sprung[0]).toContain('traps.test.ts');
    expect(() => traps.check()).toThrow(name);
  });

  it('is remembered even where the code swallows the error, after an await too', async () => {
    await Promise.resolve();
    try {
      Math.random();
    } catch {
      // swallowed, as product code might
    }
    expect(() => traps.check()).toThrow('Math.random');
  });

  it('a date that is given is a date', () => {
    const date = new Date(0);
    expect([date.toISOString(), date instanceof Date, Date.UTC(1970, 0, 1)]).toEqual([
      '1970-01-01T00:00:00.000Z',
      true,
      0,
    ]);
    traps.check();
  });
});

it('everything is real again afterwards', () => {
  traps.release();
  expect({ Date, setTimeout, now: Date.now, random: Math.random, fetch }).toEqual(REAL);
  expect(Date).toBe(REAL.Date);
  expect(Object.hasOwn(crypto, 'randomUUID')).toBe(false);
});
