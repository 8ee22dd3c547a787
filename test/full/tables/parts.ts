/** The decision for an engine of ours, measured again. */
import { type ProofPart, printed } from '../part.ts';

export const TABLES_PARTS: readonly ProofPart[] = [
  {
    name: 'tables-compare',
    line: 'an engine of ours on the same SQLite file; decide with figures',
    command: ['node', 'bin/launch.js', 'test/full/tables/cli.ts'],
    figure: printed(/^(in-process update: .*)$/m),
    limitMinutes: 5,
  },
];
