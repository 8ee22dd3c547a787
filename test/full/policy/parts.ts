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
  {
    name: 'policy-mutation',
    line: 'Mutation run over `policy/` ≥ 90 % killed, survivors explained.',
    command: ['node', 'bin/launch.js', 'test/full/mutation/by-tests/cli.ts'],
    figure: printed(/(\d+ of \d+ edits noticed [^\n]*)/),
    gap: '104 of 145 files judged: 2,055 of 2,259 edits noticed (91.0 %); redaction and most of the screen are not yet',
    limitMinutes: 60,
  },
];
