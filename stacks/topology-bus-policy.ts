/** Who may put what on the bus: everybody else is denied, whatever their own policies say (platform §4.2 T5, reference/sst-offline). */
import { CATALOGUE, EVENT_NAMES } from '../events/catalogue.ts';
import type { FunctionName } from '../events/words.ts';
import { topology } from './topology.ts';
import { arns, type Place } from './topology-names.ts';
import { operatorsStating } from './topology-operators.ts';
import { publishersOf } from './topology-permissions.ts';

/** A statement of a policy that stands with the resource. */
export type PolicyStatement = {
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
};

/**
 * Denials only. Within an account a role's own policy is enough to publish, so an Allow here would add nothing but a way around the
 * role's conditions; and an allow-only policy keeps out nobody. EventBridge itself is let through: it replays.
 */
export function busPolicyOf(place: Place): PolicyStatement[] {
  return [
    denial(place, 'OursAlone', rolesOf(place, sources())),
    ...groups(place).map(({ sources: named, roles }, index) =>
      denial(place, `Source${index}`, roles, {
        test: 'ForAnyValue:StringEquals',
        variable: 'events:source',
        values: named.map((source) => `frontdesk.${source}`),
      }),
    ),
  ];
}

type Condition = PolicyStatement['conditions'][number];

function denial(place: Place, sid: string, roles: readonly string[], ...when: readonly Condition[]): PolicyStatement {
  return {
    sid,
    effect: 'Deny',
    principals: [{ type: '*', identifiers: ['*'] }],
    actions: ['events:PutEvents'],
    resources: [arns(place).bus],
    conditions: [
      ...when,
      { test: 'ArnNotEquals', variable: 'aws:PrincipalArn', values: roles },
      { test: 'Bool', variable: 'aws:PrincipalIsAWSService', values: ['false'] },
    ],
  };
}

/** Every name under which a fact is stated. */
function sources(): FunctionName[] {
  return [...new Set(EVENT_NAMES.flatMap((event): readonly FunctionName[] => CATALOGUE[event].producers))].sort();
}

/** Sources that the same roles may state share a statement: a policy of a bus holds 10,240 bytes. */
function groups(place: Place): { readonly sources: FunctionName[]; readonly roles: string[] }[] {
  const byRoles = new Map<string, { sources: FunctionName[]; roles: string[] }>();
  for (const source of sources()) {
    const roles = rolesOf(place, [source]);
    const group = byRoles.get(roles.join()) ?? { sources: [], roles };
    group.sources.push(source);
    byRoles.set(roles.join(), group);
  }
  return [...byRoles.values()];
}

function rolesOf(place: Place, named: readonly FunctionName[]): string[] {
  const functions = topology.functions.filter(({ name }) =>
    named.some((source) => publishersOf(source).includes(name)),
  );
  const operators = new Set(named.flatMap(operatorsStating));
  return [
    ...functions.map(({ name }) => arns(place).role(name)),
    ...[...operators].map((name) => arns(place).role(`operator-${name}`)),
  ];
}
