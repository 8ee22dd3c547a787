import { type ProofPart, printed } from '../part.ts';

/** Re-deciding, of issue 7. */
export const WHATIF_PARTS: readonly ProofPart[] = [
  {
    name: 'whatif',
    line: '`whatif` over 100,000 decisions ≤ 60 s, ≤ 512 MB; a policy with one threshold moved by 0.01 changes exactly the decisions that a separate 20-line script finds.',
    command: ['node', 'bin/launch.js', 'test/full/whatif/cli.ts'],
    figure: printed(/(\d+ decisions in [^\n]*)/),
    limitMinutes: 10,
  },
];
