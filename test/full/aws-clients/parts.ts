import { type ProofPart, printed } from '../part.ts';

const run = (file: string): ProofPart['command'] => ['node', 'bin/launch.js', `test/full/aws-clients/${file}`];

/** Issue 4: clients as AWS ships them, against the running product. */
export const AWS_CLIENT_PARTS: readonly ProofPart[] = [
  {
    name: 'aws-cli',
    line: 'The unmodified AWS CLI (Debian 12) puts events, lists and tests rules, disables and enables, creates an archive, starts, follows and cancels a replay, reads dead letters, scans tables.',
    command: run('aws-cli.ts'),
    figure: printed(/(aws \d[\d.]*: \d+ calls, 0 failed)/),
    limitMinutes: 15,
  },
  {
    name: 'aws-sdk',
    line: 'The unmodified AWS SDK does the same.',
    command: run('aws-sdk.ts'),
    figure: printed(/(SDK \d[\d.]*: \d+ calls, 0 failed)/),
    limitMinutes: 10,
  },
  {
    name: 'replay-all-rules',
    line: 'The recovery archive replayed by that CLI to all rules, twice: no write reaches the sandbox.',
    command: run('replay-all-rules.ts'),
    figure: printed(
      /(\d+ messages have settled)[\s\S]*?(\d+ replays to all rules, \d+ events delivered, \d+ taken by functions, 0 writes, 0 replies)/,
    ),
    limitMinutes: 15,
  },
];
