import { type ProofPart, passedTests, printed } from '../part.ts';

/** Replays of issue 7. */
export const REPLAY_PARTS: readonly ProofPart[] = [
  {
    name: 'rebuild',
    line: '100,000 archived events replayed to a projection: steady memory, ≥ 500 events/s, interruptible; equal to the byte.',
    command: ['node', 'bin/launch.js', 'test/full/replay/rebuild.ts'],
    figure: printed(/(\d+ archived events rebuilt[^\n]*)/),
    gap: '20,000 archived events on a slower machine (the commit of the 463 below makes 261 over 8,000 on it): all rows equal, interrupted and resumed, 174 events/s; 8,000: 284 events/s; the 40,000 of the faster one: 463 events/s (86 s), not 500; memory steady; 100,000 not run',
    limitMinutes: 30,
  },
  {
    name: 'replay-guards',
    line: 'All replay guards, each proven alone: with the others removed, that one still prevents the send.',
    command: ['node', 'bin/launch.js', 'tool', 'vitest', 'run', 'test/behaviour/replay-guards.test.ts'],
    figure: passedTests,
    limitMinutes: 5,
  },
];
