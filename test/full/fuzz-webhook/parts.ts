import { type ProofPart, passedTests, printed } from '../part.ts';

const FIGURE = printed(/([\d,]+ requests \([^\n]*)/);

/** Who gets in, and what happens to everybody else (issue 8, items 1 and 2). */
export const FUZZ_WEBHOOK_PARTS: readonly ProofPart[] = [
  {
    name: 'fuzz-webhook',
    line: '1,000,000 fuzzed requests through the whole handler in process: no crash, no undocumented 5xx, no accepted forgery, flat memory; seeds kept, a short run in `npm test`.',
    command: ['node', 'bin/launch.js', 'test/full/fuzz-webhook/cli.ts', 'handler', '1000000'],
    figure: FIGURE,
    limitMinutes: 40,
  },
  {
    name: 'fuzz-webhook-socket',
    line: '100,000 fuzzed requests over a socket: no crash, no undocumented 5xx, no accepted forgery, flat memory.',
    command: ['node', 'bin/launch.js', 'test/full/fuzz-webhook/cli.ts', 'socket', '100000'],
    figure: FIGURE,
    limitMinutes: 30,
  },
  {
    name: 'standard-webhooks',
    line: '1,000 random messages signed by `standardwebhooks` verify here and the reverse, stricter differences listed; edge vectors (−301, −300, +60, +61 s, …) exact.',
    command: [
      'node',
      'bin/launch.js',
      'tool',
      'vitest',
      'run',
      'test/security/standard-webhooks.test.ts',
      'functions/ingest/auth',
    ],
    figure: passedTests,
    limitMinutes: 5,
  },
];
