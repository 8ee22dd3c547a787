import { type ProofPart, printed } from '../part.ts';

/** The trail of issue 8. */
export const AUDIT_PARTS: readonly ProofPart[] = [
  {
    name: 'audit-verify',
    line: '`audit verify` finds 1,000 of 1,000 random tamperings, on sealed and open hours; none in trails that nobody touched, with deletions and expired records.',
    command: ['node', 'bin/launch.js', 'test/full/audit-verify/cli.ts', '1000'],
    figure: printed(/(\d+ of \d+ tamperings found, [^\n]*)/),
    limitMinutes: 10,
  },
];
