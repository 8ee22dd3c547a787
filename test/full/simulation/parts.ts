import { type ProofPart, printed } from '../part.ts';

const RUNNER = 'test/full/simulation/seeds.ts';
const FIGURE = printed(/simulated: ([^\n]*)/);

export const SIMULATION_PARTS: readonly ProofPart[] = [
  {
    name: 'simulate-seed',
    line: 'One seed of `--conversations 20000 --faults all`: 0 duplicate replies, lost, Tier 0 replies, stale routings, replay writes, projection mismatches, sends after stop, unsettled; not vacuous; ≤ 120 s on 2 cores.',
    command: ['node', 'bin/launch.js', RUNNER, '--seeds', '1', '--conversations', '20000'],
    figure: FIGURE,
    gap: '230 to 300 s on two cores, 247 s where they do nothing else, not 120',
    limitMinutes: 6,
  },
  {
    name: 'simulate-seeds',
    line: '20 seeds of `--conversations 20000 --faults all`: the same zeros; each run replays its archives in full, twice, with zero writes.',
    command: ['node', 'bin/launch.js', RUNNER, '--seeds', '20', '--conversations', '20000'],
    figure: FIGURE,
    gap: 'full-4, 6 and 7 on the present functions with a larger share of rare crashes (d5b1c40, taken back, since world 1/2 of npm test breaks under it: unfound, not mended): all zeros, none vacuous; without it full-6 is vacuous by 3 crashes; full-1, 2, 3, 5 and 8 were clean on a41a3e4, before the last mends of functions. full-2/16, 4/35, 6/20 and 7/9 broke on this day, are mended and clean since; the others were not run on the present tree',
    limitMinutes: 60,
  },
  {
    name: 'simulate-hundred-thousand',
    line: 'One seed of 100,000 conversations: the same zeros.',
    command: ['node', 'bin/launch.js', RUNNER, '--seeds', '1', '--conversations', '100000'],
    figure: FIGURE,
    gap: 'seed hundred broke at world 44 of 200 (22,000 conversations: a route that nobody told; mended, clean there since); not begun again',
    limitMinutes: 20,
  },
];
