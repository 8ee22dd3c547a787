import { describe, expect, it } from 'vitest';
import { normalised } from './fixtures/orders.ts';
import { evidenceIn, isProven, type Told } from './proof.ts';

const SENDER = 'nora.field@example.test';
const told = (text: string | readonly string[], about: Partial<Told> = {}) =>
  evidenceIn({ channel: 'email', senderEmail: SENDER, texts: typeof text === 'string' ? [text] : text, ...about });
const chat = (text: string | readonly string[]) => told(text, { channel: 'livechat', senderEmail: null });

describe('what a customer may prove an order with (replies §2.2, M2 and M3)', () => {
  it.each([
    [
      'in e-mail the sender’s address counts',
      'Where is my order #1043?',
      { number: '1043', email: SENDER, phone: null },
    ],
    ['a number with store prefix', 'Where is order AB-1043?', { number: '1043', email: SENDER, phone: null }],
    [
      'the sender’s own address, typed',
      'order 1043, Nora.Field@Example.test',
      { number: '1043', email: SENDER, phone: null },
    ],
    [
      'a phone number beside it',
      'order 1043, my phone is (801) 555-0142',
      { number: '1043', email: SENDER, phone: '+18015550142' },
    ],
    ['another address than the sender’s is insufficient in e-mail', 'order 1043, other@example.test', null],
    ['also beside the sender’s own', `order 1043, ${SENDER} or other@example.test`, null],
    ['two numbers', 'orders 1043 and 1044', null],
    ['no number', 'Where is my order?', null],
  ])('%s', (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it.each([
    ['number and address', 'order #1043, nora.field@example.test', { number: '1043', email: SENDER, phone: null }],
    [
      'bare, as an answer to our question',
      '1043 Nora.Field@example.test',
      { number: '1043', email: SENDER, phone: null },
    ],
    ['a phone number', '#1043, +1 801 555 0142', { number: '1043', email: null, phone: '+18015550142' }],
    ['a phone number is no order number', '801-555-0142', null],
    ['a number alone is never evidence', 'order #1043', null],
    ['an address alone is never evidence', SENDER, null],
    ['two addresses', `#1043 ${SENDER} other@example.test`, null],
    [
      'dots and plus-tags stay',
      '#1043 norafield+x@example.test',
      { number: '1043', email: 'norafield+x@example.test', phone: null },
    ],
  ])('in a chat: %s', (_, text, expected) => {
    expect(chat(text)).toEqual(expected);
  });

  it.each([
    ['what was told in several messages together', [SENDER, 'my order is 1043'], '1043'],
    ['the number that was told last', [`sorry, it is #1044, ${SENDER}`, `my order is #1043, ${SENDER}`], '1044'],
  ])('reads %s', (_, newestFirst, number) => {
    expect(chat(newestFirst)).toEqual({ number, email: SENDER, phone: null });
  });

  it('believes no profile of a chat', () => {
    expect(told('order #1043', { channel: 'livechat' })).toBeNull();
  });

  it.each(['social', 'tiktok', 'phone', 'unknown'] as const)('takes nothing in %s', (channel) => {
    expect(told(`order 1043 ${SENDER}`, { channel })).toBeNull();
  });

  it.each(['x'.repeat(60_000), '@'.repeat(60_000), '1043 '.repeat(20_000), '+1'.repeat(30_000)])(
    'is quick about anything (%#)',
    (text) => {
      const began = performance.now();
      told(text);
      expect(performance.now() - began).toBeLessThan(1000);
    },
  );
});

describe('whether an order answers to it', () => {
  const order = normalised({ phone: '(801) 555-0142' });
  it.each([
    ['number and address', { number: '1043', email: SENDER, phone: null }, true],
    ['number and phone', { number: '1043', email: 'other@example.test', phone: '+18015550142' }, true],
    ['another address', { number: '1043', email: 'other@example.test', phone: null }, false],
    ['a similar address', { number: '1043', email: 'norafield@example.test', phone: null }, false],
    ['another phone', { number: '1043', email: null, phone: '+18015550143' }, false],
    ['another number', { number: '104', email: SENDER, phone: null }, false],
  ])('%s', (_, evidence, expected) => {
    expect(isProven(order, evidence)).toBe(expected);
  });

  it.each([
    ['a prefix of the store', { orderName: 'AB-1043' }, true],
    ['an internal id is no order name', { orderName: '#2043', orderId: '1043' }, false],
    ['no name', { orderName: null, name: null }, false],
    ['no contact', { email: null }, false],
    ['a contact of another type', { email: { address: SENDER } }, false],
  ])('an order with %s', (_, changes, expected) => {
    expect(isProven(normalised(changes), { number: '1043', email: SENDER, phone: null })).toBe(expected);
  });
});
