import { type ProofPart, printed } from '../part.ts';

/** The console under load, of issue 10. */
export const CONSOLE_PARTS: readonly ProofPart[] = [
  {
    name: 'console-stream',
    line: 'At 1,000 events/s from a recorded stream the live view has no task over 100 ms and stays below 100 MB.',
    command: ['node', 'bin/launch.js', 'test/full/console/stream.ts'],
    figure: printed(/^console-stream: (.+)$/m),
    limitMinutes: 5,
  },
  {
    name: 'console-cost',
    line: 'The open console costs the pipeline < 10 % (median of 7 interleaved pairs).',
    command: ['node', 'bin/launch.js', 'test/full/console/cost.ts'],
    figure: printed(/^console-cost: (.+)$/m),
    limitMinutes: 20,
  },
  {
    name: 'console-large',
    line: 'With 100,000 conversations in the folder (`simulate --keep`) each page answers within 300 ms and stays below 100 MB in the browser.',
    command: ['node', 'bin/launch.js', 'test/full/console/large.ts', '100000'],
    figure: printed(/^console-large: (.+)$/m),
    gap: 'over 100,000 conversations (9.0 GB, `simulate --conversations 100000 --faults none --keep`, 4,289 s): of nine pages Live 309 ms and What-if 531 ms once (23 ms in the run before), all others at most 273 ms, at most 6 MB',
    limitMinutes: 240,
  },
];
