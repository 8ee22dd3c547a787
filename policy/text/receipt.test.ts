import { describe, expect, it } from 'vitest';
import { deniesReceipt } from './receipt.ts';

describe('deniesReceipt (replies §2.5, S7 and S8)', () => {
  it.each([
    'I have not received it',
    'it never came',
    'my parcel was stolen',
    "I didn't get it",
    'did not get anything',
    'I havent recieved my order',
    'says delivered but nothing here',
    'the porch is empty',
    'it is not here',
    'never arrived',
    'I can’t find the package anywhere',
    'left at the wrong house',
    'no package in sight',
    'somebody took it off my porch',
    'delivered?? where is it if it was delivered',
    'dice entregado pero no he recibido nada',
    'nunca llegó',
    'didnt recive it',
    'the parcel is missing',
    'it hasn’t shown up',
    'n0t rece1ved',
    'I have not\nreceived it',
    'it says delivered. Nothing. Arrived it has not.',
    'it was stoken',
  ])('denies: %s', (text) => {
    expect(deniesReceipt(text)).toBe(true);
  });

  it.each([
    'where is my order',
    'when will it arrive?',
    'any update on my parcel',
    'has it shipped yet?',
    'could you send the tracking link',
    'I got it, thank you!',
    'what does "delivered" mean on the tracking page?',
    "I haven't got a reply to my last email",
    '¿cuándo llega mi pedido?',
    'it was thift',
  ])('does not deny: %s', (text) => {
    expect(deniesReceipt(text)).toBe(false);
  });
});
