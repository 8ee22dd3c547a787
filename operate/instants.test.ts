import { describe, expect, it } from 'vitest';
import { Failure } from './failure.ts';
import { clockTime, localTime, parseInstant } from './instants.ts';

const NEW_YORK = { name: 'America/New_York' };
const NOW = Date.UTC(2026, 0, 31, 12, 0, 0);
const parsed = (text: string) => new Date(parseInstant(text, NEW_YORK, NOW)).toISOString();

describe('times on the way in (interfaces §3)', () => {
  it.each([
    // Eastern Standard Time is UTC−5, Eastern Daylight Time UTC−4.
    ['2026-01-31', '2026-01-31T05:00:00.000Z'],
    ['2026-07-01', '2026-07-01T04:00:00.000Z'],
    // The day on which clocks go forward begins before they do, and so does the day on which they go back.
    ['2026-03-08', '2026-03-08T05:00:00.000Z'],
    ['2026-11-01', '2026-11-01T04:00:00.000Z'],
    ['2026-01-31T09:30:00Z', '2026-01-31T09:30:00.000Z'],
    ['2026-01-31T09:30:00.250+02:00', '2026-01-31T07:30:00.250Z'],
    ['-24h', '2026-01-30T12:00:00.000Z'],
    ['-30m', '2026-01-31T11:30:00.000Z'],
    ['-7d', '2026-01-24T12:00:00.000Z'],
  ])('%s is %s', (text, instant) => expect(parsed(text)).toBe(instant));

  it.each(['', 'yesterday', '2026-02-30', '2026-01-31T09:30:00', '2026-02-30T09:30:00Z', '24h', '-24'])(
    '%j is wrong usage',
    (text) => {
      expect(() => parsed(text)).toThrow(Failure);
      try {
        parsed(text);
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid_time', exitCode: 2 });
      }
    },
  );
});

describe('times on the way out', () => {
  it('are those of the business zone', () => {
    expect(localTime('2026-01-31T04:05:06.007Z', NEW_YORK)).toBe('2026-01-30 23:05:06');
    expect(clockTime('2026-07-01T04:00:00.007Z', NEW_YORK)).toBe('00:00:00.007');
  });
});
