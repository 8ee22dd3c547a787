import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Estimate, estimate, etaText, type NoEstimate } from './estimate.ts';
import { ESTIMATE_EXAMPLES } from './fixtures/estimate-examples.ts';
import type { HolidayCalendar } from './holidays.ts';
import type { Window } from './transit.ts';

const ZONE = 'America/New_York';
/** The windows of the table's bucket names (replies §3.2; 45–45 is the pre-order of E31 to E33). */
const WINDOWS: Record<string, Window> = {
  Standard: [3, 5],
  Ground: [3, 7],
  Expedited: [2, 3],
  Express: [1, 2],
  'Two-day': [2, 2],
  Priority: [1, 1],
  Rushed: [1, 1],
  Economy: [5, 7],
  'Pre-Order': [45, 45],
};

function windowOf(bucket: string): Window {
  const window = WINDOWS[bucket];
  if (window === undefined) throw new Error(`no window for ${bucket}`);
  return window;
}

function asCell(result: Estimate | NoEstimate): string {
  if (result.kind === 'none') return `- · - · ${result.why} · -`;
  const state = result.isLate ? 'late' : 'inside';
  return `${result.elapsedBd} · ${result.remainingMinBd}/${result.remainingMaxBd} · ${state} · ${result.lastDay}`;
}

function run(example: (typeof ESTIMATE_EXAMPLES)[number], calendar: HolidayCalendar) {
  const order = { createdAt: example.order, bucket: example.bucket, window: windowOf(example.bucket) };
  return estimate(order, example.asked, { zone: ZONE, calendar });
}

describe('worked examples (replies §3.8)', () => {
  it('has all 34 rows', () => {
    expect(ESTIMATE_EXAMPLES.map((row) => row.id)).toEqual(
      Array.from({ length: 34 }, (_, n) => `E${String(n + 1).padStart(2, '0')}`),
    );
  });

  // The table writes a row without estimate as "— · — · clock_skew · —" and leaves Min/max at one dash.
  it.each(ESTIMATE_EXAMPLES)('$id counts Monday to Friday', (example) => {
    const result = run(example, 'none');
    expect(asCell(result)).toBe(example.none);
    if (result.kind === 'none') return;
    expect(result.etaText ?? '-').toBe(example.text);
    expect([result.orderDate, result.askedDate]).toEqual([example.orderDate, example.askedDate]);
  });

  it.each(ESTIMATE_EXAMPLES)('$id counts without carrier holidays', (example) => {
    expect(asCell(run(example, 'us_parcel'))).toBe(example.usParcel);
  });
});

describe('coverage (replies §3.3)', () => {
  const standard = { bucket: 'Standard', window: [3, 5] as const };
  it.each([
    { when: 'the order lies in an unlisted year', order: '2024-12-30', asked: '2025-01-02' },
    { when: 'the question lies in an unlisted year', order: '2027-12-20', asked: '2028-01-03' },
    { when: 'the window ends in an unlisted year', order: '2027-12-29', asked: '2027-12-29' },
  ])('makes no estimate when $when', ({ order, asked }) => {
    const count = (calendar: HolidayCalendar) =>
      estimate({ ...standard, createdAt: `${order}T15:00:00.000Z` }, `${asked}T15:00:00.000Z`, {
        zone: ZONE,
        calendar,
      });
    expect(count('us_parcel')).toEqual({ kind: 'none', why: 'calendar_not_covered' });
    expect(count('none').kind).toBe('window');
  });
});

describe('wording (replies §3.4)', () => {
  it.each([
    [1, 1, '1 business day'],
    [2, 2, '2 business days'],
    [45, 45, '45 business days'],
    [1, 3, '1–3 business days'],
    [2, 7, '2–7 business days'],
    [0, 1, 'up to 1 business day'],
    [0, 2, 'up to 2 business days'],
    [0, 0, null],
  ] as const)('%i to %i reads %s', (min, max, text) => {
    expect(etaText(min, max)).toBe(text);
  });

  it('always has the shape of the template variable (replies §1.5)', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), (a, b) => {
        const text = etaText(Math.min(a, b), Math.max(a, b));
        return text === null ? a === 0 && b === 0 : /^(up to )?\d{1,3}(–\d{1,3})? business days?$/.test(text);
      }),
    );
  });
});

describe('properties of every estimate', () => {
  const FIRST = Date.UTC(2025, 0, 2);
  const LAST = Date.UTC(2027, 8, 1);
  const instant = fc.integer({ min: FIRST, max: LAST });
  const calendar = fc.constantFrom<HolidayCalendar>('none', 'us_parcel');
  const window = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat(30)).map(([min, more]): Window => [min, min + more]);
  const zone = fc.constantFrom(ZONE, 'UTC', 'Asia/Kolkata', 'Pacific/Auckland', 'America/Los_Angeles');
  const iso = (ms: number) => new Date(ms).toISOString();

  it('min ≤ max, never negative, and late exactly when nothing remains', () => {
    fc.assert(
      fc.property(instant, fc.nat(60 * 86_400_000), window, calendar, zone, (at, after, bounds, holidays, place) => {
        const result = estimate({ createdAt: iso(at), bucket: 'Standard', window: bounds }, iso(at + after), {
          zone: place,
          calendar: holidays,
        });
        if (result.kind === 'none') throw new Error('covered and in order, so there is an estimate');
        expect(result.remainingMinBd).toBeGreaterThanOrEqual(0);
        expect(result.remainingMinBd).toBeLessThanOrEqual(result.remainingMaxBd);
        expect(result.isLate).toBe(result.remainingMaxBd === 0);
        expect(result.isLate).toBe(result.askedDate >= result.lastDay);
        expect(result.etaText === null).toBe(result.isLate);
      }),
    );
  });

  it('asking later never makes more remain, nor less elapsed', () => {
    fc.assert(
      fc.property(
        instant,
        fc.nat(40 * 86_400_000),
        fc.nat(5 * 86_400_000),
        window,
        calendar,
        (at, first, more, bounds, holidays) => {
          const ask = (after: number) =>
            estimate({ createdAt: iso(at), bucket: 'Standard', window: bounds }, iso(at + after), {
              zone: ZONE,
              calendar: holidays,
            });
          const [early, late] = [ask(first), ask(first + more)];
          if (early.kind === 'none' || late.kind === 'none') throw new Error('both are covered');
          expect(late.elapsedBd).toBeGreaterThanOrEqual(early.elapsedBd);
          expect(late.remainingMaxBd).toBeLessThanOrEqual(early.remainingMaxBd);
        },
      ),
    );
  });
});
