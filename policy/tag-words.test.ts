import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { randomFrom, randomInput } from './random-input.testing.ts';
import { DECISION_TAGS, ORDER_AND_REPLY_TAGS } from './tag-words.ts';

describe('the tags of decisions', () => {
  it('are all in the closed lists, and all of the lists come up', () => {
    // The tag of a team that is missing comes up a few times in 10,000 inputs at most.
    const random = randomFrom(7);
    const written = new Set(Array.from({ length: 8_000 }, () => decide(randomInput(random)).tags).flat());
    const ofLists = [...written].filter(
      (tag) => !/^(route-|mw-(intent|secondary)-|mw-order-lookup-missing:)/.test(tag),
    );
    expect(ofLists.sort()).toEqual([...DECISION_TAGS, ...ORDER_AND_REPLY_TAGS].sort());
  });
});
