import { type ProofPart, printed } from '../part.ts';

/** The planted bugs of protocols §10. */
export const PLANTED_PARTS: readonly ProofPart[] = [
  {
    name: 'planted-bugs',
    line: 'Every planted bug is caught by the checker within 10,000 conversations; the table is in `docs/`.',
    command: ['node', 'bin/launch.js', 'test/full/planted/cli.ts'],
    figure: printed(/(\d+ of \d+ planted bugs caught[^\n]*)/),
    gap: '33 of 36 on the tree of 54ec5581, which breaks nothing in the same worlds without each; not within 10,000: claim-without-owner-clause (5,500 on an older tree), register-without-re-check (3,500 on an older one), and full-or-same-approval, which removes its one clause alone now and is masked by the gates (a second edit took away more); hunted with `--without-units`: the unit tests with each bug were not run',
    limitMinutes: 180,
  },
];
