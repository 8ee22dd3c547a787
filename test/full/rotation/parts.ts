import { type ProofPart, printed } from '../part.ts';

export const ROTATION_PARTS: readonly ProofPart[] = [
  {
    name: 'rotation',
    line: 'Rotation under 50 requests/s: 0 good requests refused, 0 old ones accepted after the end; at a stretch, killed and taken up again, undone.',
    command: ['node', 'bin/launch.js', 'test/full/rotation/cli.ts', '50', '0.2'],
    figure: printed(/(3 rotations in [^\n]*0 problems)/),
    limitMinutes: 45,
  },
];
