import { type ProofPart, printed } from '../part.ts';

/** The image of the one-machine runtime (issue 9, Build 7). */
export const CONTAINER_PARTS: readonly ProofPart[] = [
  {
    name: 'container',
    line: 'What the `Dockerfile` says, done step by step without a builder in a clean folder: it starts as nobody special, becomes healthy, handles a message, stops.',
    command: ['node', 'bin/launch.js', 'test/full/container/cli.ts'],
    figure: printed(/container: ([^\n]+)/),
    limitMinutes: 10,
  },
];
