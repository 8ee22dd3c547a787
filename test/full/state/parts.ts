import { type ProofPart, passedTests, printed } from '../part.ts';

/** "State that lives": what outlives a process, a release and a disk. */
export const STATE_PARTS: readonly ProofPart[] = [
  {
    name: 'migration-kills',
    line: 'A migration interrupted by `kill -9` at each of its steps ends right; a folder of 0.1.0 opens.',
    command: ['node', 'bin/launch.js', 'test/full/state/migration-kills.ts', '0.1.0', '20'],
    figure: printed(/(\d+ interrupted migrations of [^\n]* ended as the uninterrupted one, item by item)/),
    limitMinutes: 20,
  },
  {
    name: 'state-outlives',
    line: 'A fixture folder of each released version opened by a test; `npx frontdesk backup` and `restore`, consistent while running.',
    command: [
      'node',
      'bin/launch.js',
      'tool',
      'vitest',
      'run',
      'test/full/state',
      'operate/backup',
      'local/platform/data-folder.test.ts',
    ],
    figure: passedTests,
    limitMinutes: 10,
  },
  {
    name: 'disk-size',
    line: 'TTLs and archive retention honoured; < 2 GB at 5,000 messages a day.',
    command: ['node', 'bin/launch.js', 'test/full/state/disk-size.ts', '1000'],
    figure: printed(/([\d.]+ GB at 5000 messages a day, by \d+ messages measured)/),
    gap: 'trail and ledger keep whole envelopes beside the archive; the cure, a cold part of the tables, is in docs/decisions.md',
    limitMinutes: 15,
  },
];
