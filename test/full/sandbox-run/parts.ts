import { type ProofPart, printed } from '../part.ts';

export const SANDBOX_PARTS: readonly ProofPart[] = [
  {
    name: 'sandbox-run',
    line: '5,000 conversations against the sandbox with all faults at random, under every combination of the switchable unknowns: 0 double replies in the outbox, 0 wrong order facts (against the sandbox’s truth), 0 writes over the rate limit, all settled.',
    command: [
      'node',
      'bin/launch.js',
      'test/full/sandbox-run/cli.ts',
      '--conversations-each',
      '6',
      '--seed',
      '20261126',
    ],
    figure: printed(/sandbox run: ([^\n]*)/),
    limitMinutes: 30,
  },
  {
    name: 'sandbox-page',
    line: 'The sandbox has a small page to write as a customer or an agent: in a real browser it shows hostile text as text and asks nobody else.',
    command: ['node', 'bin/launch.js', 'test/full/sandbox-page/cli.ts'],
    figure: printed(/sandbox page: ([^\n]*)/),
    limitMinutes: 3,
  },
];
