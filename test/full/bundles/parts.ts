import { type ProofPart, printed } from '../part.ts';

/** What is deployed, run on one machine (issue 9). */
export const BUNDLE_PARTS: readonly ProofPart[] = [
  {
    name: 'bundle-outcomes',
    line: '`npm start -- --bundled` runs the very bundles that the graph names: the shipped set comes to the same outcomes as from the sources.',
    command: ['node', 'bin/launch.js', 'test/full/bundles/outcomes.ts'],
    figure: printed(
      /^(\d+ messages through sources and bundles, 0 with another outcome, \d+ replied; \d+ in bursts not compared)$/m,
    ),
    limitMinutes: 20,
  },
  {
    name: 'bundle-load',
    line: 'Import ≤ 120 ms median for `classify`, ≤ 90 ms for the rest.',
    command: ['node', 'bin/launch.js', 'test/full/bundles/load-times.ts'],
    figure: printed(/^load times: (.+)$/m),
    gap: 'held by five of twelve on a machine at rest: ingest 88 ms, sweeper 89, reconciler 87, flag-watcher 82, sealer 83; classify 155 (120), verify 146, responder-reply 127, order-lookup 116, responder-settle 98, auditor 98, responder-route 96 (90): the SDKs of AWS, X-Ray and the model take most of it',
    limitMinutes: 10,
  },
];
