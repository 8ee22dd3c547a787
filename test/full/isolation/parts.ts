import { type ProofPart, printed } from '../part.ts';

export const ISOLATION_PARTS: readonly ProofPart[] = [
  {
    name: 'isolation',
    line: 'A function that runs `while(true)`, one that fills 1 GB, one that calls `process.exit`, one that never resolves, one that throws at import: each under load; p99 ack of the rest moves < 2×, the event ends in its queue after its attempts, nothing else is lost.',
    command: ['node', 'bin/launch.js', 'test/full/isolation/cli.ts', '8', '1', '20'],
    figure: printed(/(ack p99 in ms[^\n]*)/),
    limitMinutes: 90,
  },
];
