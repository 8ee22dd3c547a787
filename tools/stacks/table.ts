/** The graph as a table a person can read: what there is, how much of it, and what it is called on AWS. */
import type { Graph, Resource } from './graph.ts';

/** Where a resource keeps the name under which the console shows it. */
const NAMES = [
  'name',
  'alarmName',
  'bucket',
  'comment',
  'dashboardName',
  'functionName',
  'routeKey',
  'rule',
  'ruleName',
] as const;

export function graphText({ stage, region, resources }: Graph): string {
  const types = Map.groupBy(resources, ({ type }) => shortType(type));
  const lines = [...types].flatMap(([type, members]) => [
    `${type} (${members.length})`,
    ...members.map((member) => `  ${member.name.padEnd(44)} ${physicalNameOf(member)}`.trimEnd()),
  ]);
  return [`${stage}: ${resources.length} resources in ${region}`, '', ...lines, ''].join('\n');
}

/** `aws:sqs/queue:Queue` → `sqs Queue`. */
function shortType(type: string): string {
  const [, module, kind] = /^(?:aws:)?([^/:]+)[^:]*:(.+)$/.exec(type) ?? [];
  return module === undefined ? type : `${module} ${kind}`;
}

function physicalNameOf({ properties }: Resource): string {
  for (const key of NAMES) if (typeof properties[key] === 'string') return properties[key];
  return '';
}
