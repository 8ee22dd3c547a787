import { type ProofPart, printed } from '../part.ts';

const RUNNER = 'test/full/simulation/seeds.ts';
const FIGURE = printed(/simulated: ([^\n]*)/);

export const SIMULATION_PARTS: readonly ProofPart[] = [
  {
    name: 'simulate-seed',
    line: 'One seed of `--conversations 20000 --faults all`: 0 duplicate replies, lost, Tier 0 replies, stale routings, replay writes, projection mismatches, sends after stop, unsettled; not vacuous; ≤ 120 s on 2 cores.',
    command: ['node', 'bin/launch.js', RUNNER, '--seeds', '1', '--conversations', '20000'],
    figure: FIGURE,
    gap: '216 to 243 s on two cores that do nothing else, not 120',
    limitMinutes: 6,
  },
  {
    name: 'simulate-seeds',
    line: '20 seeds of `--conversations 20000 --faults all`: the same zeros; each run replays its archives in full, twice, with zero writes.',
    command: ['node', 'bin/launch.js', RUNNER, '--seeds', '20', '--conversations', '20000'],
    figure: FIGURE,
    gap: 'full-14 and 15 on the present tree, full-9 to 13 on 464d58b and full-8 on ab10e5a, whose functions are the same: all zeros, none vacuous. The functions, the checker and the faults changed on this day; on the trees before, full-1 to 4, 6 and 7 were clean, and full-2/22, 3/13, 5/18 and 8/26 broke, are mended and were clean then. full-1 to 7 and 16 to 20 were not run on the present tree',
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
