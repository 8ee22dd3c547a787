import { type ProofPart, printed } from '../part.ts';

export const CANARY_PARTS: readonly ProofPart[] = [
  {
    name: 'canary-run',
    line: 'Canary run: ≥ 2,000 conversations with ≥ 20 kinds of marked personal data through a stage of its own; every file, table, archive, log, metric, dead letter, backup, console and command-line answer scanned in every encoding, 0 leaks.',
    command: ['node', 'bin/launch.js', 'test/full/canary/cli.ts', '--conversations', '2000'],
    figure: printed(/([^\n]* replies, \d+ dead letters)[\s\S]*canary run: ([^\n]*)/),
    limitMinutes: 40,
  },
];
