import { describe, expect, it } from 'vitest';
import { allKeys, explainKey } from './explain.ts';
import { CONFIG } from './generated/config.ts';
import { SHIPPED } from './shipped.testing.ts';

/** Dotted paths of all values, list elements and free keys as `*`. */
function pathsOf(value: unknown, path: readonly string[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((element) => pathsOf(element, [...path, '*']));
  if (typeof value !== 'object' || value === null) return [path.join('.')];
  const isFree = ['transit_map', 'prices.models', 'models.parameters'].includes(path.join('.'));
  return Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, isFree ? '*' : key]));
}

const known = new Map(allKeys().map((each) => [each.key, each]));

describe('config explain', () => {
  it.each([
    ['as it is shipped', SHIPPED.config],
    ['of this tree', CONFIG],
  ])('has a meaning for every key of the file %s', (_, config) => {
    const keys = new Set(pathsOf(config).map((key) => key.replace(/(\.\*)+$/, '')));
    expect([...keys].filter((key) => !known.has(key))).toEqual([]);
    expect(keys.size).toBeGreaterThan(25);
  });

  it('every meaning is a sentence', () => {
    for (const { meaning } of known.values()) expect(meaning).toMatch(/^[[A-Z`].*[.]$/);
  });

  it('a key, with what it takes', () => {
    expect(explainKey('business.zone')).toEqual({
      kind: 'known',
      keys: [{ key: 'business.zone', meaning: 'Zone in which order and asking dates are counted.', takes: 'text' }],
    });
    expect(explainKey('business.holiday_calendar')).toMatchObject({ keys: [{ takes: 'one of: none, us_parcel' }] });
  });

  it('a section with all that lies in it', () => {
    const section = explainKey('limits');
    expect(section.kind === 'known' && section.keys.map(({ key }) => key)).toEqual([
      'limits',
      'limits.minutes_between_replies',
      'limits.replies_per_conversation_per_day',
      'limits.replies_per_customer_per_day',
    ]);
  });

  it.each([
    ['hosts.carriers.label', 'hosts.carriers.*.label'],
    ['hosts.carriers.0.label', 'hosts.carriers.*.label'],
    ['transit_map.standard.window', 'transit_map.*.window'],
    ['transit_map.window', 'transit_map.*.window'],
  ])('%s is %s', (key, expected) => {
    const found = explainKey(key);
    expect(found.kind === 'known' && found.keys.map((each) => each.key)).toEqual([expected]);
  });

  it.each([
    ['busines.zone', 'business.zone'],
    ['zone', 'business.zone'],
    ['something.else', null],
  ])('%s is unknown; meant %s', (key, didYouMean) => {
    expect(explainKey(key)).toEqual({ kind: 'unknown', didYouMean });
  });
});
