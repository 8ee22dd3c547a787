/** What issue 4 asks of `npm run bench`, on two cores with durable state, and issue 9 of `cost`. */
import type { BenchRow } from '../../bench/row.ts';

export type Limit = {
  /** What is measured, as arguments of `npm run bench`. */
  readonly args: readonly string[];
  /** The figure in words, and whether it is held. */
  readonly judge: (rows: readonly BenchRow[]) => { readonly figure: string; readonly isHeld: boolean };
};

const ACK_SECONDS = 60;
const MEMORY_MESSAGES = 20_000;
/** For a thousand messages (issue 9). */
const MOST_USD_FOR_REQUESTS = 0.03;

export const LIMITS: Readonly<Record<string, Limit>> = {
  throughput: {
    args: ['throughput'],
    judge(rows) {
      const { value, n } = rowOf(rows, 'throughput');
      return { figure: `${value} messages/s over ${n} messages`, isHeld: value >= 40 && n >= 2_000 };
    },
  },
  ack: {
    args: ['ack', '--seconds', String(ACK_SECONDS)],
    judge(rows) {
      const slow = rowOf(rows, 'ack', '20/s');
      const fast = rowOf(rows, 'ack', '50/s');
      const isWhole = slow.n === 20 * ACK_SECONDS && fast.n === 50 * ACK_SECONDS;
      return {
        figure: `p99 ${slow.value} ms at 20/s, ${fast.value} ms at 50/s, ${ACK_SECONDS} s each`,
        isHeld: isWhole && slow.value <= 25 && fast.value <= 100,
      };
    },
  },
  start: {
    args: ['start'],
    judge(rows) {
      const { value, n } = rowOf(rows, 'start');
      return { figure: `slowest of ${n} starts ${(value / 1000).toFixed(2)} s`, isHeld: value <= 4_000 };
    },
  },
  memory: {
    args: ['memory', '--messages', String(MEMORY_MESSAGES)],
    judge(rows) {
      const half = rowOf(rows, 'memory', `${MEMORY_MESSAGES / 2} messages`).value;
      const full = rowOf(rows, 'memory', `${MEMORY_MESSAGES} messages`).value;
      const growth = (full / half - 1) * 100;
      return {
        figure: `${full} MB after ${MEMORY_MESSAGES} messages, ${growth.toFixed(1)} % more than after half of them`,
        isHeld: full <= 1024 && growth < 5,
      };
    },
  },
  cost: {
    args: ['cost'],
    judge(rows) {
      const of = (name: string): number => rowOf(rows, 'cost', name).value;
      const requests = of('requests');
      return {
        figure: `requests $${requests}, compute $${of('compute')}, logs and traces $${of('logs and traces')}, kept $${of('kept')} per 1,000 messages`,
        isHeld: requests <= MOST_USD_FOR_REQUESTS,
      };
    },
  },
};

function rowOf(rows: readonly BenchRow[], name: string, of?: string): BenchRow {
  const row = rows.find((one) => one.name === name && one.of === of);
  if (row === undefined) throw new Error(`no row of ${name} ${of ?? ''}`);
  return row;
}
