/** Holds what the roles may do against platform §4.5: all of it, nothing else, and least of all what it names as absent. */
import type { Graph, Resource } from '../../../tools/stacks/graph.ts';
import { covers, grantsOf, roleOf, type Statement } from '../policies.ts';
import { all, asList, at, nameOf } from '../query.ts';
import { filled, placeOf } from './read.ts';
import type { Access, Expected, Grant } from './types.ts';

export function judgeAccess(graph: Graph, { access, everyone, parking }: Expected): string[] {
  return access
    .filter(({ on }) => on === undefined || on.includes(graph.stage))
    .flatMap((entry) => {
      const written = filled(entry, placeOf(graph)) as Access;
      const role = roleNamed(graph, written);
      if (role === undefined) return [`${entry.id} (${entry.spec}): there is no such role`];
      const common = written.function === undefined ? [] : everyone;
      const given = [...common, ...(written.parks ? parking : [])].map(
        (grant) => filled(grant, { fn: written.function }) as Grant,
      );
      const place: Place = { graph, role: written.function ?? '' };
      return judgeRole(grantsOf(graph, role), [...written.may, ...given], written.never, place).map(
        (problem) => `${entry.id} (${entry.spec}): ${problem}`,
      );
    });
}

function roleNamed(graph: Graph, { function: name, role }: Access): Resource | undefined {
  if (name !== undefined) return roleOf(graph, `frontdesk-${graph.stage}-${name}`);
  return all(graph, 'iam.Role').find((one) => nameOf(one) === role);
}

type Place = { readonly graph: Graph; readonly role: string };

function judgeRole(statements: readonly Statement[], may: readonly Grant[], never: readonly Grant[], place: Place) {
  const allowed = statements.filter(({ effect }) => effect === 'Allow');
  return [
    ...allowed.flatMap((statement) => beyond(statement, may, place)),
    ...may.filter(({ optional }) => !optional).flatMap((grant) => missing(grant, allowed, place)),
    ...never.flatMap((grant) => forbidden(grant, allowed, place)),
  ];
}

/** What a statement allows and no grant speaks of. */
function beyond(statement: Statement, may: readonly Grant[], place: Place): string[] {
  return pairsOf(statement).flatMap(([action, resource]) => {
    const isGiven = may.some(
      ({ do: actions, on }) =>
        actions.includes(action) && on.some((name) => isWithin(statement, resource, name, place)),
    );
    return isGiven ? [] : [`may ${action} on ${resource}, which is not given`];
  });
}

function missing({ do: actions, on }: Grant, allowed: readonly Statement[], place: Place): string[] {
  return actions.flatMap((action) =>
    on.flatMap((name) => {
      const has = allowed.some((statement) =>
        pairsOf(statement).some(([one, resource]) => one === action && isWithin(statement, resource, name, place)),
      );
      return has ? [] : [`may not ${action} on ${name}`];
    }),
  );
}

function forbidden({ do: actions, on }: Grant, allowed: readonly Statement[], place: Place): string[] {
  return allowed.flatMap((statement) =>
    pairsOf(statement).flatMap(([action, resource]) =>
      actions
        .filter((one) => covers(one, action) || covers(action, one))
        .flatMap(() =>
          on
            .filter((name) => touches(statement, resource, name, place))
            .map((name) => `may ${action} on ${name}, which is explicitly absent`),
        ),
    ),
  );
}

function pairsOf({ actions, resources }: Statement): (readonly [string, string])[] {
  return actions.flatMap((action) => resources.map((resource) => [action, resource] as const));
}

/** Whether a statement's resource lies within what a short name means. */
function isWithin(statement: Statement, resource: string, name: string, place: Place): boolean {
  const [short = '', prefix] = name.split('@');
  const lies = arnsOf(short, place).some((arn) => (arn === ANYTHING ? resource === ANYTHING : covers(arn, resource)));
  return lies && keysLieIn(statement, prefix);
}

/** Whether a statement's resource meets what a short name means. */
function touches(statement: Statement, resource: string, name: string, place: Place): boolean {
  const [short = '', prefix] = name.split('@');
  const meets = arnsOf(short, place).some((arn) => covers(arn, resource) || covers(resource, arn));
  return meets && keysMeet(statement, prefix);
}

function keysLieIn(statement: Statement, prefix: string | undefined): boolean {
  if (prefix === undefined) return true;
  const keys = leadingKeys(statement);
  return keys?.every((key) => key.startsWith(prefix)) ?? false;
}

function keysMeet(statement: Statement, prefix: string | undefined): boolean {
  const keys = leadingKeys(statement);
  if (prefix === undefined || keys === null) return true;
  return keys.some((key) => key.startsWith(prefix) || covers(key, prefix));
}

/** `null` where any key is allowed: a condition without a demand that there are keys holds for none at all. */
function leadingKeys({ conditions }: Statement): readonly string[] | null {
  const demanded = asList(at(conditions, 'Null', 'dynamodb:LeadingKeys') as string | string[] | undefined);
  const keys = at(conditions, 'ForAllValues:StringLike', 'dynamodb:LeadingKeys') as string | string[] | undefined;
  return keys === undefined || String(demanded[0]) !== 'false' ? null : asList(keys);
}

/** Where a service knows no resources, a policy names all. */
const ANYTHING = '*';

function arnsOf(short: string, { graph: { stage, region, accountId }, role }: Place): string[] {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;
  const [kind, name = ''] = short.split(/:(.*)/s);
  switch (kind) {
    case 'anything':
      return [ANYTHING];
    case 'archive':
      return [arn('events', 'archive/frontdesk-*')];
    case 'bus':
      return [arn('events', `event-bus/frontdesk-${stage}`)];
    case 'flags':
      return [arn('ssm', `parameter/frontdesk/${stage}`), arn('ssm', `parameter/frontdesk/${stage}/*`)];
    case 'key':
      return [arn('kms', 'key/*')];
    case 'logs':
      return [arn('logs', `log-group:/aws/lambda/frontdesk-${stage}-${role}:*`)];
    case 'queue':
      return [arn('sqs', `frontdesk-${stage}-${name}`)];
    case 'replay':
      return [arn('events', 'replay/*')];
    case 'rule':
      return [arn('events', `rule/frontdesk-${stage}/${name}`)];
    case 'secret':
      return [arn('secretsmanager', `secret:frontdesk/${stage}/${name}-*`)];
    case 'stream':
      return [arn('firehose', `deliverystream/frontdesk-${stage}-facts`)];
    case 'table':
      return [
        arn('dynamodb', `table/frontdesk_${stage}_${name}`),
        arn('dynamodb', `table/frontdesk_${stage}_${name}/*`),
      ];
    default:
      throw new Error(`${short} is no resource that expected.yaml knows`);
  }
}
