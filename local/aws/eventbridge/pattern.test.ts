/**
 * Expectations follow the EventBridge user guide ("Comparison operators for use in event patterns", "Creating event
 * patterns") and platform §11.5's pattern notes; none was read off this implementation.
 */
import { describe, expect, it } from 'vitest';
import { compilePattern, validatePattern } from './pattern.ts';

type Case = { rule: string; pattern: unknown; yes?: unknown[]; no?: unknown[] };

function table(cases: readonly Case[]) {
  const rows = cases.flatMap(({ rule, pattern, yes = [], no = [] }) => [
    ...yes.map((event) => ({ rule, pattern, event, matches: true })),
    ...no.map((event) => ({ rule, pattern, event, matches: false })),
  ]);
  it.each(rows)('$rule: $event → $matches', ({ pattern, event, matches }) => {
    expect(compilePattern(pattern)(event)).toBe(matches);
  });
}

const x = (...values: unknown[]) => values.map((value) => ({ x: value }));

describe('exact values', () => {
  table([
    { rule: 'a string is compared as it stands', pattern: { x: ['a'] }, yes: x('a'), no: [...x('A', 'ab', ''), {}] },
    { rule: 'any value of the list will do', pattern: { x: ['a', 'b'] }, yes: x('a', 'b'), no: x('c') },
    { rule: 'types are kept apart', pattern: { x: [1, true] }, yes: x(1, true), no: x('1', 'true', false, null) },
    { rule: 'null is a value, not an absence', pattern: { x: [null] }, yes: x(null), no: [...x('', 0), {}] },
    { rule: 'the empty string is a value', pattern: { x: [''] }, yes: x(''), no: [...x(null, ' '), {}] },
    {
      rule: 'every field of the pattern must match, other fields do not matter',
      pattern: { source: ['s'], detail: { a: [1], b: { c: ['d'] } } },
      yes: [{ source: 's', more: 1, detail: { a: 1, b: { c: 'd', e: 0 } } }],
      no: [{ source: 's', detail: { a: 1, b: {} } }, { source: 's' }, { detail: { a: 1, b: { c: 'd' } } }],
    },
    { rule: 'a leaf does not match an object', pattern: { x: ['a'] }, no: x({ a: 'a' }) },
    { rule: 'inherited names are no fields', pattern: { constructor: [{ exists: true }] }, no: [{}] },
  ]);
});

describe('arrays in the event', () => {
  table([
    { rule: 'one element in common is enough', pattern: { x: ['a', 'b'] }, yes: x(['c', 'b']), no: x(['c'], []) },
    { rule: 'nested arrays are flat', pattern: { x: [2] }, yes: x([[1], [2, 3]]), no: x([[1], [3]]) },
    {
      rule: 'fields of one element belong together',
      pattern: { x: { a: [1], b: [2] } },
      yes: x([{ a: 0 }, { a: 1, b: 2 }]),
      no: x([{ a: 1 }, { b: 2 }], [{ a: 1, b: 3 }]),
    },
    {
      rule: 'anything-but is satisfied by one other element',
      pattern: { x: [{ 'anything-but': 'a' }] },
      yes: x(['a', 'b']),
      no: x(['a'], []),
    },
  ]);
});

describe('prefix and suffix', () => {
  table([
    { rule: 'prefix', pattern: { x: [{ prefix: 'ab' }] }, yes: x('ab', 'abc'), no: [...x('a', 'ABc', 'xab', 5), {}] },
    { rule: 'the empty prefix', pattern: { x: [{ prefix: '' }] }, yes: x('', 'a'), no: x(1, null) },
    { rule: 'suffix', pattern: { x: [{ suffix: '.png' }] }, yes: x('a.png', '.png'), no: x('a.PNG', 'a.pngx') },
    {
      rule: 'prefix without case',
      pattern: { x: [{ prefix: { 'equals-ignore-case': 'EventB' } }] },
      yes: x('eventbridge', 'EVENTB'),
      no: x('event'),
    },
    {
      rule: 'suffix without case',
      pattern: { x: [{ suffix: { 'equals-ignore-case': '.Png' } }] },
      yes: x('a.PNG'),
      no: x('a.pn'),
    },
    {
      rule: 'replay twins (architecture §3)',
      pattern: { 'replay-name': [{ prefix: 'recovery-' }] },
      yes: [{ 'replay-name': 'recovery-01J' }],
      no: [{ 'replay-name': 'rebuild-01J' }, {}],
    },
  ]);
});

