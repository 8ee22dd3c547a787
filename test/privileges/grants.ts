/** The grants of the topology one by one, so that each can be taken away. */
import type { FunctionName } from '../../events/words.ts';
import type { Statement } from '../../stacks/topology-permissions.ts';
import { grantedTo } from './guarded-clients.ts';

/** The smallest thing that can be granted or not; all of a function together allow what its role allows. */
export type Grant = { readonly to: FunctionName; readonly label: string; readonly statement: Statement };

/** What Lambda's own poller does with the later queue under the function's role; no client of ours asks for it. */
const OF_THE_SERVICE = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
/** Actions that come and go together: an access of the topology, and a queue's address with its use. */
const TOGETHER: readonly (readonly string[])[] = [
  ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
  ['sqs:GetQueueUrl', 'sqs:SendMessage'],
];

export function grantsOf(to: FunctionName): Grant[] {
  return grantedTo(to).flatMap((statement) => split(to, statement));
}

function split(to: FunctionName, { actions, resources, conditions = [] }: Statement): Grant[] {
  const groups = [
    ...TOGETHER.map((group) => group.filter((action) => actions.includes(action))),
    ...actions.filter((action) => !TOGETHER.flat().includes(action)).map((action) => [action]),
  ].filter((group) => group.length > 0 && !group.some((action) => OF_THE_SERVICE.includes(action)));
  const bounds = conditions.find(
    ({ variable }) => variable === 'events:detail-type' || variable === 'dynamodb:LeadingKeys',
  );
  const others = conditions.filter((condition) => condition !== bounds);
  const values: readonly (string | null)[] = bounds && !isAbsence(bounds) ? bounds.values : [null];
  return groups.flatMap((group) =>
    resources.flatMap((resource) =>
      values.map((value) => ({
        to,
        label: [to, group.join('+'), resource.split(':').slice(5).join(':'), sourceIn(others), value]
          .filter(Boolean)
          .join(' '),
        statement: {
          actions: group,
          resources: [resource],
          conditions: [...others, ...(bounds ? [value === null ? bounds : { ...bounds, values: [value] }] : [])],
        },
      })),
    ),
  );
}

const isAbsence = ({ test }: { readonly test: string }) => test === 'Null';
const sourceIn = (conditions: NonNullable<Statement['conditions']>) =>
  conditions.find(({ variable }) => variable === 'events:source')?.values.join('|') ?? null;
