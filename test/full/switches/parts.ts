import { type ProofPart, printed } from '../part.ts';

/** The kill switch (issue 8). */
export const SWITCHES_PARTS: readonly ProofPart[] = [
  {
    name: 'kill-switch',
    line: 'With ≥ 200 approvals between `ReplyApproved` and the send, `stop` at each level: no outbox entry after the command returned; it returns in ≤ 5 s with the sandbox’s usual latency.',
    command: ['node', 'bin/launch.js', 'test/full/switches/cli.ts'],
    figure: printed(/(\d+ levels, at least [^\n]*)/),
    limitMinutes: 20,
  },
];
