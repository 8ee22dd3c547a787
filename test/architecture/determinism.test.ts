import { describe, expect, it } from 'vitest';
import { mustBeDeterministic, uncontrolledInputs } from './determinism.ts';
import { parseSource, readSources } from './sources.ts';

const watched = readSources().filter((source) => mustBeDeterministic(source.path));

function uses(code: string): string[] {
  return uncontrolledInputs(parseSource('policy/planted.ts', code));
}

describe('time and randomness come through ports (architecture §7)', () => {
  it('in every file that decides', () => {
    expect(watched.length).toBeGreaterThan(0);
    expect(watched.flatMap(uncontrolledInputs)).toEqual([]);
  });

  it.each([
    ['events/bus.ts', true],
    ['policy/orders/calendar.ts', true],
    ['templates/render.ts', true],
    ['functions/verify/decide.ts', true],
    ['functions/shared/ledger/memory.ts', true],
    ['functions/shared/clock/live.ts', false],
    ['functions/shared/clock/live-deadline.ts', false],
    ['functions/shared/clock.live.ts', false],
    ['functions/shared/clock/delivery.ts', true],
    ['functions/verify/live.ts', true],
    ['functions/verify/lambda.ts', false],
    ['functions/verify/decide.test.ts', false],
    ['local/start.ts', false],
    ['operate/main.ts', false],
  ])('%s is watched: %s', (path, expected) => expect(mustBeDeterministic(path)).toBe(expected));
});

describe('a planted use is found', () => {
  it.each([
    'const t = Date.now();',
    `const t = Date['now']();`,
    'const t = Date[key]();',
    'const t = new Date();',
    'const t = Date();',
    'const { now } = Date;',
    'const r = Math.random();',
    'const id = crypto.randomUUID();',
    'const h = await crypto.subtle.digest("SHA-256", bytes);',
    `import { randomUUID } from 'node:crypto';`,
    `import { randomBytes as bytes } from 'node:crypto';`,
    `import * as crypto from 'node:crypto';`,
    'const s = AbortSignal.timeout(5);',
    'const t = performance.now();',
    'globalThis.setTimeout(f, 5);',
    'const g = globalThis;',
  ])('%s', (code) => expect(uses(code)).toHaveLength(1));
});

describe('what only looks like one is free', () => {
  it.each([
    'const t = new Date(at).getTime();',
    'const t = Date.UTC(2026, 0, 1);',
    'const t = clock.now();',
    'const n = Math.max(1, 2);',
    `import { createHash, createHmac } from 'node:crypto';`,
    'const s = AbortSignal.any(signals);',
  ])('%s', (code) => expect(uses(code)).toEqual([]));
});
