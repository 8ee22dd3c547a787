/** The parts of a rotation that decide: what speaks against it, when the former token may go, how old a secret may get. */
import { describe, expect, it } from 'vitest';
import type { AuthMethod } from '../../events/auth-methods.ts';
import { isUsable } from '../../functions/ingest/auth/secrets.ts';
import { newWebhookSecret } from '../../local/webhook-proof.ts';
import { objectionsOf, type Standing } from './health.ts';
import { newToken } from './new-token.ts';
import { ageOf, SECRET_NAMES } from './periods.ts';
import { workspaceSender } from './sender.ts';
import { rotationTimes } from './times.ts';
import { judge, type Watched } from './watch.ts';
import { formatWebhookSecret, parseWebhookSecret } from './webhook-secret.ts';

const QUIET = { requests: 0, authFailures: 0, duplicates: 0, failed: 0 };

describe('objectionsOf', () => {
  const well: Standing = {
    isReady: true,
    deadLetters: 0,
    oldestUnsettledS: 0,
    openBreakers: [],
    flagsReadable: true,
    catchUp: false,
  };
  it.each<[Partial<Standing>, string[]]>([
    [{}, []],
    [{ oldestUnsettledS: 60 }, []],
    [{ oldestUnsettledS: 61 }, ['backlog: the oldest unsettled message is 61 s old']],
    [{ oldestUnsettledS: 121 }, ['alarm Q2: oldest unsettled message 121 s']],
    [{ deadLetters: 1 }, ['alarm Q3: dead letters 1']],
    [{ openBreakers: ['openai'] }, ['alarm V4: circuit breaker open: openai']],
    [{ catchUp: true }, ['backlog: catch_up_mode is on']],
    [
      { isReady: false, flagsReadable: false },
      ['the instance is not ready', 'alarm S8: flags unreadable: everything behaves as in safe mode'],
    ],
  ])('%o → %o', (standing, objections) => {
    expect(objectionsOf({ ...well, ...standing })).toEqual(objections);
  });
});

describe('judge', () => {
  const watched: Watched = {
    before: { ...QUIET, requests: 1_000 },
    use: { ...QUIET, requests: 1_000, stayingAt: 900_000, goingAt: null },
    watchedMs: 900_000,
    quietMs: 900_000,
    watchMs: 900_000,
    senderAnswered: true,
    isEmergency: false,
  };
  const use = watched.use;
  it.each<[string, Partial<Watched>, string]>([
    ['as busy as before, the other unused for long enough', {}, 'well'],
    ['a millisecond less', { quietMs: 899_999 }, 'waiting'],
    ['1 % without a valid token', { use: { ...use, authFailures: 10 } }, 'well'],
    ['more', { use: { ...use, authFailures: 11 } }, 'trouble'],
    [
      'more, but twice as many before',
      { before: { ...watched.before, authFailures: 10 }, use: { ...use, authFailures: 20 } },
      'well',
    ],
    ['more, in an emergency', { use: { ...use, authFailures: 500 }, isEmergency: true }, 'well'],
    ['the other in use to the end', { quietMs: 0, use: { ...use, goingAt: 900_000 } }, 'waiting'],
    ['the same, in an emergency', { quietMs: 0, use: { ...use, goingAt: 900_000 }, isEmergency: true }, 'well'],
    ['a millisecond less, in an emergency', { quietMs: 0, watchedMs: 899_999, isEmergency: true }, 'waiting'],
    [
      'an emergency in which nobody has the new token',
      { quietMs: 0, use: { ...use, stayingAt: null }, senderAnswered: false, isEmergency: true },
      'waiting',
    ],
    ['a flood before that is over, in an emergency', { use: { ...use, requests: 3 }, isEmergency: true }, 'well'],
    ['one failure of few requests', { before: QUIET, use: { ...use, requests: 3, authFailures: 1 } }, 'well'],
    ['two', { before: QUIET, use: { ...use, requests: 3, authFailures: 2 } }, 'trouble'],
    ['the door fails', { use: { ...use, failed: 11 } }, 'trouble'],
    ['a tenth of the requests', { use: { ...use, requests: 100 } }, 'well'],
    ['fewer', { use: { ...use, requests: 99 } }, 'waiting'],
    [
      'none, and there were hardly any',
      { before: { ...QUIET, requests: 19 }, use: { ...use, requests: 0, stayingAt: null } },
      'well',
    ],
    [
      'none, told by a person',
      { before: QUIET, use: { ...use, requests: 0, stayingAt: null }, senderAnswered: false },
      'waiting',
    ],
  ])('%s → %s', (_, laid, verdict) => {
    expect(judge({ ...watched, ...laid }).is).toBe(verdict);
  });
});

