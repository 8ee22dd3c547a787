import { describe, expect, it } from 'vitest';
import { readEnvironment } from './live-environment.ts';

describe('readEnvironment', () => {
  it('starts on no guess', () => {
    for (const FRONTDESK_ENV of [undefined, '', 'production', 'Local'])
      expect(() => readEnvironment({ FRONTDESK_ENV })).toThrow('FRONTDESK_ENV');
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
