import { type ProofPart, printed } from '../part.ts';

function bench(name: string, line: string, limitMinutes: number, gap?: string): ProofPart {
  return {
    ...(gap !== undefined && { gap }),
    name,
    line,
    command: ['node', 'bin/launch.js', 'test/full/bench/cli.ts', name],
    figure: printed(new RegExp(`^${name}: (.+)$`, 'm')),
    limitMinutes,
  };
}

/** Benchmarks with a limit (issue 4). */
export const BENCH_PARTS: readonly ProofPart[] = [
  bench('throughput', 'On 2 cores with durable state: `throughput` ≥ 40 settled messages/s (100 is the goal).', 10),
  bench('ack', '`ack` p99 ≤ 25 ms at 20 requests/s and ≤ 100 ms at 50 for 60 s.', 10),
  bench('start', 'Start ≤ 4 s.', 5),
  bench(
    'memory',
    'Memory ≤ 1 GB after 20,000 messages and growing < 5 % from 10,000 to 20,000.',
    45,
    'a thread and a heap for each of ten functions; the next step is in docs/decisions.md',
  ),
  {
    name: 'fault-script',
    line: 'In the fault script (2,000 messages, 10 % delivered again, 429 on every tenth write, one `SIGKILL`): 0 lost, 0 applied twice.',
    command: ['node', 'bin/launch.js', 'test/bench/comparison/faults/cli.ts', 'frontdesk'],
    figure: printed(
      /^Frontdesk: (\d+ messages, [^\n]*: 0 lost, 0 unfinished, 0 replied twice, 0 tags written twice)$/m,
    ),
    limitMinutes: 30,
  },
];
