import { describe, expect, it } from 'vitest';
import { shippedPrices } from '../../config/cost/prices.ts';
import { added, billOf, quantitiesOf, scaled, serviceOf, usdOf } from './bill.ts';

const NO_BYTES = { logs: 0, archived: 0, archive_byte_days: 0, table_byte_days: 0 };

describe('a bill', () => {
  it('reckons units where units are paid for, and requests elsewhere', () => {
    const quantities = quantitiesOf({
      operations: {
        'dynamodb.PutItem idempotency evt:rp': [2, 7],
        'dynamodb.GetItem vault': [3, 3.5],
        'eventbridge.PutEvents MessageReceived': [1, 2],
        'sqs.SendMessage classify-later': [1, 1],
        'secrets.GetSecretValue hash_salt': [2, 2],
        'http.Webhook': [1, 1],
        'lambda.Invoke classify': [4, 4],
      },
      bytes: NO_BYTES,
    });
    expect(quantities).toMatchObject({
      'dynamodb.write_unit': 7,
      'dynamodb.read_unit': 3.5,
      'eventbridge.event': 2,
      'sqs.request': 1,
      'secrets.request': 2,
      'kms.request': 2,
      'apigateway.request': 1,
      'waf.request': 1,
      'lambda.request': 4,
      'xray.trace': 0.2,
    });
    // Lambda's own three lines for each of four invocations.
    expect(quantities['cloudwatch.log_gb']).toBe((4 * 350) / 1024 ** 3);
  });

  it('keeps what is stored for as long as it stays', () => {
    const quantities = quantitiesOf({
      operations: {},
      bytes: { ...NO_BYTES, archived: 1024 ** 3, table_byte_days: 30 * 1024 ** 3 },
    });
    expect(quantities).toMatchObject({
      'eventbridge.archived_gb': 1,
      'dynamodb.gb_month': 1,
      'dynamodb.recovery_gb_month': 1,
    });
  });

  it('lets no operation pass for free that it does not know', () => {
    expect(() => quantitiesOf({ operations: { 'kinesis.PutRecord x': [1, 1] }, bytes: NO_BYTES })).toThrow(
      'no price for kinesis.PutRecord x',
    );
  });

  it('adds up by kind and by service', () => {
    const quantities = added(
      { 'dynamodb.write_unit': 600_000 },
      scaled({ 'dynamodb.write_unit': 200_000, 'lambda.gb_second': 1 }, 2),
    );
    const lines = billOf(quantities, shippedPrices());
    expect(usdOf(lines, 'requests')).toBeCloseTo(0.625, 10);
    expect(usdOf(lines, 'compute')).toBeCloseTo(0.0000266668, 12);
    expect(usdOf(lines)).toBeCloseTo(0.6250266668, 10);
    expect(lines.map(({ meter }) => serviceOf(meter))).toEqual(['dynamodb', 'lambda']);
  });
});
