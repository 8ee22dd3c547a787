/** The organisation's sign-in in front: whose word counts, and for what. */
import { describe, expect, it } from 'vitest';
import { entrantOf, SECRET_HEADER } from './sign-in.ts';

const SIGN_IN = { header: 'X-Auth-Request-Email', secret: 'shared-by-proxy-and-console' };
const HOST = { host: 'desk.example.com' };
const PROOF = { [SECRET_HEADER]: SIGN_IN.secret };
const NAMED = { 'x-auth-request-email': 'alex@example.com' };
const enter = (headers: Record<string, string>) => entrantOf({ headers }, SIGN_IN);

describe('who comes through the sign-in', () => {
  it('is let in under the name that the proxy gives', () => {
    expect(enter({ ...HOST, ...PROOF, ...NAMED })).toEqual({ state: 'signed-in', operator: 'alex@example.com' });
  });

  it.each([
    ['names itself without the secret', { ...HOST, ...NAMED }, 401],
    ['has another secret', { ...HOST, ...NAMED, [SECRET_HEADER]: 'guessed' }, 401],
    ['is named by nobody', { ...HOST, ...PROOF }, 403],
    ['has a name that is no name', { ...HOST, ...PROOF, 'x-auth-request-email': '<b>alex</b>' }, 403],
    ['has a name too long for the history', { ...HOST, ...PROOF, 'x-auth-request-email': 'a'.repeat(61) }, 403],
    ['comes from a page of another site', { ...HOST, ...PROOF, ...NAMED, origin: 'https://evil.example' }, 403],
    ['comes from a page of a sister site', { ...HOST, ...PROOF, ...NAMED, 'sec-fetch-site': 'same-site' }, 403],
  ])('and %s is refused', (_, headers, status) => {
    expect(enter(headers)).toMatchObject({ state: 'refused', status });
  });

  it.each([
    ['the public name in Host', { ...HOST, origin: 'https://desk.example.com' }],
    [
      'the public name beside it',
      { host: '127.0.0.1:4400', 'x-forwarded-host': 'desk.example.com', origin: 'https://desk.example.com' },
    ],
  ])('may ask from the console’s own page, with %s', (_, headers) => {
    expect(enter({ ...PROOF, ...NAMED, ...headers, 'sec-fetch-site': 'same-origin' }).state).toBe('signed-in');
  });
});
