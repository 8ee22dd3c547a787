import { describe, expect, it } from 'vitest';
import { extractFeatures } from './features.ts';
import { findOrderNumbers, namedOrderNumbers, normaliseOrderNumber } from './order-numbers.ts';

describe('namedOrderNumbers (replies §2.2, row 4)', () => {
  it.each([
    ['where is order #20417?', ['20417']],
    ['order number: 55213 please', ['55213']],
    ['my order no. 1042 and #1043', ['1042', '1043']],
    ['orders 1001, 1002 and 1003', ['1001', '1002', '1003']],
    ['it is #AB-10042', ['10042']],
    ['Order ID SH1042', ['1042']],
    ['mi pedido 88120', ['88120']],
    ['ORDER 1042, again order 1042', ['1042']],
    ['order 30412 before it ships', ['30412']],
    ['I want to order 500 ml of lavender', []],
    ['call me on 555-010-4477', []],
    ['tracking 9400111899223100001234', []],
    ['I ordered 2 on 11/03/2025', []],
    ['order on 2025-11-03', []],
    ['flat #12', []],
    ['order placed at 10:30', []],
    ['', []],
  ])('%s → %j', (text, expected) => {
    expect(namedOrderNumbers(text)).toEqual(expected);
  });

  it.each([
    ['orders 1001 or 1002', ['1001', '1002']],
    ['pedidos 1001 y 1002', ['1001', '1002']],
    ['orders 1001 & 1002 + 1003 / 1004', ['1001', '1002', '1003', '1004']],
    ['order 12', []],
    ['order 123', ['123']],
    ['order 123456789', ['123456789']],
    ['order 1234567890', []],
    ['order ABCDE-1042', ['1042']],
    ['order 1042 bottles', []],
    ['order 20%', []],
    ['#500 units', []],
  ])('%s → %j', (text, expected) => {
    expect(namedOrderNumbers(text)).toEqual(expected);
  });

  it('says where each stands, the sign before it included', () => {
    expect(findOrderNumbers('#1042')).toEqual([{ start: 0, end: 5, number: '1042' }]);
    expect(findOrderNumbers('is # 1042 here')).toEqual([{ start: 3, end: 9, number: '1042' }]);
    expect(findOrderNumbers('#1042 and order 1043')).toEqual([
      { start: 0, end: 5, number: '1042' },
      { start: 16, end: 20, number: '1043' },
    ]);
    expect(findOrderNumbers('order 1042')).toEqual([{ start: 6, end: 10, number: '1042' }]);
  });

  it('looks twenty characters on for a unit and forty for a second number', () => {
    const blanks = (count: number) => ' '.repeat(count);
    expect(namedOrderNumbers(`order 500${blanks(18)}ml`)).toEqual([]);
    expect(namedOrderNumbers(`order 500${blanks(19)}ml`)).toEqual(['500']);
    expect(namedOrderNumbers(`order 1001,${blanks(36)}100`)).toEqual(['1001', '100']);
    expect(namedOrderNumbers(`order 1001,${blanks(37)}100`)).toEqual(['1001']);
    expect(namedOrderNumbers(`order 1001, 1002,${blanks(36)}100`)).toEqual(['1001', '1002', '100']);
    expect(namedOrderNumbers(`order 1001, 1002,${blanks(37)}100`)).toEqual(['1001', '1002']);
  });

  it('normalises as replies §2.2 says', () => {
    expect(normaliseOrderNumber(' #sh-1042 ')).toBe('1042');
    expect(normaliseOrderNumber('1042')).toBe('1042');
    expect(normaliseOrderNumber('1042a')).toBe('1042A');
  });
});

describe('extractFeatures (decisions §3.2)', () => {
  const context = { carrierHosts: ['www.ups.com'] };
  const none = {
    has_order_number: false,
    has_email: false,
    has_phone: false,
    has_tracking_number: false,
    has_attachments: false,
  };
  it.each([
    { text: 'where is my order', expected: none },
    { text: 'order #20417', expected: { ...none, has_order_number: true } },
    { text: 'write to ana@shop.example', expected: { ...none, has_email: true } },
    { text: 'ring (555) 010-4477 please', expected: { ...none, has_phone: true } },
    { text: '+34 600 000 000 1', expected: { ...none, has_phone: true } },
    { text: 'call 5550104477', expected: { ...none, has_phone: true } },
    { text: 'call 15550104477', expected: { ...none, has_phone: true } },
    { text: 'call 555-010-447', expected: none },
    { text: '+12345678901234', expected: { ...none, has_phone: true } },
    { text: 'write to 5550104477@shop.example', expected: { ...none, has_email: true } },
    { text: '1Z999AA10123456784', expected: { ...none, has_tracking_number: true } },
    { text: 'tracking number is 794612345678', expected: { ...none, has_tracking_number: true } },
    { text: 'tracking information please', expected: none },
    { text: 'https://www.ups.com/track?n=1', expected: { ...none, has_tracking_number: true } },
    { text: '1Z 999 AA1 01 2345 6784', expected: { ...none, has_tracking_number: true } },
    { text: 'jane (at) gmail (dot) com', expected: { ...none, has_email: true } },
    { text: 'cell5551234567', expected: { ...none, has_phone: true } },
    { text: 'card 4111 1111 1111 1111', expected: none },
    { text: 'somebody wrote [PHONE] and [EMAIL] here', expected: none },
    { text: 'in 2025 I paid 49.90', expected: none },
  ])('$text', ({ text, expected }) => {
    expect(extractFeatures(text, 0, context)).toEqual(expected);
  });

  it('counts attachments', () => {
    expect(extractFeatures('', 2, context).has_attachments).toBe(true);
    expect(extractFeatures('', 1, context).has_attachments).toBe(true);
  });

  it.each(['1 ', 'a@', 'order #', '1-(', 'a.', 'tracking '])('reads 32,000 times %j to the end', (part) => {
    expect(extractFeatures(part.repeat(32_000), 1, context).has_attachments).toBe(true);
  });
});
