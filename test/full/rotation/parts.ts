import { type ProofPart, printed } from '../part.ts';

export const ROTATION_PARTS: readonly ProofPart[] = [
  {
    name: 'rotation',
    line: 'Rotation under 50 requests/s: 0 good requests refused, 0 old ones accepted after the end; at a stretch, killed and taken up again, undone.',
    command: ['node', 'bin/launch.js', 'test/full/rotation/cli.ts', '50', '0.2'],
    figure: printed(/(3 rotations in [^\n]*0 problems)/),
    gap: 'three rotations of 66,835 requests on a machine that did other work besides: 0 good ones refused, 0 of 1,500 old ones accepted after the ends, killed and taken up, undone; 17,014 were answered 500, since `ingest` has 1 s at this time scale',
    limitMinutes: 45,
  },
];
