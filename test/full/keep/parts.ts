import { type ProofPart, printed } from '../part.ts';

/** `simulate --keep` of issue 7, which issue 10 needs. */
export const KEEP_PARTS: readonly ProofPart[] = [
  {
    name: 'simulate-keep',
    line: '`--keep` seeds data folders: worlds one after the other in steady memory, opened by `npm start` with nothing left to do.',
    command: ['node', 'bin/launch.js', 'test/full/keep/cli.ts', '2000'],
    figure: printed(/(\d+ conversations of [^\n]*)/),
    limitMinutes: 20,
  },
];
