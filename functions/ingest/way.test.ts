import { describe, expect, it } from 'vitest';
import { testWorld } from '../shared/testing.ts';
import { mintWay } from './way.ts';

/** Ways of so many messages, at a given share. */
function ways(count: number, traceShare: number) {
  const container = testWorld().container('ingest');
  const settings = { ...container.settings, traceShare };
  return Array.from({ length: count }, () => mintWay({ ...container, settings }));
}
const isTraced = ({ traceparent }: { readonly traceparent: string }): boolean => traceparent.endsWith('-01');

describe('the way of a message', () => {
  it('has a trace id that begins with the time in seconds, as X-Ray wants it', () => {
    const [way] = ways(1, 1);
    expect(way?.correlationId).toMatch(/^trc_[0-9A-Z]{26}$/);
    expect(way?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    const seconds = Number.parseInt(way?.traceparent.slice(3, 11) ?? '', 16);
    expect(new Date(seconds * 1000).toISOString()).toBe('2026-01-15T12:00:00.000Z');
  });

  it('is traced by the share of the stage: all, none, or about so many', () => {
    expect(ways(50, 1).every(isTraced)).toBe(true);
    expect(ways(50, 0).some(isTraced)).toBe(false);
    const traced = ways(2_000, 0.2).filter(isTraced).length;
    // Five standard deviations about 400.
    expect(traced).toBeGreaterThan(310);
    expect(traced).toBeLessThan(490);
  });

  it('is another one for every request', () => {
    expect(new Set(ways(100, 1).map(({ traceparent }) => traceparent)).size).toBe(100);
  });
});
