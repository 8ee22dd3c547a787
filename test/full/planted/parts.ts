import { type ProofPart, printed } from '../part.ts';

/** The planted bugs of protocols §10. */
export const PLANTED_PARTS: readonly ProofPart[] = [
  {
    name: 'planted-bugs',
    line: 'Every planted bug is caught by the checker within 10,000 conversations; the table is in `docs/`.',
    command: ['node', 'bin/launch.js', 'test/full/planted/cli.ts'],
    figure: printed(/(\d+ of \d+ planted bugs caught[^\n]*)/),
    gap: 'all 36 caught within 10,000 conversations on one tree (the last after 7,250), hunted with `--without-units`; in the worlds of two of them the tree without the bug broke a rule as well (a close, a route: mended, both clean since, not hunted again), and one edit left a name unused, mended since; the unit tests with each bug were not run',
    limitMinutes: 180,
  },
];
