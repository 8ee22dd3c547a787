import { type ProofPart, printed } from '../part.ts';

export const RELEASE_PARTS: readonly ProofPart[] = [
  {
    name: 'release',
    line: '`npm run release X.Y.Z` stamps changelog, event schemas, template lock, policy hash.',
    command: ['node', 'bin/launch.js', 'test/full/release/cli.ts'],
    figure: printed(/release: (\d+ expectations held, [^\n]*)/),
    limitMinutes: 20,
  },
];
