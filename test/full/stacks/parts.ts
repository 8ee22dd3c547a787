import { type ProofPart, printed } from '../part.ts';

const command = (part: string): ProofPart['command'] => ['node', 'bin/launch.js', 'test/full/stacks/cli.ts', part];

/** The offline proof of the stacks (issue 9). */
export const STACKS_PARTS: readonly ProofPart[] = [
  {
    name: 'stacks-graph',
    line: 'Graphs of dev, staging, prod in one command after one preparing step, ≤ 60 s; a reviewer finds every resource of platform §1–6 (coverage table in `docs/aws-resources.md`).',
    command: command('graph'),
    figure: printed(/(graphs of 3 stages [^\n]* 0 problems)/),
    limitMinutes: 10,
  },
  {
    name: 'stacks-filled',
    line: 'A table of stages as a shop fills it in (docs/deploy.md §6) has graphs too, and they are what the specification expects.',
    command: command('filled'),
    figure: printed(/(graphs of 3 stages [^\n]* 0 problems)/),
    limitMinutes: 10,
  },
  {
    name: 'stacks-mutations',
    line: 'Every assertion over the graph has a mutation that makes it fail, and no resource can go unmissed.',
    command: command('mutations'),
    figure: printed(/(\d+ of \d+ mutations noticed[^\n]*)/),
    limitMinutes: 20,
  },
  {
    name: 'stacks-bus',
    line: 'The local bus runs the graph’s patterns, and hears by them what it hears by its own.',
    command: command('bus'),
    figure: printed(/(\d+ patterns of the graphs [^\n]*)/),
    limitMinutes: 10,
  },
  {
    name: 'stacks-provider',
    line: 'Everything that SST would send fits the declarations of the AWS provider.',
    command: command('provider'),
    figure: printed(/(\d+ of \d+ resources fit [^\n]*)/),
    limitMinutes: 10,
  },
];
