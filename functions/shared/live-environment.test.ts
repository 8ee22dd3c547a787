import { describe, expect, it } from 'vitest';
import { readEnvironment } from './live-environment.ts';

describe('readEnvironment', () => {
  it('starts on no guess', () => {
    for (const FRONTDESK_ENV of [undefined, '', 'production', 'Local'])
      expect(() => readEnvironment({ FRONTDESK_ENV })).toThrow('FRONTDESK_ENV');
    for (const FRONTDESK_TIME_SCALE of ['0', '0.001', '2', 'fast'])
      expect(() => readEnvironment({ FRONTDESK_ENV: 'local', FRONTDESK_TIME_SCALE })).toThrow('FRONTDESK_TIME_SCALE');
  });

  it('scales time and lifts limits on one machine only', () => {
    const variables = { FRONTDESK_TIME_SCALE: '0.05', FRONTDESK_LIMITS: 'off', FRONTDESK_AGES_FROM: 'received' };
    expect(readEnvironment({ ...variables, FRONTDESK_ENV: 'local' })).toMatchObject({
      timeScale: 0.05,
      isLimited: false,
      agesFrom: 'received',
    });
    expect(readEnvironment({ ...variables, FRONTDESK_ENV: 'prod' })).toMatchObject({
      timeScale: 1,
      isLimited: true,
      agesFrom: 'older',
    });
  });

  it('needs the agreed phrase in production, and without one accepts none', () => {
    expect(readEnvironment({ FRONTDESK_ENV: 'staging' }).writesPhrase).toBeNull();
    expect(readEnvironment({ FRONTDESK_ENV: 'prod', FRONTDESK_WRITES_PHRASE: 'both agreed' }).writesPhrase).toBe(
      'both agreed',
    );
    expect(readEnvironment({ FRONTDESK_ENV: 'prod' }).writesPhrase).toMatch(/^\p{Cc}+$/u);
  });

  it.each([
    [undefined, 'https://api.richpanel.com/v1'],
    ['http://127.0.0.1:4500', 'http://127.0.0.1:4500/v1'],
    ['http://127.0.0.1:4500/v1/', 'http://127.0.0.1:4500/v1'],
  ])('knows the helpdesk address %s as %s', (RICHPANEL_BASE_URL, base) => {
    expect(readEnvironment({ FRONTDESK_ENV: 'local', RICHPANEL_BASE_URL }).richpanelBaseUrl).toBe(base);
  });
});