describe('equals-ignore-case', () => {
  table([
    { rule: 'whole value', pattern: { x: [{ 'equals-ignore-case': 'Alice' }] }, yes: x('ALICE'), no: x('alice2', 1) },
  ]);
});

describe('anything-but', () => {
  table([
    { rule: 'string', pattern: { x: [{ 'anything-but': 'a' }] }, yes: x('b', 1, null, true), no: [...x('a'), {}] },
    { rule: 'number', pattern: { x: [{ 'anything-but': 5 }] }, yes: x(6, '5'), no: x(5) },
    { rule: 'strings', pattern: { x: [{ 'anything-but': ['a', 'b'] }] }, yes: x('c'), no: x('a', 'b') },
    { rule: 'numbers', pattern: { x: [{ 'anything-but': [1, 2] }] }, yes: x(3), no: x(1, 2) },
    { rule: 'prefix', pattern: { x: [{ 'anything-but': { prefix: 'in' } }] }, yes: x('out', 'IN'), no: x('init') },
    {
      rule: 'prefixes',
      pattern: { x: [{ 'anything-but': { prefix: ['a', 'b'] } }] },
      yes: x('cab'),
      no: x('ax', 'bx'),
    },
    { rule: 'suffix', pattern: { x: [{ 'anything-but': { suffix: '.t' } }] }, yes: x('a.u'), no: x('a.t') },
    {
      rule: 'suffixes',
      pattern: { x: [{ 'anything-but': { suffix: ['.t', '.u'] } }] },
      yes: x('a.v'),
      no: x('a.t', 'a.u'),
    },
    {
      rule: 'without case',
      pattern: { x: [{ 'anything-but': { 'equals-ignore-case': ['Init', 'Stop'] } }] },
      yes: x('initial'),
      no: x('INIT', 'stop'),
    },
    {
      rule: 'wildcard',
      pattern: { x: [{ 'anything-but': { wildcard: '*/lib/*' } }] },
      yes: x('a/b/c'),
      no: x('a/lib/c'),
    },
    {
      rule: 'wildcards',
      pattern: { x: [{ 'anything-but': { wildcard: ['*/lib/*', '*.bin'] } }] },
      yes: x('a.txt'),
      no: x('a/lib/c', 'a.bin'),
    },
    { rule: 'a field of the topology', pattern: { x: [{ 'anything-but': [''] }] }, yes: x('a'), no: x('') },
  ]);
});

describe('numeric', () => {
  table([
    { rule: '=', pattern: { x: [{ numeric: ['=', 300] }] }, yes: x(300, 3e2), no: x(300.1, '300') },
    { rule: '>', pattern: { x: [{ numeric: ['>', 0] }] }, yes: x(0.000001), no: x(0, -1) },
    { rule: '>=', pattern: { x: [{ numeric: ['>=', 0.6] }] }, yes: x(0.6, 1), no: x(0.59) },
    { rule: '<', pattern: { x: [{ numeric: ['<', 10] }] }, yes: x(9.99, -5), no: x(10) },
    { rule: '<=', pattern: { x: [{ numeric: ['<=', 10] }] }, yes: x(10), no: x(10.01) },
    { rule: 'range', pattern: { x: [{ numeric: ['>', 0, '<=', 5] }] }, yes: x(1, 5), no: x(0, 5.1, null) },
    { rule: 'outside ±5.0e9 nothing matches', pattern: { x: [{ numeric: ['>', 0] }] }, yes: x(5e9), no: x(5.1e9) },
  ]);
});

