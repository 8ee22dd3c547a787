import { describe, expect, it } from 'vitest';
import { criteriaOf, type Readings, unmet } from './criteria.ts';

const NOW = Date.UTC(2026, 0, 31, 12);
const MINUTE = 60_000;
const calm: Readings = {
  oldestUnsettledS: 59,
  lastOverAt: NOW - 15 * MINUTE,
  vendors: [{ name: 'richpanel reads', calls: 1_000, failed: 9 }],
  openBreakers: [],
  deadLetters: 0,
  flagsReadable: true,
  ledger: null,
  isAnswering: false,
  calmMs: 15 * MINUTE,
};

describe('what stands against resuming (platform §4.10)', () => {
  it('is nothing when all is calm', () => expect(unmet('safe', calm, NOW)).toEqual([]));

  it.each([
    [{ oldestUnsettledS: 60 }, /oldest unsettled message waits for 60 s/],
    [{ lastOverAt: NOW - 15 * MINUTE + 1 }, /15 minutes ago \(15 minutes without one/],
    [
      { vendors: [{ name: 'richpanel reads', calls: 1_000, failed: 10 }] },
      /10 of the last 1000 calls to richpanel reads/,
    ],
    [{ calmMs: 1.5 * MINUTE, lastOverAt: NOW - 1.5 * MINUTE + 1 }, /2 minutes ago \(1 min 30 s without one wanted\)/],
    [{ openBreakers: ['openai'] }, /circuit breaker of openai is open/],
    [{ deadLetters: 1 }, /1 dead letter/],
    [{ flagsReadable: false }, /flags cannot be read/],
    [{ ledger: { generation: 2, whole: 1 } }, /ledger is not known to be whole .*`flags set ledger_whole 2`/],
  ] as const)('%j', (more, told) => {
    expect(unmet('safe', { ...calm, ...more }, NOW)).toEqual([expect.stringMatching(told)]);
  });

  it.each(['sever', 'processing'] as const)(
    '%s is not held against itself: what it stops waits because of it',
    (level) => {
      const waiting = { ...calm, oldestUnsettledS: 900, lastOverAt: NOW };
      expect(unmet(level, waiting, NOW)).toEqual([]);
      expect(unmet(level, { ...waiting, deadLetters: 2 }, NOW)).toEqual(['2 dead letters (none wanted)']);
    },
  );
});

describe('every criterion with its figure', () => {
  it('is told when it is met too', () => {
    expect(criteriaOf('safe', calm, NOW).map(({ name, isMet, found }) => [name, isMet, found])).toEqual([
      ['Oldest unsettled message', true, '59 s'],
      ['Without a message that waited for 60 s', true, 'for 15 minutes'],
      ['Calls to richpanel reads', true, '9 of 1000 calls failed'],
      ['Circuit breakers', true, 'none open'],
      ['Dead letters', true, 'none'],
      ['Flags', true, 'readable'],
      ['Ledger', true, 'known to be whole'],
    ]);
  });

  it.each([0, NOW - MINUTE, NOW - 15 * MINUTE])(
    'no calm is met while a message waits, whenever one was last seen (%i), and one objection says so',
    (lastOverAt) => {
      const waiting = { ...calm, oldestUnsettledS: 60, lastOverAt };
      expect(criteriaOf('safe', waiting, NOW)[1]).toMatchObject({
        name: 'Without a message that waited for 60 s',
        isMet: false,
        found: 'one waits now',
      });
      expect(unmet('safe', waiting, NOW)).toEqual([expect.stringMatching(/^the oldest unsettled message waits/)]);
    },
  );

  it('a message that waited a minute ago is not calm yet', () =>
    expect(criteriaOf('safe', { ...calm, lastOverAt: NOW - MINUTE }, NOW)[1]).toMatchObject({
      isMet: false,
      found: 'for 1 minute',
    }));

  it.each([
    { when: 'what comes in again may be answered', more: { isAnswering: true }, isAsked: true },
    { when: 'it would only be routed', more: {}, isAsked: false },
    { when: 'no flag can be read', more: { isAnswering: true, flagsReadable: false }, isAsked: false },
  ])('asks for the ledger at processing where $when: $isAsked', ({ more, isAsked }) =>
    expect(criteriaOf('processing', { ...calm, ...more }, NOW).some(({ name }) => name === 'Ledger')).toBe(isAsked),
  );

  it('says nothing of waits at the levels that make them', () =>
    expect(criteriaOf('sever', calm, NOW).map(({ name }) => name)).not.toContain('Oldest unsettled message'));
});
