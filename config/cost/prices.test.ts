import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { METERS, parsePrices, shippedPrices } from './prices.ts';

const text = readFileSync(join(import.meta.dirname, 'prices.yaml'), 'utf8');
const errorsOf = (broken: string) => {
  const read = parsePrices(broken);
  return read.ok ? [] : read.errors.map(({ line, key }) => [line, key]);
};

describe('the price table', () => {
  it('has every meter, a unit and a public page each, and the day', () => {
    const { taken, region, prices } = shippedPrices();
    expect(Object.keys(prices).toSorted()).toEqual([...METERS].toSorted());
    expect([taken, region]).toEqual(['2026-11-26', 'us-east-2']);
  });

  it('has the figures of platform §5.13 where that page names them', () => {
    const { prices } = shippedPrices();
    // 4.5 GB-s are $0.00006, 4.5 events $0.000005, 9 requests $0.000002; 18 writes and 10 reads $0.000013.
    expect((prices['lambda.gb_second'].usd * 4.5).toFixed(5)).toBe('0.00006');
    expect(((prices['eventbridge.event'].usd / 1e6) * 4.5).toFixed(6)).toBe('0.000005');
    expect(((prices['lambda.request'].usd / 1e6) * 9).toFixed(6)).toBe('0.000002');
    expect(((18 * prices['dynamodb.write_unit'].usd + 10 * prices['dynamodb.read_unit'].usd) / 1e6).toFixed(6)).toBe(
      '0.000013',
    );
  });

  const line = (words: string): number => text.split('\n').findIndex((one) => one.includes(words)) + 1;
  const start = line('  sqs.request:');
  it.each([
    [
      'a price that is none',
      text.replace('sqs.request:\n    usd: 0.4\n', 'sqs.request:\n    usd: -1\n'),
      [[start + 1, 'prices.sqs.request.usd']],
    ],
    [
      'a page that is none',
      text.replace('https://aws.amazon.com/sqs/pricing/', 'somewhere'),
      [[line('aws.amazon.com/sqs'), 'prices.sqs.request.source']],
    ],
    ['a day that is none', text.replace('"2026-11-26"', '"2026-02-30"'), [[expect.any(Number), 'taken']]],
    [
      'a meter that nobody counts',
      text.replace('sqs.request:', 'sqs.answer:'),
      expect.arrayContaining([[start, 'prices.sqs.answer']]),
    ],
  ])('refuses %s, with its line', (_, broken, errors) => {
    expect(broken).not.toBe(text);
    expect(errorsOf(broken)).toEqual(errors);
  });
});
