import { type ProofPart, printed } from '../part.ts';

const ROUNDS = ['--rounds', '10', '--extra', '10', '--seed', '20261125'] as const;
const FIGURE = printed(/kill -9 of [^:]*: ([^\n]*)/);

export const KILL_PARTS: readonly ProofPart[] = [
  {
    name: 'kill-nine',
    line: '`kill -9` under load, ten times, spread over the accepted → settled span: every message that got a 200 settles within 60 s of the restart (parked time apart), no ticket shows two replies for one message.',
    command: ['node', 'bin/launch.js', 'test/full/kill-nine/cli.ts', '--victim', 'all', ...ROUNDS],
    figure: FIGURE,
    limitMinutes: 12,
  },
  {
    name: 'kill-nine-parent',
    line: 'The same with `kill -9` of the parent only.',
    command: ['node', 'bin/launch.js', 'test/full/kill-nine/cli.ts', '--victim', 'parent', ...ROUNDS],
    figure: FIGURE,
    limitMinutes: 12,
  },
];
