import { type ProofPart, printed } from '../part.ts';

const RUNNER = 'test/full/simulation/seeds.ts';
const FIGURE = printed(/simulated: ([^\n]*)/);

export const SIMULATION_PARTS: readonly ProofPart[] = [
  {
    name: 'simulate-seed',
    line: 'One seed of `--conversations 20000 --faults all`: 0 duplicate replies, lost, Tier 0 replies, stale routings, replay writes, projection mismatches, sends after stop, unsettled; not vacuous; ≤ 120 s on 2 cores.',
    command: ['node', 'bin/launch.js', RUNNER, '--seeds', '1', '--conversations', '20000'],
    figure: FIGURE,
    gap: 'about 195 s on two cores, not 120; 15,500 conversations of seed full-2: all zeros but two worlds of 31 with a tag rule broken after a lost ledger (full-2/22 replay-write, full-2/31 tags-told)',
    limitMinutes: 6,
  },
  {
    name: 'simulate-seeds',
    line: '20 seeds of `--conversations 20000 --faults all`: the same zeros; each run replays its archives in full, twice, with zero writes.',
    command: ['node', 'bin/launch.js', RUNNER, '--seeds', '20', '--conversations', '20000'],
    figure: FIGURE,
    gap: 'not run yet: an hour of a quiet machine',
    limitMinutes: 90,
  },
  {
    name: 'simulate-hundred-thousand',
    line: 'One seed of 100,000 conversations: the same zeros.',
    command: ['node', 'bin/launch.js', RUNNER, '--seeds', '1', '--conversations', '100000'],
    figure: FIGURE,
    gap: 'not run yet',
    limitMinutes: 20,
  },
];
