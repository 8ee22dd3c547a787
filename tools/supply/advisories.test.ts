import { describe, expect, it } from 'vitest';
import { type Advisories, judgeAdvisories, renewed } from './advisories.ts';

const DATA: Advisories = {
  asOf: '2026-11-01',
  askedAbout: ['mug'],
  advisories: [{ id: 'GHSA-one', package: 'mug', vulnerable: '>=1.0.0 <1.2.4', severity: 'high', says: 'leaks' }],
};
const NOW = Date.parse('2026-11-26T12:00:00.000Z');
const judged = (name: string, version: string, accepted = {}) =>
  judgeAdvisories([{ name, version }], DATA, NOW, accepted);

describe('known advisories', () => {
  it.each([
    ['1.2.3', 1],
    ['1.2.4-rc.1', 1],
    ['1.2.4', 0],
    ['0.9.0', 0],
  ])('mug %s: %i', (version, count) => {
    expect(judged('mug', version).objections).toHaveLength(count);
  });

  it('one that is lived with is no objection, and must still hit', () => {
    expect(judged('mug', '1.2.3', { 'GHSA-one': 'leaks nothing here' }).objections).toEqual([]);
    expect(judged('mug', '1.2.4', { 'GHSA-one': 'leaks nothing here' }).objections).toEqual([
      expect.stringContaining('hits nothing any more'),
    ]);
  });

  it('says how old it is and what nobody asked about', () => {
    expect(judged('cup', '1.0.0')).toEqual({ objections: [], ageDays: 25, unasked: ['cup'] });
  });

  it('an audit elsewhere adds what it found, and has asked about all', () => {
    const entry = {
      name: 'cup',
      url: 'https://advisories.example/GHSA-two',
      title: 'spills',
      severity: 'low',
      range: '<2.0.0',
    } as const;
    const audit = { vulnerabilities: { cup: { via: [entry] }, tray: { via: ['cup'] } } };
    const after = renewed(DATA, audit, [{ name: 'tray' }, { name: 'cup' }], '2026-11-26');
    expect(after).toMatchObject({ asOf: '2026-11-26', askedAbout: ['cup', 'tray'] });
    expect(after.advisories.map(({ id, vulnerable }) => [id, vulnerable])).toEqual([
      ['GHSA-two', '<2.0.0'],
      ['GHSA-one', '>=1.0.0 <1.2.4'],
    ]);
  });
});
