import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { randomFrom, randomInput } from './random-input.testing.ts';
import { DECISION_TAGS, ORDER_AND_REPLY_TAGS } from './tag-words.ts';

describe('the tags of decisions', () => {
  it('are all in the closed lists, and all of the lists come up', () => {
    const random = randomFrom(6);
    const written = new Set(Array.from({ length: 3_000 }, () => decide(randomInput(random)).tags).flat());
    const ofLists = [...written].filter(
      (tag) => !/^(route-|mw-(intent|secondary)-|mw-order-lookup-missing:)/.test(tag),
    );
    expect(ofLists.sort()).toEqual([...DECISION_TAGS, ...ORDER_AND_REPLY_TAGS].sort());
  });
});
