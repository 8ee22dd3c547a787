import { type ProofPart, printed } from '../part.ts';

/** What is deployed, run on one machine (issue 9). */
export const BUNDLE_PARTS: readonly ProofPart[] = [
  {
    name: 'bundle-outcomes',
    line: '`npm start -- --bundled` runs the very bundles that the graph names: the shipped set comes to the same outcomes as from the sources.',
    command: ['node', 'bin/launch.js', 'test/full/bundles/outcomes.ts'],
    figure: printed(/^(\d+ messages through sources and bundles, 0 with another outcome, \d+ replied)$/m),
    limitMinutes: 20,
  },
  {
    name: 'bundle-load',
    line: 'Import ≤ 120 ms median for `classify`, ≤ 90 ms for the rest.',
    command: ['node', 'bin/launch.js', 'test/full/bundles/load-times.ts'],
    figure: printed(/^load times: (.+)$/m),
    limitMinutes: 10,
  },
];
