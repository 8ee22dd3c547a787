/** What the opening and the closing of a breaker share. */
import * as v from 'valibot';
import { Code, Confidence, Instant, Vendor } from './fields.ts';

export const CIRCUIT_PRODUCERS = [
  'classify',
  'order-lookup',
  'verify',
  'responder-route',
  'responder-reply',
  'responder-settle',
  'reconciler',
  'sweeper',
] as const;

export const CircuitFields = {
  vendor: Vendor,
  operationClass: Code,
  errorRate: Confidence,
  openUntil: v.nullable(Instant),
} as const;
