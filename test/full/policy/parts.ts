import { type ProofPart, printed } from '../part.ts';

/** The policy of issue 5. */
export const POLICY_PARTS: readonly ProofPart[] = [
  {
    name: 'policy-million',
    line: 'A million random inputs give no exception and no forbidden combination.',
    command: ['node', 'bin/launch.js', 'test/full/policy/million.ts'],
    figure: printed(/(\d+ random inputs[^\n]*)/),
    limitMinutes: 20,
  },
];
