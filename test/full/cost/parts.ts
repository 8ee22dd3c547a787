import { type ProofPart, printed } from '../part.ts';

/** The cost model of issue 9. */
export const COST_PARTS: readonly ProofPart[] = [
  {
    name: 'cost-counts',
    line: 'A check fails when a path’s count grows: every path through a real instance, counted over the wire; at most 4 bus hops from webhook to reply.',
    command: ['node', 'bin/launch.js', 'test/bench/cost/cli.ts', 'check'],
    figure: printed(/(at most \d+ hops over the bus)[\s\S]*cost: (\d+ paths counted, 0 counts grew)/),
    limitMinutes: 15,
  },
  {
    name: 'cost',
    line: 'Counted requests without model ≤ $0.03 per 1,000 messages at the dated list prices, compute beside it from measured duration × memory.',
    command: ['node', 'bin/launch.js', 'test/full/bench/cli.ts', 'cost'],
    figure: printed(/^cost: (.+)$/m),
    limitMinutes: 15,
    gap: 'a message makes 65 writes, and at one unit each requests would still come to $0.0634; facts carry the whole input of a decision, and each write of a record that holds them is paid by its size (docs/cost.md)',
  },
];
