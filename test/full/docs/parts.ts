import { type ProofPart, printed } from '../part.ts';

/** The pages of operations (issue 9, Build 7). */
export const DOCS_PARTS: readonly ProofPart[] = [
  {
    name: 'aws-commands',
    line: '`docs/deploy.md` needs no knowledge that is not on the page: the AWS CLI takes every command of the pages.',
    command: ['node', 'bin/launch.js', 'test/full/docs/aws-commands.ts'],
    figure: printed(/(\d+ commands of the AWS CLI on \d+ pages, 0 not taken)/),
    limitMinutes: 15,
  },
];
