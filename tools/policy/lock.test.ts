import { describe, expect, it } from 'vitest';
import { lockOf, unversioned } from './lock.ts';
import { contentHash, PARTS, type Part } from './parts.ts';

const part = (version: string, content: unknown): Part => ({ version, versionIn: 'A_VERSION in a.ts', content });

describe('the lock of the policy’s parts', () => {
  it('a change of content without another version is refused, with the cure', () => {
    const locked = lockOf({ gates: part('1.0.0', ['a', 'b']), tags: part('1.0.0', ['c']) });
    expect(unversioned({ gates: part('1.0.0', ['b', 'a']), tags: part('1.0.0', ['c']) }, locked)).toEqual([
      'gates changed under version 1.0.0: raise A_VERSION in a.ts',
    ]);
  });

  it('another version, the same content, and a new part are no objection', () => {
    const locked = lockOf({ gates: part('1.0.0', ['a']) });
    expect(unversioned({ gates: part('1.1.0', ['b']) }, locked)).toEqual([]);
    expect(unversioned({ gates: part('1.0.0', ['a']), tags: part('1.0.0', []) }, locked)).toEqual([]);
  });

  it('the hash depends on the order of a list and of no record, however deep', () => {
    expect(contentHash({ a: [{ x: 1, y: 2 }], b: null })).toBe(contentHash({ b: null, a: [{ y: 2, x: 1 }] }));
    expect(contentHash([1, 2])).not.toBe(contentHash([2, 1]));
    expect(contentHash({ a: 1 })).not.toBe(contentHash({ b: 1 }));
  });

  it.each(Object.entries(PARTS))('%s survives JSON, so that its hash sees all of it', (_name, { content }) => {
    expect(JSON.parse(JSON.stringify(content))).toEqual(content);
  });

  it('every number, team and code is in a part: a change anywhere changes a hash', () => {
    const texts = Object.values(PARTS).map(({ content }) => JSON.stringify(content));
    for (const word of [
      '"route":0.6',
      'Returns Admin',
      'mw-uncertain',
      'tier0_always_handoff',
      '"G34"',
      '"tier2Ms":3300000',
    ]) {
      expect(
        texts.some((text) => text.includes(word)),
        word,
      ).toBe(true);
    }
  });
});
