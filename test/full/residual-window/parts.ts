import { type ProofPart, passedTests, printed } from '../part.ts';

/** Nobody is answered over somebody's head (issue 6; protocols §6). */
export const RESIDUAL_WINDOW_PARTS: readonly ProofPart[] = [
  {
    name: 'interleaved',
    line: 'A ticket on which an agent or the customer wrote at any point before the vendor answered the last re-read gets no reply, at every interleaving (exhaustive).',
    command: ['node', 'bin/launch.js', 'tool', 'vitest', 'run', 'test/behaviour/interleaved'],
    figure: passedTests,
    limitMinutes: 10,
  },
  {
    name: 'residual-window',
    line: 'The residual window of protocols §6 is measured: p99 ≤ 50 ms against the sandbox.',
    command: ['node', 'bin/launch.js', 'test/full/residual-window/cli.ts'],
    figure: printed(/(residual window of [^\n]*)/),
    limitMinutes: 15,
  },
];
