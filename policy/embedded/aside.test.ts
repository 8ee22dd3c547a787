import { describe, expect, it } from 'vitest';
import { plainCopy } from '../text/normalise.ts';
import { isAside } from './aside.ts';

const aside = (text: string) => isAside(plainCopy(text));

describe('an aside', () => {
  it.each([
    ['rating', '4 stars, I guess'],
    ['rating', 'Three stars from me.'],
    ['rating', '8/10'],
    ['rating', 'I would say nine out of ten'],
    ['rating', 'cinco estrellas'],
    ['review', 'Where do I leave a rating?'],
    ['review', 'I already filled in your survey yesterday'],
    ['mailing list', 'Please use my work email for the newsletter from now on'],
    ['mailing list', 'My first name is spelt wrong in the mailings'],
    ['mailing list', 'How do I get on the mailing list?'],
    ['signing in', 'I forgot my password and the link goes to an old inbox'],
    ['signing in', 'The log-in code does not arrive'],
    ['job', 'Do you have any vacancies in the workshop?'],
    ['elsewhere', 'Can you put my gym membership on hold'],
    ['elsewhere', 'how much are tickets for the museum'],
    ['opener', 'Hi, is this the right address?'],
    ['opener', 'not sure if I am in the right place'],
    ['half an answer', 'no, the first one'],
    ['half an answer', 'yes that one please'],
    ['half an answer', 'not those'],
    ['half an answer', 'sí, la otra'],
  ])('%s: %s', (_kind, text) => {
    expect(aside(text)).toBe(true);
  });

  it.each([
    ['a rating that complains', 'One star, the vase came broken'],
    ['a rating that asks', '2 stars until I get my refund'],
    ['a story that holds a rating', `Five stars so far. ${'It works and it is fine and I like it. '.repeat(3)}`],
    ['a swapped item', 'you sent the other one, I ordered blue'],
    ['a wish for the other one', 'can I have the other one'],
    ['the wrong one', 'wrong one'],
    ['an order address', 'change my email address on the order'],
    ['an address', 'I need to change my address, we moved'],
    ['a code of the newsletter', 'the code from your newsletter is refused'],
    ['a plan beside the newsletter', 'Keep the newsletter, end my subscription'],
    ['a partner', 'I would like to write a review of your lamp on my blog'],
    ['a partner', 'Would you sponsor my newsletter?'],
    ['a password and an order', 'I forgot my password, where is my parcel?'],
    ['a place and a wish', 'Is this the right place to ask for a refund?'],
    ['no words', '👍'],
    ['assent without pointing', 'yes please'],
    ['a letter', `How do I reset my password? ${'It is a long story. '.repeat(15)}`],
  ])('is not %s: %s', (_kind, text) => {
    expect(aside(text)).toBe(false);
  });
});
