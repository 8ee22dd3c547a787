import { expect, it } from 'vitest';
import { doorToken } from './door-token.ts';

const CREATED_AT = '2026-01-31T09:30:00.000Z';
const SECRET = JSON.stringify({ active_tokens: ['new', 'old'], created_at: CREATED_AT });

// 300 s in the cache and 30 s more; a tenth of both; at least a second beside the cache.
it.each([
  { timeScale: 1, ms: 330_000, token: 'old' },
  { timeScale: 1, ms: 330_001, token: 'new' },
  { timeScale: 0.1, ms: 33_000, token: 'old' },
  { timeScale: 0.1, ms: 33_001, token: 'new' },
  { timeScale: 0.01, ms: 4_000, token: 'old' },
  { timeScale: 0.01, ms: 4_001, token: 'new' },
])('$ms ms after a new token came in front, at time scale $timeScale, $token is sent', ({ timeScale, ms, token }) => {
  expect(doorToken(SECRET, Date.parse(CREATED_AT) + ms, timeScale)).toBe(token);
});

it('takes the first where nobody wrote down when it was made, and none of what is no secret', () => {
  expect([doorToken('{"active_tokens":["one"]}', 0, 1), doorToken('{}', 0, 1)]).toEqual(['one', null]);
});
