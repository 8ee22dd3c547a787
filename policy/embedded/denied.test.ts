import { describe, expect, it } from 'vitest';
import { withoutDenied } from './denied.ts';

const left = (text: string): string => withoutDenied(text).replaceAll(/\s+/g, ' ').trim();

describe('withoutDenied', () => {
  it.each([
    ['do not cancel my order, just tell me when it ships', ', just tell me when it ships'],
    ["Please don't send a replacement, money back", ', money back'],
    ['please dont exchange it i want the blue one', 'i want the blue one'],
    ["I don't want a refund, I want my parcel", ', I want my parcel'],
    ['i never asked to cancel anything', ''],
    ['No need to return it, it works now', ', it works now'],
    ['no need for a refund. where is it', '. where is it'],
    ['no need of a refund. where is it', '. where is it'],
    ['I am not asking for a replacement, only for the manual', ', only for the manual'],
    ["I'm here. Not damaged, all good", "I'm here. , all good"],
    ['it is not broken', 'it'],
    ['nothing was missing this time', ''],
    ['No quiero cancelar, solo saber cuándo llega', ', solo saber cuándo llega'],
    ['por favor no cancelen mi pedido, gracias', 'por favor , gracias'],
  ])('%s', (text, rest) => {
    expect(left(text)).toBe(rest);
  });

  it.each([
    'you did not cancel my order',
    'why did you not refund me',
    'I never got my refund',
    'they did not send a replacement',
    "I don't want it any more",
    "I can't return it, the label does not print",
    'it does not work',
    'you do not return my calls',
    'I did not get a refund',
    'it arrived broken, not what I paid for',
    'cancel it',
    'no me han devuelto el dinero',
  ])('leaves a complaint or a wish: %s', (text) => {
    expect(withoutDenied(text)).toBe(text);
  });

  it('reads a long text in time', () => {
    const text = `${"don't want ".repeat(20_000)}${'not really '.repeat(20_000)}`;
    expect(withoutDenied(text)).toBe(text);
  });
});
