import { describe, expect, it } from 'vitest';
import { LIMITS } from './limits.ts';

const row = (name: string, value: number, n: number, of?: string) => ({
  ...{ name, unit: '', value, n, node: '24.0.0', cores: 2 },
  ...(of !== undefined && { of }),
});
const ack = (slow: number, fast: number) => [row('ack', slow, 1_200, '20/s'), row('ack', fast, 3_000, '50/s')];
const memory = (half: number, full: number) => [
  row('memory', half, 10, '10000 messages'),
  row('memory', full, 10, '20000 messages'),
];

const cost = (requests: number) => [
  row('cost', requests, 700, 'requests'),
  row('cost', 1, 700, 'compute'),
  row('cost', 1, 700, 'logs and traces'),
  row('cost', 1, 700, 'kept'),
];

describe('limits of the issues', () => {
  it.each([
    ['throughput', [row('throughput', 40, 2_000)], true],
    ['throughput', [row('throughput', 39.9, 2_000)], false],
    ['throughput', [row('throughput', 90, 1_999)], false],
    ['ack', ack(25, 100), true],
    ['ack', ack(25.1, 100), false],
    ['ack', ack(25, 100.1), false],
    ['ack', [row('ack', 1, 1_199, '20/s'), row('ack', 1, 3_000, '50/s')], false],
    ['start', [row('start', 4_000, 3)], true],
    ['start', [row('start', 4_001, 3)], false],
    ['memory', memory(1_000, 1_024), true],
    ['memory', memory(1_000, 1_025), false],
    ['memory', memory(500, 525), false],
    ['cost', cost(0.03), true],
    ['cost', cost(0.0301), false],
  ] as const)('%s %j → held: %s', (name, rows, isHeld) => {
    expect(LIMITS[name]?.judge(rows).isHeld).toBe(isHeld);
  });
});
