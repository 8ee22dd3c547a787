import { type ProofPart, passedTests, printed } from '../part.ts';

/** The bus of issue 4: patterns and what rules cost. */
export const BUS_PARTS: readonly ProofPart[] = [
  {
    name: 'pattern-cases',
    line: '≥ 300 pattern cases in a file; `TestEventPattern`, bus and simulator share one matcher.',
    command: ['node', 'bin/launch.js', 'tool', 'vitest', 'run', 'local/aws/eventbridge/pattern'],
    figure: passedTests,
    limitMinutes: 5,
  },
  {
    name: 'rule-index',
    line: '100 rules cost < 2× of 10 per event.',
    command: ['node', 'bin/launch.js', 'test/full/bus/rule-index.ts'],
    figure: printed(/(100 rules cost at most [^\n]*)/),
    limitMinutes: 5,
  },
  {
    name: 'replay-slice',
    line: 'A replay of one minute that holds 100,000 events does not hold up the endpoint.',
    command: ['node', 'bin/launch.js', 'test/full/bus/replay-slice.ts'],
    figure: printed(/(100000 events[^\n]*)/),
    limitMinutes: 10,
  },
  {
    name: 'bus-delivery',
    line: 'The bus: retry with backoff and jitter, age and attempts per target, dead-letter attributes, archives, replays, about 1 % twice.',
    command: [
      'node',
      'bin/launch.js',
      'tool',
      'vitest',
      'run',
      'local/aws/eventbridge',
      'local/aws/group-commit.test.ts',
    ],
    figure: passedTests,
    limitMinutes: 5,
  },
];
