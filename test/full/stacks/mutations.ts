/** Tries every mutation, and takes every resource away once: neither may go unnoticed. */
import type { Graph, Resource } from '../../../tools/stacks/graph.ts';
import { ASSERTIONS, failures } from '../../stacks/assertions/all.ts';
import { subjectOf } from '../../stacks/assertions/assertion.ts';
import { judgeResources } from '../../stacks/expected/judge.ts';
import { readExpected } from '../../stacks/expected/read.ts';
import type { Expectation } from '../../stacks/expected/types.ts';
import { MUTATIONS, noticedBy } from '../../stacks/mutations/all.ts';
import type { Mutation } from '../../stacks/mutations/mutation.ts';
import { kindOf, nameOf } from '../../stacks/query.ts';
import type { Finding } from './cli.ts';
import type { Made } from './graphs.ts';

export function tryMutations({ graphs }: Made): Finding {
  const wrong = MUTATIONS.flatMap((mutation) => tryOne(mutation, graphs));
  const untried = ASSERTIONS.filter(({ name }) => !MUTATIONS.some(({ breaks }) => breaks === name));
  const { resources: entries } = readExpected();
  const unmissed = graphs.flatMap((graph) => unnoticed(graph, entries));
  const taken = graphs.reduce((sum, { resources }) => sum + resources.length, 0);
  return {
    problems: [...wrong, ...untried.map(({ name }) => `${name}: no mutation makes it fail`), ...unmissed],
    figure: `${MUTATIONS.length - wrong.length} of ${MUTATIONS.length} mutations noticed by the one assertion they name, ${ASSERTIONS.length - untried.length} of ${ASSERTIONS.length} assertions with one; ${taken - unmissed.length} of ${taken} resources missed when taken away`,
  };
}

function tryOne(mutation: Mutation, graphs: readonly Graph[]): string[] {
  const subject = subjects(graphs).get(mutation.stage ?? 'dev');
  if (subject === undefined) throw new Error(`no graph of ${mutation.stage}`);
  const noticed = noticedBy(mutation, subject.subject, subject.before);
  if (noticed.length === 1 && noticed[0] === mutation.breaks) return [];
  return [`${mutation.name}: noticed by ${noticed.join(', ') || 'nobody'}, expected ${mutation.breaks}`];
}

type Known = { readonly subject: ReturnType<typeof subjectOf>; readonly before: ReturnType<typeof failures> };
const known = new WeakMap<readonly Graph[], ReadonlyMap<string, Known>>();

function subjects(graphs: readonly Graph[]): ReadonlyMap<string, Known> {
  const cached = known.get(graphs);
  if (cached !== undefined) return cached;
  const made = new Map(
    graphs.map((graph) => {
      const subject = subjectOf(graph);
      return [graph.stage, { subject, before: failures(subject) }] as const;
    }),
  );
  known.set(graphs, made);
  return made;
}

/** Resources that the expectations would not miss, though they speak of them, by the count that an entry demands. */
function unnoticed(graph: Graph, entries: readonly Expectation[]): string[] {
  const { problems, claimed } = judgeResources(graph, entries);
  const before = new Set(problems);
  return graph.resources.flatMap((resource) => {
    const speaking = entries.filter(({ id }) => claimed.get(resource)?.includes(id));
    const left = { ...graph, resources: graph.resources.filter((one) => one !== resource) };
    const isMissed = judgeResources(left, speaking).problems.some((one) => !before.has(one));
    const isMissedElsewhere = () => [...failures(subjectOf(left))].length > [...failures(subjectOf(graph))].length;
    return isMissed || isMissedElsewhere() ? [] : [`${graph.stage}: nobody would miss ${label(resource)}`];
  });
}

function label(resource: Resource): string {
  return `${kindOf(resource)} ${nameOf(resource)}`;
}
