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

  it.each([
    ['local', undefined, 1],
    ['dev', '', 1],
    ['prod', undefined, 0.2],
    ['prod', '0.05', 0.05],
  ])('traces in %s, told %s, a share of %s', (FRONTDESK_ENV, FRONTDESK_TRACE_SAMPLE, share) => {
    expect(readEnvironment({ FRONTDESK_ENV, FRONTDESK_TRACE_SAMPLE }).traceShare).toBe(share);
  });

  it('takes no share beyond all or nothing', () => {
    for (const FRONTDESK_TRACE_SAMPLE of ['2', '-1', 'often'])
      expect(() => readEnvironment({ FRONTDESK_ENV: 'dev', FRONTDESK_TRACE_SAMPLE })).toThrow('FRONTDESK_TRACE_SAMPLE');
  });

  it('knows no collector unless it is told of one, which is far off over https only', () => {
    const at = (FRONTDESK_ENV: string, OTEL_EXPORTER_OTLP_ENDPOINT?: string) =>
      readEnvironment({ FRONTDESK_ENV, OTEL_EXPORTER_OTLP_ENDPOINT }).otlpEndpoint;
    expect(at('prod')).toBeNull();
    expect(at('prod', 'https://collector.example')).toBe('https://collector.example');
    expect(at('prod', 'http://localhost:4318')).toBe('http://localhost:4318');
    expect(at('local', 'http://collector:4318')).toBe('http://collector:4318');
    expect(() => at('prod', 'http://collector.example')).toThrow('https');
    expect(() => at('prod', 'collector')).toThrow('URL');
  });
});
