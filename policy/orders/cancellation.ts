/** Whether an order was called off, by any field that tells of it. */
import { booleanOf, instantOf, isBlank, type RawRecord } from './raw-order.ts';

const TIMES = ['cancelledAt', 'cancelled_at', 'canceledAt', 'canceled_at'] as const;
const FLAGS = ['cancelled', 'isCancelled', 'is_cancelled', 'canceled', 'isCanceled', 'is_canceled'] as const;

/**
 * A time of cancelling tells of one also where it cannot be read (a bare date, seconds, `true`): silence about an order that
 * stands costs less than an answer about one that does not. `undefined` where no field says anything.
 */
export function wasCancelled(order: RawRecord): boolean | undefined {
  const told = [
    ...TIMES.map((name) => order[name])
      .filter((value) => !isBlank(value))
      .map((value) => booleanOf(value) !== false),
    ...FLAGS.flatMap((name) => booleanOf(order[name]) ?? []),
  ];
  return told.length === 0 ? undefined : told.includes(true);
}

/** When it was, RFC 3339, as far as a field can be read. */
export function cancelledAtOf(order: RawRecord): string | undefined {
  return TIMES.map((name) => instantOf(order[name])).find((instant) => instant !== undefined);
}
