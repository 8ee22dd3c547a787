import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { answerVersion } from '../local/platform/release.ts';
import { misuse } from '../operate/failure.ts';
import { STAGES, type StageName } from './stacks/graph.ts';
import { makeGraphs } from './stacks/make.ts';
import { reportFailure } from './stacks/report.ts';
import { graphText } from './stacks/table.ts';

const USAGE = `npm run stacks -- [--stage dev|staging|prod | --all] [--json FILE]

Prints every resource that a deploy would create, offline. Without --stage all three stages.
  --stage ENV   one stage
  --all         all three
  --json FILE   write {"stage", "resources": …} there; of several stages a list of them. - is standard output
`;

answerVersion(process.argv.slice(2));
try {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string' },
      all: { type: 'boolean' },
      json: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) process.stdout.write(USAGE);
  else await show(chosen(values.stage, values.all), values.json);
} catch (error) {
  reportFailure(error);
}

function chosen(stage: string | undefined, all: boolean | undefined): readonly StageName[] {
  if (stage === undefined) return STAGES;
  if (all) throw misuse('usage', '--stage and --all contradict each other', 'leave one out');
  const found = STAGES.find((one) => one === stage);
  if (found === undefined) throw misuse('usage', `--stage ${stage}: no such stage`, `choose ${STAGES.join(', ')}`);
  return [found];
}

async function show(stages: readonly StageName[], file: string | undefined): Promise<void> {
  const graphs = await makeGraphs(stages);
  const [only] = graphs;
  const text = `${JSON.stringify(graphs.length === 1 ? only : graphs, null, 2)}\n`;
  if (file === undefined) process.stdout.write(graphs.map(graphText).join('\n'));
  else if (file === '-') process.stdout.write(text);
  else {
    writeFileSync(file, text);
    for (const { stage, resources } of graphs) process.stderr.write(`${stage}: ${resources.length} resources\n`);
  }
}
