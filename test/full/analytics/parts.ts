import { type ProofPart, printed } from '../part.ts';

/** What SQL says, and what the tables say (issue 10). */
export const ANALYTICS_PARTS: readonly ProofPart[] = [
  {
    name: 'analytics-agreement',
    line: 'Analytics (SQL over the lines) and the auditor’s read models (table items), no shared code beyond `events/`, agree on the same traffic with 20 % of deliveries duplicated and reordered.',
    command: ['node', 'bin/launch.js', 'test/full/analytics/agreement.ts'],
    figure: printed(/(\d+ of \d+ figures agree over [^\n]*)/),
    limitMinutes: 15,
  },
  {
    name: 'new-consumer',
    line: '`new consumer demo` → subscribed, backfilled, visible, removed again.',
    command: [
      'node',
      'bin/launch.js',
      'tool',
      'vitest',
      'run',
      '--project=long',
      'operate/consumer/new-consumer.long.test.ts',
    ],
    figure: printed(/Tests\s+(\d+ passed)/),
    limitMinutes: 15,
  },
];
