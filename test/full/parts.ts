import { type ProofPart, printed } from './part.ts';

/** Every line that `docs/proof.md` proves, in the order it lists them. */
export const PARTS: readonly ProofPart[] = [
  {
    name: 'unit',
    line: '`npm test` passes',
    command: ['npm', 'test', '--', '--reporter=default'],
    figure: printed(/Tests\s+(\d+ passed) /),
    limitMinutes: 5,
  },
];
