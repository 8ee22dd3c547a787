/** What a role may do. */
import type { Control } from '../control.ts';

const PERMISSIONS_TEST = 'stacks/topology-permissions.test.ts';
const ROLES_TEST = 'stacks/topology-function-roles.test.ts';
const BUS_TEST = 'stacks/topology-bus-policy.test.ts';
const PERMISSIONS = 'stacks/topology-permissions.ts';

export const ROLES_CONTROLS: readonly Control[] = [
  {
    id: 'bus-denies-others',
    threats: ['T5'],
    control: 'The bus denies whoever is not a role of ours, and each source to all but the roles that state it.',
    test: BUS_TEST,
    removal: [
      { file: 'stacks/topology-bus-policy.ts', before: "    effect: 'Deny',\n", after: "    effect: 'Allow',\n" },
    ],
  },
  {
    id: 'no-table-read-whole',
    threats: ['T15'],
    control: 'No function scans a table, writes a flag, touches a rule or makes a role.',
    test: ROLES_TEST,
    removal: [
      {
        file: PERMISSIONS,
        before: "  list: ['dynamodb:Query'],",
        after: "  list: ['dynamodb:Query', 'dynamodb:Scan'],",
      },
    ],
  },
  {
    id: 'account-guard',
    threats: ['T15', 'T21'],
    control: 'A command with `--target aws` refuses credentials of another account or region than the stage’s.',
    test: 'operate/instance/own-place.test.ts',
    removal: [
      {
        file: 'operate/instance/own-place.ts',
        before: "  if (context.target === 'local') return;",
        after: '  if (context.target !== null) return;',
      },
    ],
  },
  {
    id: 'approval-by-verify-alone',
    threats: ['T5', 'T15'],
    control: 'Each role may put its own events under its own name; an approval can be stated by `verify` alone.',
    test: PERMISSIONS_TEST,
    removal: [
      {
        file: PERMISSIONS,
        before: 'values: [...new Set(pairs.filter((pair) => pair.source === source).map(({ event }) => event))],',
        after: 'values: [...EVENT_NAMES],',
      },
    ],
  },
  {
    id: 'detail-type-demanded',
    threats: ['T5', 'T15'],
    control: 'A `PutEvents` without detail-type is refused, since an empty set satisfies “for all values”.',
    test: PERMISSIONS_TEST,
    removal: [
      {
        file: PERMISSIONS,
        before: "      { test: 'Null', variable: 'events:detail-type', values: ['false'] },\n",
        after: '',
      },
    ],
  },
  {
    id: 'keys-by-prefix',
    threats: ['T15'],
    control: 'Tables are granted by key prefix, an index by the value asked for.',
    test: PERMISSIONS_TEST,
    removal: [
      {
        file: PERMISSIONS,
        before: "...(prefix !== '' && { conditions: [leadingKey, isNamed] }),",
        after: "...(prefix === 'none' && { conditions: [leadingKey, isNamed] }),",
      },
    ],
  },
  {
    id: 'own-queues',
    threats: ['T15'],
    control: 'A function uses its own queues, never another’s.',
    test: PERMISSIONS_TEST,
    removal: [
      {
        file: PERMISSIONS,
        before: 'const queues = [named.queue(failureQueueName(place.env, spec.name))];',
        after: "const queues = [named.queue(failureQueueName(place.env, spec.name)), named.queue('*')];",
      },
    ],
  },
  {
    id: 'nothing-idle-granted',
    threats: ['T15'],
    control: 'Functions run with clients that refuse what is not granted, and no grant is idle.',
    test: 'test/privileges/privileges.test.ts',
    removal: [
      {
        file: 'stacks/topology-grants.ts',
        before:
          "ingest: { uses: ['secrets', 'digests'], duties: ['intake', 'feedback'], secrets: ['richpanel/webhook_token'] },",
        after:
          "ingest: { uses: ['secrets', 'digests'], duties: ['intake', 'feedback', 'readConversation'], secrets: ['richpanel/webhook_token', 'richpanel/api_key'] },",
      },
    ],
  },
];
