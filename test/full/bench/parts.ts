import { type ProofPart, printed } from '../part.ts';

function bench(name: string, line: string, limitMinutes: number): ProofPart {
  return {
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
  bench('memory', 'Memory ≤ 1 GB after 20,000 messages and growing < 5 % from 10,000 to 20,000.', 45),
];
