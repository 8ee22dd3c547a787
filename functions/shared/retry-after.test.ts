import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.UTC(2026, 0, 12, 12, 0, 0);
const DAY = 86_400_000;

describe('retryAfterMs (reference §1.3)', () => {
  it.each<[string, Record<string, string>, number | undefined]>([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['with spaces', { 'retry-after': ' 7 ' }, 7_000],
    ['a fraction', { 'retry-after': '0.5' }, 500],
    ['none at all', { 'retry-after': '0' }, 0],
    ['a date', { 'retry-after': 'Mon, 12 Jan 2026 12:00:09 GMT' }, 9_000],
    ['an old form of date', { 'retry-after': 'Monday, 12-Jan-26 12:00:09 GMT' }, 9_000],
    ['the oldest, of no zone', { 'retry-after': 'Mon Jan 12 12:00:09 2026' }, 9_000],
    ['a date that has passed', { 'retry-after': 'Mon, 12 Jan 2026 11:00:00 GMT' }, 0],
    [
      'a date of a clock behind ours',
      { 'retry-after': 'Mon, 12 Jan 2026 11:59:59 GMT', date: 'Mon, 12 Jan 2026 11:59:50 GMT' },
      9_000,
    ],
    [
      'a date of a clock ahead of ours',
      { 'retry-after': 'Mon, 12 Jan 2026 12:01:09 GMT', date: 'Mon, 12 Jan 2026 12:01:00 GMT' },
      69_000,
    ],
    ['Retry-After before a reset', { 'retry-after': '7', 'x-ratelimit-reset': '1' }, 7_000],
    ['a reset in so many seconds', { 'x-ratelimit-reset': '12' }, 12_000],
    ['a reset at an instant', { 'ratelimit-reset': String(NOW / 1000 + 5) }, 5_000],
    ['a year', { 'retry-after': '31536000' }, DAY],
    ['a number without end', { 'retry-after': '9'.repeat(400) }, DAY],
    ['nothing', {}, undefined],
    ...['', '-1', '1e3', '0x10', 'Infinity', 'soon', 'Mon, 32 Foo'].map(
      (value): [string, Record<string, string>, undefined] => [`"${value}"`, { 'retry-after': value }, undefined],
    ),
  ])('%s', (_what, headers, ms) => {
    expect(retryAfterMs(headers, NOW)).toBe(ms);
  });

  it('a reset header asks for nothing but after a 429', () => {
    expect(retryAfterMs({ 'x-ratelimit-reset': '12' }, NOW, 503)).toBeUndefined();
    expect(retryAfterMs({ 'retry-after': '12' }, NOW, 503)).toBe(12_000);
  });
});