describe('exists', () => {
  const absent = { detail: { state: [{ exists: false }] } };
  table([
    { rule: 'true', pattern: { x: [{ exists: true }] }, yes: x('a', null, 0, false, ['a']), no: [{}, ...x([])] },
    { rule: 'true asks for a leaf', pattern: { x: [{ exists: true }] }, no: x({ y: 1 }) },
    { rule: 'false', pattern: absent, yes: [{ detail: { other: 1 } }, {}], no: [{ detail: { state: null } }] },
    { rule: 'false sees leaves only (platform §11.5)', pattern: absent, yes: [{ detail: { state: { name: 1 } } }] },
    {
      rule: 'false judges the whole path, over every element',
      pattern: { x: { a: [{ exists: false }] } },
      yes: x([{ b: 1 }], 'text', {}),
      no: x([{ b: 1 }, { a: 1 }]),
    },
    {
      rule: 'false beside a value means absent or that value',
      pattern: { x: [{ exists: false }, 'a'] },
      yes: [{}, ...x('a')],
      no: x('b'),
    },
    {
      rule: 'live rules and replays (platform §11.4)',
      pattern: { 'detail-type': ['MessageReceived'], 'replay-name': [{ exists: false }] },
      yes: [{ 'detail-type': 'MessageReceived' }],
      no: [{ 'detail-type': 'MessageReceived', 'replay-name': 'recovery-1' }],
    },
  ]);
});

describe('wildcard', () => {
  const wildcard = (value: string) => ({ x: [{ wildcard: value }] });
  table([
    { rule: 'in the middle', pattern: wildcard('a*z'), yes: x('az', 'abcz'), no: x('a', 'abc', 'xaz') },
    { rule: 'at both ends', pattern: wildcard('*lib*'), yes: x('lib', 'a/lib/b'), no: x('li', 'LIB') },
    { rule: 'several', pattern: wildcard('a*b*b'), yes: x('abb', 'axbyb'), no: x('ab', 'axb') },
    { rule: 'the ends do not overlap', pattern: wildcard('aba*aba'), yes: x('abaaba'), no: x('aba', 'ababa') },
    { rule: 'none', pattern: wildcard('abc'), yes: x('abc'), no: x('abcd') },
    { rule: 'alone', pattern: wildcard('*'), yes: x('', 'a'), no: x(1, null) },
    { rule: 'escaped star', pattern: wildcard('a\\*b'), yes: x('a*b'), no: x('axb') },
    { rule: 'escaped backslash', pattern: wildcard('a\\\\*'), yes: x('a\\b'), no: x('a*') },
  ]);
});

describe('cidr', () => {
  const cidr = (value: string) => ({ x: [{ cidr: value }] });
  table([
    { rule: 'IPv4', pattern: cidr('10.0.0.0/24'), yes: x('10.0.0.0', '10.0.0.255'), no: x('10.0.1.0', 'ten', 5) },
    { rule: 'every IPv4', pattern: cidr('0.0.0.0/0'), yes: x('203.0.113.9'), no: x('::1', '256.1.1.1') },
    { rule: 'one address', pattern: cidr('192.0.2.7/32'), yes: x('192.0.2.7'), no: x('192.0.2.8') },
    {
      rule: 'IPv6',
      pattern: cidr('2001:db8::/32'),
      yes: x('2001:db8::1', '2001:DB8:1:2:3:4:5:6'),
      no: x('2001:db9::'),
    },
  ]);
});

describe('$or', () => {
  table([
    {
      rule: 'one alternative is enough, beside the other fields',
      pattern: { source: ['s'], $or: [{ a: [1] }, { b: { c: [2] } }] },
      yes: [
        { source: 's', a: 1 },
        { source: 's', b: { c: 2 } },
      ],
      no: [{ source: 's', a: 2 }, { source: 't', a: 1 }, { source: 's' }],
    },
    {
      rule: 'nested, with operators',
      pattern: { detail: { $or: [{ n: [{ numeric: ['>', 5] }] }, { $or: [{ p: [1] }, { q: [{ exists: false }] }] }] } },
      yes: [{ detail: { n: 6, q: 1 } }, { detail: { n: 1, p: 1, q: 1 } }, { detail: { n: 1 } }],
      no: [{ detail: { n: 1, p: 2, q: 1 } }],
    },
    {
      rule: 'inside one array element',
      pattern: { x: { k: ['v'], $or: [{ a: [1] }, { b: [1] }] } },
      yes: x([{ k: 'v', b: 1 }]),
      no: x([{ k: 'v' }, { b: 1 }]),
    },
    {
      rule: 'an alternative that uses an operator name makes it a field',
      pattern: { $or: ['plain', 'other'] },
      yes: [{ $or: 'plain' }],
      no: [{}],
    },
  ]);
});

