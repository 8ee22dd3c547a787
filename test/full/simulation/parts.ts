import { type ProofPart, printed } from '../part.ts';

const RUNNER = 'test/full/simulation/seeds.ts';
const FIGURE = printed(/simulated: ([^\n]*)/);

export const SIMULATION_PARTS: readonly ProofPart[] = [
  {
    name: 'simulate-seed',
    line: 'One seed of `--conversations 20000 --faults all`: 0 duplicate replies, lost, Tier 0 replies, stale routings, replay writes, projection mismatches, sends after stop, unsettled; not vacuous; ≤ 120 s on 2 cores.',
    command: ['node', 'bin/launch.js', RUNNER, '--seeds', '1', '--conversations', '20000'],
    figure: FIGURE,
    gap: 'about 200 s on two cores (249 to 350 s beside light work), not 120',
    limitMinutes: 6,
  },
  {
    name: 'simulate-seeds',
    line: '20 seeds of `--conversations 20000 --faults all`: the same zeros; each run replays its archives in full, twice, with zero writes.',
    command: ['node', 'bin/launch.js', RUNNER, '--seeds', '20', '--conversations', '20000'],
    figure: FIGURE,
    gap: 'not on one tree: full-1 on f513bb6; full-2, 3, 4 and 6 on 8eb30f4, full-10 on c973f81, full-7, 11 and 13 to 20 on 7fef120, full-8, 9 and 12 on cd160be: all zeros, no vacuous run; each tree mended what the one before had broken in (worlds full-1/4, 5/5, 5/26, 11/40, 13/16: clean since). full-1 was clean on 8eb30f4 and broke on 03a9bdc, so older runs prove less than they seem to; full-5 was not run to its end on the present tree',
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
