import { describe, expect, it } from 'vitest';
import { comparedDumps, type Dump, type Holdings, regained } from './holdings.ts';

const NOW = Date.UTC(2026, 0, 31, 12);
const HOUR_MS = 3_600_000;
const held = (rows: Record<string, Record<string, number>>): Holdings =>
  new Map(Object.entries(rows).map(([kind, ids]) => [kind, new Map(Object.entries(ids))]));

describe('what a rebuild has to bring back', () => {
  it('is all there: nothing is lost, and the recovery point is the loss', () => {
    const rows = held({ evt: { a: NOW - HOUR_MS }, 'act:rp_reply': { b: NOW - HOUR_MS } });
    expect(regained('idempotency', rows, rows, NOW)).toEqual({
      table: 'idempotency',
      held: 2,
      restored: 2,
      lost: 0,
      notRebuilt: {},
      why: null,
      rpoMs: 0,
    });
  });

  it('reaches back to the oldest row that is missing', () => {
    const before = held({ evt: { a: NOW - HOUR_MS, b: NOW - 2 * HOUR_MS, c: NOW - 3 * HOUR_MS } });
    const after = held({ evt: { c: NOW - 3 * HOUR_MS } });
    expect(regained('idempotency', before, after, NOW)).toMatchObject({ lost: 2, restored: 1, rpoMs: 2 * HOUR_MS });
  });

  it('names what no rebuild brings back, and does not count it as lost', () => {
    const before = held({ MessageClassified: { a: NOW }, MessageReceived: { b: NOW - HOUR_MS } });
    const after = held({ MessageClassified: { a: NOW } });
    const told = regained('audit_trail', before, after, NOW);
    expect(told).toMatchObject({ lost: 0, rpoMs: 0, notRebuilt: { MessageReceived: 1 } });
    expect(told.why).toMatch(/recovery archive/);
  });

  it('counts a fact that is missing in the trail as lost', () => {
    const before = held({ ReplySent: { a: NOW - HOUR_MS } });
    expect(regained('audit_trail', before, held({}), NOW)).toMatchObject({ lost: 1, rpoMs: HOUR_MS });
  });
});

describe('read models before and after', () => {
  const row = (at: number, name: string): string =>
    JSON.stringify({ event_name: name, key: `${new Date(at).toISOString()}#id-${name}`, model: 'timeline#t-1' });
  const dump = (...lines: string[]): Dump => ({
    lines,
    sha256: comparedDumps({ lines, sha256: '' }, { lines, sha256: '' }, NOW).after,
  });
  const before = dump(row(NOW - 2, 'MessageClassified'), row(NOW - 1, 'ReplySent'));

  it.each([
    { when: 'every byte is the same', after: before, equal: true, since: {} },
    { when: 'a row is missing', after: dump(row(NOW - 2, 'MessageClassified')), equal: false, since: {} },
    {
      when: 'a row of the past is new',
      after: dump(row(NOW - 3, 'TicketRouted'), ...before.lines),
      equal: false,
      since: {},
    },
    {
      when: 'a fact was stated since',
      after: dump(...before.lines, row(NOW + 1, 'TicketRouted')),
      equal: true,
      since: { TicketRouted: 1 },
    },
  ])('$when → equal: $equal', ({ after, equal, since }) => {
    expect(comparedDumps(before, after, NOW)).toMatchObject({ equal, since });
  });
});
