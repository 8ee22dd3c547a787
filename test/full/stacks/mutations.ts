/** Tries every mutation, and takes every resource away once: neither may go unnoticed. */
import type { StageTable } from '../../../stacks/stages.ts';
import type { Graph, Resource } from '../../../tools/stacks/graph.ts';
import { ASSERTIONS, failures } from '../../stacks/assertions/all.ts';
import { subjectOf } from '../../stacks/assertions/assertion.ts';
import { judgeAccess } from '../../stacks/expected/access.ts';
import { judgeAlarms } from '../../stacks/expected/alarms.ts';
import { judgeEntries } from '../../stacks/expected/judge.ts';
import { readExpected } from '../../stacks/expected/read.ts';
import type { Expected } from '../../stacks/expected/types.ts';
import { MUTATIONS, noticedBy } from '../../stacks/mutations/all.ts';
import type { Mutation } from '../../stacks/mutations/mutation.ts';
import { kindOf, nameOf } from '../../stacks/query.ts';
import type { Finding } from './cli.ts';
import type { Made } from './graphs.ts';

export function tryMutations({ graphs, stages }: Made): Finding {
  const subjects = subjectsOf(graphs, stages);
  const wrong = MUTATIONS.flatMap((mutation) => tryOne(mutation, subjects));
  const untried = ASSERTIONS.filter(({ name }) => !MUTATIONS.some(({ breaks }) => breaks === name));
  const expected = readExpected();
  const taken = graphs.flatMap((graph) => takeAway(graph, expected, stages));
  const unmissed = taken.filter(({ isMissed }) => !isMissed).map(({ of }) => `nobody would miss ${of}`);
  return {
    problems: [...wrong, ...untried.map(({ name }) => `${name}: no mutation makes it fail`), ...unmissed],
    figure: `${MUTATIONS.length - wrong.length} of ${MUTATIONS.length} mutations noticed by the one assertion they name, ${ASSERTIONS.length - untried.length} of ${ASSERTIONS.length} assertions with one; ${taken.length - unmissed.length} of ${taken.length} resources missed when taken away`,
  };
}

function tryOne(mutation: Mutation, subjects: Subjects): string[] {
  const subject = subjects.get(mutation.stage ?? 'dev');
  if (subject === undefined) throw new Error(`no graph of ${mutation.stage}`);
  const noticed = noticedBy(mutation, subject.subject, subject.before);
  if (noticed.length === 1 && noticed[0] === mutation.breaks) return [];
  return [`${mutation.name}: noticed by ${noticed.join(', ') || 'nobody'}, expected ${mutation.breaks}`];
}

type Known = { readonly subject: ReturnType<typeof subjectOf>; readonly before: ReturnType<typeof failures> };
type Subjects = ReadonlyMap<string, Known>;

function subjectsOf(graphs: readonly Graph[], stages: StageTable): Subjects {
  return new Map(
    graphs.map((graph) => {
      const subject = subjectOf(graph, stages);
      return [graph.stage, { subject, before: failures(subject) }] as const;
    }),
  );
}

type Say = (graph: Graph) => readonly string[];

type Taken = { readonly of: string; readonly isMissed: boolean };

/** Takes each resource that must be there away, and asks whether an expectation, a role, an alarm or an assertion misses it. */
function takeAway(graph: Graph, expected: Expected, stages: StageTable): Taken[] {
  const { claimed } = judgeEntries(graph, expected.resources);
  const others: readonly Say[] = [
    (left) => [...failures(subjectOf(left, stages)).values()].flat(),
    (left) => judgeAlarms(left, expected.alarms),
    (left) => judgeAccess(left, expected),
  ];
  const said = others.map((say) => ({ say, before: new Set(say(graph)) }));
  return graph.resources.flatMap((taken) => {
    const entries = expected.resources.filter(({ id }) => claimed.get(taken)?.includes(id));
    if (entries.every(({ count }) => count === 'any')) return [];
    const left = { ...graph, resources: graph.resources.filter((one) => one !== taken) };
    const own: Say = (one) => judgeEntries(one, entries).problems;
    const isMissed = [{ say: own, before: new Set(own(graph)) }, ...said].some(({ say, before }) =>
      say(left).some((problem) => !before.has(problem)),
    );
    return [{ of: `${label(taken)} of ${graph.stage}`, isMissed }];
  });
}

function label(resource: Resource): string {
  return `${kindOf(resource)} ${nameOf(resource)}`;
}
