/** What a reviewer with the specification in hand finds in the graphs of all stages. */
import { ASSERTIONS, failures } from '../../stacks/assertions/all.ts';
import { subjectOf } from '../../stacks/assertions/assertion.ts';
import { judgeAccess } from '../../stacks/expected/access.ts';
import { judgeAlarms } from '../../stacks/expected/alarms.ts';
import { judgeResources } from '../../stacks/expected/judge.ts';
import { neededBy } from '../../stacks/expected/needed.ts';
import { readExpected } from '../../stacks/expected/read.ts';
import type { Finding } from './cli.ts';
import type { Made } from './graphs.ts';

/** Issue 9: all three stages in one command. */
const LIMIT_SECONDS = 60;

export function reviewGraphs({ graphs, stages, seconds }: Made): Finding {
  const expected = readExpected();
  const problems = graphs.flatMap((graph) => {
    const found = [
      ...judgeResources(graph, neededBy(graph.stage, stages, expected.resources)).problems,
      ...judgeAccess(graph, expected),
      ...judgeAlarms(graph, expected.alarms),
      ...[...failures(subjectOf(graph, stages))].flatMap(([name, says]) => says.map((one) => `${name}: ${one}`)),
    ];
    return found.map((problem) => `${graph.stage}: ${problem}`);
  });
  const late = seconds > LIMIT_SECONDS ? [`the graphs took ${seconds.toFixed(1)} s, at most ${LIMIT_SECONDS} s`] : [];
  const counts = graphs.map(({ stage, resources }) => `${stage} ${resources.length}`).join(', ');
  const entries = expected.resources.length + expected.access.length + expected.alarms.length;
  return {
    problems: [...problems, ...late],
    figure: `graphs of ${graphs.length} stages in ${seconds.toFixed(1)} s (${counts} resources); ${entries} expectations and ${ASSERTIONS.length} assertions, ${problems.length} problems`,
  };
}
