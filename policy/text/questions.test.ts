import { describe, expect, it } from 'vitest';
import { asksSomethingElse } from './questions.ts';

describe('a second, unrelated question (decisions §4)', () => {
  it.each([
    'Where is my order? Also, do you have a store in Springfield?',
    'Any news on my parcel? And can your lamps be used outdoors in the rain?',
    'Has it shipped yet? By the way, which payment cards do you take?',
  ])('is heard in: %s', (text) => {
    expect(asksSomethingElse(text)).toBe(true);
  });

  it.each([
    'Where is my order?',
    'Hi, where is my order? Can you check please?',
    'My parcel is late. What is going on? Any idea when it comes?',
    'Has it shipped? Could you tell me when it will arrive?',
    'Where is it',
  ])('is not made out of an order question: %s', (text) => {
    expect(asksSomethingElse(text)).toBe(false);
  });
});
