import { describe, expect, it } from 'vitest';
import { asksSomethingElse } from './questions.ts';

describe('a second, unrelated question (decisions §4)', () => {
  it.each([
    'Where is my order? Also, do you have a store in Springfield?',
    'Any news on my parcel? And can your lamps be used outdoors in the rain?',
    'Are you open today?',
    'Does the red mug chip?',
    'Hi. Do you sell mugs? Where is my order?',
    'Where is my order? Do you sell mugs? Thanks.',
    'Order 10442.\nDo you sell mugs?',
    'Where is my order; do you sell mugs?',
    'Can I get a refund?',
    'Will the vase crack in the sun?',
    'Is the mug safe in an oven? If not, please tell my sister.',
    'Do you sell chanse cards?',
    'Can you chexk the size?',
    'Has it shipped yet? By the way, which payment cards do you take?',
  ])('is heard in: %s', (text) => {
    expect(asksSomethingElse(text)).toBe(true);
  });

  it('is one though another sentence holds an everyday word', () => {
    expect(asksSomethingElse('Do you sell any mugs? I would like an update.')).toBe(true);
    expect(asksSomethingElse('I sell mugs. Any chance of an update today?')).toBe(false);
  });

  it.each([
    'Where is my order?',
    'Hi, where is my order? Can you check please?',
    'My parcel is late. What is going on? Any idea when it comes?',
    'Has it shipped? Could you tell me when it will arrive?',
    'Where is it',
    'Are you open?',
    '',
    '????',
    'Do you sell mugs. I wonder',
    'Can somebody at all help?',
    'And what about Monday then?',
    'When will the mugs finally arrive?',
    'Is this really normal?',
    'What can one do now?',
    'Can you adwise on this?',
    'C@n y0u ch3ck th1s ?',
  ])('is not made out of an order question: %s', (text) => {
    expect(asksSomethingElse(text)).toBe(false);
  });
});
