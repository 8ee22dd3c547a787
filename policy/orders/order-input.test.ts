import { expect, it } from 'vitest';
import { notMatchedInput } from './order-input.ts';

const NOTHING_KNOWN = {
  matchMethod: null,
  contextComplete: false,
  labels: null,
  factsFetchedAt: null,
  contextExpiresAt: null,
};

it('an order of which too little is known was found, and its number is not asked for', () => {
  expect(
    notMatchedInput({
      reason: 'missing_context',
      missingFields: ['created_at'],
      reasonCodes: ['missing_order_context'],
    }),
  ).toEqual({
    ...NOTHING_KNOWN,
    deterministicMatch: 'true',
    matchCount: 1,
    notMatchedReason: 'missing_context',
    missingFields: ['created_at'],
    contextReasonCodes: ['missing_order_context'],
  });
});

it.each(['unlinked', 'multiple'] as const)('%s: no order was found', (reason) => {
  expect(notMatchedInput({ reason, missingFields: [], reasonCodes: [] })).toEqual({
    ...NOTHING_KNOWN,
    deterministicMatch: 'false',
    matchCount: 0,
    notMatchedReason: reason,
    missingFields: [],
    contextReasonCodes: [],
  });
});
