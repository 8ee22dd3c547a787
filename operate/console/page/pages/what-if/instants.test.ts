import { describe, expect, it } from 'vitest';
import { instantIn, localIn } from './instants.ts';

describe('a local time', () => {
  it.each([
    ['2026-01-31T09:30', 'America/New_York', '2026-01-31T14:30:00.000Z'],
    ['2026-07-01T00:00', 'Europe/Berlin', '2026-06-30T22:00:00.000Z'],
    ['2026-07-01T00:00', 'UTC', '2026-07-01T00:00:00.000Z'],
    ['2026-03-08T01:59', 'America/New_York', '2026-03-08T06:59:00.000Z'],
    ['2026-03-08T03:00', 'America/New_York', '2026-03-08T07:00:00.000Z'],
  ])('%s in %s is %s, and back', (local, zone, instant) => {
    expect(instantIn(local, zone)).toBe(instant);
    expect(localIn(instant, zone)).toBe(local);
  });

  it('that a clock has twice is the first', () =>
    expect(instantIn('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z'));
  it('that a clock skips is an hour later', () =>
    expect(instantIn('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z'));
});