describe('what is refused', () => {
  it.each([
    { why: 'no object', pattern: [] },
    { why: 'an empty pattern', pattern: {} },
    { why: 'an empty object inside', pattern: { detail: {} } },
    { why: 'a value without its array', pattern: { source: 'a' } },
    { why: 'an empty array', pattern: { source: [] } },
    { why: 'an array in an array', pattern: { source: [['a']] } },
    { why: 'an unknown operator', pattern: { source: [{ regex: '.*' }] } },
    { why: 'an empty match expression', pattern: { source: [{}] } },
    { why: 'two operators in one object', pattern: { source: [{ prefix: 'a', suffix: 'b' }] } },
    { why: 'a prefix that is no string', pattern: { source: [{ prefix: 5 }] } },
    { why: 'another operator inside prefix', pattern: { source: [{ prefix: { wildcard: '*' } }] } },
    { why: 'an exists that is no boolean', pattern: { source: [{ exists: 'yes' }] } },
    { why: 'mixed types in anything-but', pattern: { source: [{ 'anything-but': ['a', 1] }] } },
    { why: 'null in anything-but', pattern: { source: [{ 'anything-but': [null] }] } },
    { why: 'an empty anything-but list', pattern: { source: [{ 'anything-but': [] }] } },
    { why: 'an empty prefix in anything-but', pattern: { source: [{ 'anything-but': { prefix: '' } }] } },
    { why: 'numeric in anything-but', pattern: { source: [{ 'anything-but': { numeric: ['=', 1] } }] } },
    { why: 'an unknown numeric operator', pattern: { source: [{ numeric: ['!=', 1] }] } },
    { why: 'a numeric without a bound', pattern: { source: [{ numeric: ['>'] }] } },
    { why: 'a range the wrong way round', pattern: { source: [{ numeric: ['<', 5, '>', 0] }] } },
    { why: 'an empty range', pattern: { source: [{ numeric: ['>', 5, '<', 5] }] } },
    { why: 'a bound above 5.0e9', pattern: { source: [{ numeric: ['>', 6e9] }] } },
    { why: 'consecutive wildcards', pattern: { source: [{ wildcard: 'a**b' }] } },
    { why: 'an unknown escape', pattern: { source: [{ wildcard: 'a\\b' }] } },
    { why: 'a malformed CIDR', pattern: { source: [{ cidr: '10.0.0.0/33' }] } },
    { why: 'an IPv6 CIDR with too many groups', pattern: { source: [{ cidr: '1:2:3:4:5:6:7:8:9/64' }] } },
    { why: 'an $or with an empty alternative', pattern: { $or: [{ a: [1] }, {}] } },
    { why: 'an $or of one', pattern: { $or: [{ a: [1] }] } },
  ])('$why', ({ pattern }) => {
    expect(() => validatePattern(JSON.stringify(pattern))).toThrowError(
      expect.objectContaining({ type: 'InvalidEventPatternException' }),
    );
  });

  it('text that is no JSON, without quoting it', () => {
    expect(() => validatePattern('{"source": secret')).toThrowError(/^((?!secret).)*$/);
  });

  it('more than 1,000 combinations of $or', () => {
    const or = (key: string, alternatives: number) => ({
      [key]: { $or: Array.from({ length: alternatives }, (_, index) => ({ f: [index] })) },
    });
    expect(() => compilePattern({ ...or('a', 10), ...or('b', 10), ...or('c', 10) })).not.toThrow();
    expect(() => compilePattern({ ...or('a', 10), ...or('b', 10), ...or('c', 11) })).toThrow();
  });
});
