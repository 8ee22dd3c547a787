import { type ProofPart, printed } from '../part.ts';

const FIGURE = /^R\d{3}: (Verify false before [^\n]*)/m;

const part = (id: string, trouble: string): ProofPart => ({
  name: `runbook-${id.toLowerCase()}`,
  line: `${id} run against a local stage with its trouble planted (${trouble}): the Verify step turns true.`,
  command: ['node', 'bin/launch.js', 'test/full/runbooks/cli.ts', id],
  figure: printed(FIGURE),
  limitMinutes: 10,
});

/** Runbooks of issue 9, by the commands of their own pages. */
export const RUNBOOK_PARTS: readonly ProofPart[] = [
  part('R001', 'every webhook ten times, then a sender with a wrong token'),
  part('R003', 'a template with wrong words goes out again and again'),
  part('R004', 'OpenAI fails, the helpdesk answers 429 with Retry-After'),
  part('R005', 'a wrong key makes every message a dead letter'),
  part('R011', 'somebody else rings with the webhook token'),
  part('R012', 'every table is gone'),
];
