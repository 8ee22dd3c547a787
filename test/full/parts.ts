import { type ProofPart, printed } from './part.ts';

/** A command tried in a fresh clone in another folder, with the network off after `npm ci`. */
function freshClone(...command: string[]): ProofPart['command'] {
  return ['node', 'bin/launch.js', 'test/full/fresh-clone.ts', ...command];
}

/** Every line that `docs/proof.md` proves, in the order it lists them. */
export const PARTS: readonly ProofPart[] = [
  {
    name: 'fresh-clone-test',
    line: '`npm ci && npm test` passes with the network off after `npm ci`, on the machine’s Node 20.',
    command: freshClone('npm', 'test'),
    figure: printed(/Tests\s+(\d+ passed)[^\n]*\n[\s\S]*fresh clone: (Node 20\.[^\n]*, network off, \d+ s)/),
    limitMinutes: 15,
  },
];