describe('rotationTimes', () => {
  // Platform §3.5: longer than the 300 s of the cache; 15 to 30 min.
  it.each([
    [1, false, { cacheMs: 330_000, watchMs: 900_000, giveUpMs: 1_800_000 }],
    [1, true, { cacheMs: 330_000, watchMs: 60_000, giveUpMs: 1_800_000 }],
    [0.01, false, { cacheMs: 4_000, watchMs: 9_000, giveUpMs: 18_000 }],
  ])('scale %d, emergency %s', (scale, isEmergency, times) => {
    expect(rotationTimes(scale, isEmergency, 1)).toEqual({ ...times, pollMs: 1 });
  });
});

describe('newToken', () => {
  it('has 32 random bytes in the form of the one before', () => {
    expect(newToken('0f'.repeat(24))).toMatch(/^[0-9a-f]{64}$/);
    const signing = newToken('whsec_AAAA');
    expect(Buffer.from(signing.slice('whsec_'.length), 'base64')).toHaveLength(32);
    expect(new Set(Array.from({ length: 1_000 }, () => newToken('hex'))).size).toBe(1_000);
  });
});

describe('a sender of a real workspace', () => {
  it.each<[AuthMethod, string]>([
    ['header_token', 'the value of its header x-richpanel-webhook-token'],
    ['body_token', '"token" in its body'],
    ['url_token', '/webhook/'],
    ['hmac', 'In your signer'],
    ['standard_webhooks', 'In your signer'],
  ])('%s: is told where the new token goes, and not the token', async (auth, where) => {
    const told: string[] = [];
    const token = newToken(newWebhookSecret(auth));
    expect(isUsable(auth, token)).toBe(true);
    await workspaceSender(auth, 'frontdesk/prod/richpanel/webhook_token', (line) => void told.push(line), null).point(
      token,
    );
    expect(told[0]).toContain(where);
    expect(told.join()).not.toContain(token);
  });
});

describe('the secret', () => {
  it('keeps tokens, date and what people noted', () => {
    const text = '{"active_tokens":["b","a"],"created_at":"2026-01-31T09:30:00.000Z","notes":"set up by hand"}';
    const secret = parseWebhookSecret(text);
    expect(secret).toEqual({
      tokens: ['b', 'a'],
      createdAt: '2026-01-31T09:30:00.000Z',
      says: 'set up by hand',
      progress: null,
    });
    expect(secret && formatWebhookSecret(secret)).toBe(text);
  });

  it.each(['', '{', '[]', '{"active_tokens":[]}', '{"active_tokens":[""]}', '{"active_tokens":"a"}'])(
    '%s is none',
    (text) => {
      expect(parseWebhookSecret(text)).toBeNull();
    },
  );
});

describe('ageOf', () => {
  const NOW = Date.parse('2026-04-01T00:00:00.000Z');
  const daysAgo = (days: number): number => NOW - days * 86_400_000;

  it.each([
    ['richpanel/api_key', 'prod', 59, 'fresh', 60],
    ['richpanel/api_key', 'prod', 60, 'due', 60],
    ['richpanel/api_key', 'staging', 60, 'fresh', 90],
    ['richpanel/webhook_token', 'prod', 90, 'due', 90],
    ['openai/api_key', 'local', 89, 'fresh', 90],
    ['hash_salt', 'prod', 5_000, 'fresh', null],
  ])('%s of %s after %d days is %s', (name, env, days, state, rotateEveryDays) => {
    expect(ageOf(name, env, daysAgo(days), NOW)).toMatchObject({ ageDays: days, state, rotateEveryDays });
  });

  it('knows a rule for every secret there is', () => {
    for (const name of SECRET_NAMES) expect(ageOf(name, 'prod', null, NOW).state).toBe('missing');
  });
});
