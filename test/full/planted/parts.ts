import { type ProofPart, printed } from '../part.ts';

/** The planted bugs of protocols §10. */
export const PLANTED_PARTS: readonly ProofPart[] = [
  {
    name: 'planted-bugs',
    line: 'Every planted bug is caught by the checker within 10,000 conversations; the table is in `docs/`.',
    command: ['node', 'bin/launch.js', 'test/full/planted/cli.ts'],
    figure: printed(/(\d+ of \d+ planted bugs caught[^\n]*)/),
    gap: 'all 36 caught within 10,000 conversations (docs/planted-bugs.md), hunted with `--without-units` within one afternoon of small changes; the unit tests with each bug were not run',
    limitMinutes: 180,
  },
];
