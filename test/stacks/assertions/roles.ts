/** Who may do what (platform §4.2 T5–T6, §4.5, §4.11, §1.1). */
import type { Graph, Resource } from '../../../tools/stacks/graph.ts';
import { grantsOf, managedOf, type Statement, statementsOf } from '../policies.ts';
import { all, asList, at, nameOf, text } from '../query.ts';
import type { Assertion } from './assertion.ts';

const BREAK_GLASS = 'prod-breakglass-admin';
const BUS_CONDITIONS = [
  'StringEquals events:source',
  'ForAllValues:StringEquals events:detail-type',
  'Null events:detail-type',
];

/** Secrets and who reads them: platform §1.4 and §4.5, architecture §10 ruling 31. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  'richpanel/api_key': [
    'classify',
    'order-lookup',
    'responder-route',
    'responder-reply',
    'responder-settle',
    'reconciler',
    'operator-drain',
  ],
  'richpanel/webhook_token': ['ingest', 'operator-secrets'],
  'richpanel/bot_agent_id': ['classify', 'responder-reply', 'responder-settle'],
  'openai/api_key': ['classify', 'verify'],
  hash_salt: [
    'ingest',
    'classify',
    'order-lookup',
    'verify',
    'responder-route',
    'responder-reply',
    'responder-settle',
    'reconciler',
    'operator-erasure',
  ],
  vault_key: ['classify', 'order-lookup', 'verify', 'responder-reply'],
};

export const ROLES: readonly Assertion[] = [
  {
    name: 'no-wildcard-action',
    spec: 'issue 9 Build 2; reference/sst-offline',
    problems: ({ graph }) =>
      identityStatements(graph).flatMap(([who, { effect, actions }]) =>
        effect === 'Allow'
          ? actions.filter((action) => action.includes('*')).map((action) => `${who} may ${action}`)
          : [],
      ),
  },
  {
    name: 'nothing-allowed-by-exception',
    spec: 'platform §4.5',
    problems: ({ graph }) =>
      identityStatements(graph)
        .filter(([, { effect, isNegated }]) => effect === 'Allow' && isNegated)
        .map(([who]) => `${who} may all but what is named`),
  },
  {
    name: 'no-account-root-in-trust',
    spec: 'issue 9 Build 2; reference/sst-offline',
    problems: ({ graph }) =>
      trusts(graph).flatMap(([role, { principals }]) =>
        principals
          .filter((one) => one === '*' || one.endsWith(':root') || /^\d{12}$/.test(one))
          .map((one) => `${nameOf(role)} may be taken by ${one}`),
      ),
  },
  {
    name: 'functions-are-taken-by-lambda-alone',
    spec: 'platform §4.5',
    problems: ({ graph }) =>
      all(graph, 'lambda.Function').flatMap((one) => {
        const role = all(graph, 'iam.Role').find((found) => text(one.properties, 'role').endsWith(`/${nameOf(found)}`));
        const takers =
          role === undefined
            ? ['nobody']
            : statementsOf(role.properties.assumeRolePolicy).flatMap(({ principals }) => principals);
        return takers.length === 1 && takers[0] === 'lambda.amazonaws.com'
          ? []
          : [`${nameOf(one)} runs in a role that ${takers.join(', ')} may take`];
      }),
  },
  {
    name: 'a-role-for-each-function',
    spec: 'platform §4.5',
    problems: ({ graph }) => {
      const roles = all(graph, 'lambda.Function').map(({ properties }) => text(properties, 'role'));
      return roles.filter((role, index) => roles.indexOf(role) !== index).map((role) => `${role} serves two functions`);
    },
  },
  {
    name: 'roles-have-a-boundary',
    spec: 'platform §4.2 T15, §4.5',
    problems: ({ graph }) =>
      all(graph, 'iam.Role')
        .filter((role) => nameOf(role) !== BREAK_GLASS && text(role.properties, 'permissionsBoundary') === '')
        .map((role) => `${nameOf(role)} has no boundary`),
  },
  {
    name: 'no-policies-of-aws',
    spec: 'platform §4.5',
    problems: ({ graph }) =>
      all(graph, 'iam.Role')
        .filter((role) => nameOf(role) !== BREAK_GLASS)
        .flatMap((role) => managedOf(graph, role).map((arn) => `${nameOf(role)} has ${arn}, which names no resource`)),
  },
  {
    name: 'break-glass-wants-a-second-factor',
    spec: 'platform §4.11',
    problems: ({ graph }) =>
      trusts(graph)
        .filter(([role]) => nameOf(role) === BREAK_GLASS)
        .filter(
          ([, { conditions }]) =>
            !asList(at(conditions, 'Bool', 'aws:MultiFactorAuthPresent') as string[] | undefined).includes('true'),
        )
        .map(([role]) => `${nameOf(role)} may be taken without a second factor`),
  },
  {
    name: 'sessions-end-within-an-hour',
    spec: 'platform §4.11',
    problems: ({ graph }) =>
      all(graph, 'iam.Role')
        .filter(({ properties }) => Number(properties.maxSessionDuration ?? 3600) > 3600)
        .map((role) => `${nameOf(role)} may be held for longer than an hour`),
  },
  {
    name: 'ci-is-one-branch-of-one-repository',
    spec: 'platform §1.1',
    problems: ({ graph }) =>
      trusts(graph)
        .filter(([, { actions }]) => actions.includes('sts:AssumeRoleWithWebIdentity'))
        .flatMap(([role, { conditions }]) => {
          const said = (key: string) =>
            ['StringEquals', 'StringLike'].flatMap((test) => [
              ...asList(
                at(conditions, test, `token.actions.githubusercontent.com:${key}`) as string | string[] | undefined,
              ),
            ]);
          const subjects = said('sub');
          const isNarrow =
            subjects.length > 0 &&
            subjects.every((one) =>
              /^repo:[\w.-]+\/[\w.-]+:(ref:refs\/(heads|tags)\/[\w./-]+\*?|environment:[\w-]+)$/.test(one),
            );
          return isNarrow && said('aud').join() === 'sts.amazonaws.com'
            ? []
            : [`${nameOf(role)} may be taken from ${subjects.join(', ') || 'anywhere'}`];
        }),
  },
  {
    name: 'ci-reads-no-secret',
    spec: 'platform §4.5',
    problems: ({ graph }) => {
      const ci = all(graph, 'iam.Role').find((role) => nameOf(role) === 'frontdesk-ci-deploy');
      if (ci === undefined) return [];
      const statements = grantsOf(graph, ci);
      const reads = (effect: string) =>
        statements.some((one) => one.effect === effect && one.actions.includes('secretsmanager:GetSecretValue'));
      return reads('Deny') && !reads('Allow') ? [] : ['CI may read the value of a secret'];
    },
  },
  {
    name: 'replays-are-started-by-one-role',
    spec: 'platform §4.2 T6',
    problems: ({ graph }) =>
      identityStatements(graph)
        .filter(
          ([who, { effect, actions }]) =>
            effect === 'Allow' &&
            actions.includes('events:StartReplay') &&
            who !== `frontdesk-${graph.stage}-operator-replay`,
        )
        .map(([who]) => `${who} may start a replay`),
  },
  {
    name: 'secrets-have-their-readers',
    spec: 'platform §1.4, §4.5',
    problems: ({ graph }) =>
      identityStatements(graph).flatMap(([who, { effect, actions, resources }]) =>
        effect === 'Allow' && actions.includes('secretsmanager:GetSecretValue')
          ? resources
              .filter(
                (resource) =>
                  !(READERS[secretOf(graph, resource)] ?? []).some(
                    (name) => who === `frontdesk-${graph.stage}-${name}`,
                  ),
              )
              .map((resource) => `${who} may read ${resource}`)
          : [],
      ),
  },
  {
    name: 'producers-say-who-they-are',
    spec: 'platform §4.2 T5',
    problems: ({ graph }) =>
      identityStatements(graph)
        .filter(([, { effect, actions }]) => effect === 'Allow' && actions.includes('events:PutEvents'))
        .filter(([, { conditions }]) => {
          const given = Object.entries(conditions).flatMap(([test, inner]) =>
            Object.keys(inner).map((key) => `${test} ${key}`),
          );
          const demand = asList(at(conditions, 'Null', 'events:detail-type') as string[] | undefined);
          return !BUS_CONDITIONS.every((one) => given.includes(one)) || demand.join() !== 'false';
        })
        .map(([who]) => `${who} may publish under any name, or any event`),
  },
  {
    name: 'approvals-come-from-verify',
    spec: 'platform §11.3',
    problems: ({ graph }) =>
      identityStatements(graph)
        .filter(
          ([who, { conditions }]) =>
            asList(at(conditions, 'ForAllValues:StringEquals', 'events:detail-type') as string[] | undefined).includes(
              'ReplyApproved',
            ) && who !== `frontdesk-${graph.stage}-verify`,
        )
        .map(([who]) => `${who} may approve a reply`),
  },
  {
    name: 'the-bus-denies-strangers',
    spec: 'platform §4.2 T5; reference/sst-offline',
    problems: ({ graph }) => {
      const denials = busStatements(graph).filter(
        ({ effect, principals, actions, conditions }) =>
          effect === 'Deny' &&
          principals.includes('*') &&
          actions.includes('events:PutEvents') &&
          rolesKeptOut(conditions).length > 0,
      );
      return denials.length > 0 ? [] : ['no explicit denial keeps the rest of the account from the bus'];
    },
  },
  {
    name: 'the-bus-is-not-public',
    spec: 'platform §4.2 T5',
    problems: ({ graph }) =>
      busStatements(graph)
        .filter(
          ({ effect, principals }) =>
            effect === 'Allow' && principals.some((one) => one === '*' || one.endsWith(':root')),
        )
        .map(({ sid }) => `the bus is open to everybody (${sid})`),
  },
  {
    name: 'every-producer-gets-past-the-bus',
    spec: 'platform §4.2 T5',
    problems: ({ graph }) => {
      const known = new Set(
        busStatements(graph)
          .filter(({ effect }) => effect === 'Deny')
          .flatMap(({ conditions }) => rolesKeptOut(conditions)),
      );
      const producers = identityStatements(graph).filter(
        ([who, { effect, actions }]) =>
          effect === 'Allow' && actions.includes('events:PutEvents') && who.startsWith('frontdesk-'),
      );
      return [...new Set(producers.map(([who]) => who))]
        .filter((who) => ![...known].some((arn) => arn.endsWith(`/${who}`)))
        .map((who) => `the bus denies ${who}, which publishes`);
    },
  },
  {
    name: 'roles-stay-in-their-stage',
    spec: 'platform §1.1, §4.5',
    problems: ({ graph }) => {
      const others = ['dev', 'staging', 'prod'].filter((stage) => stage !== graph.stage);
      const strange = new RegExp(`frontdesk[-_/](${others.join('|')})(?![a-z])`);
      return identityStatements(graph).flatMap(([who, { effect, resources }]) =>
        effect === 'Allow' ? resources.filter((one) => strange.test(one)).map((one) => `${who} may touch ${one}`) : [],
      );
    },
  },
  {
    name: 'the-key-opens-through-services',
    spec: 'platform §4.6',
    problems: ({ graph }) =>
      identityStatements(graph)
        .filter(
          ([who, { effect, actions, conditions }]) =>
            effect === 'Allow' &&
            actions.some((one) => one.startsWith('kms:Decrypt')) &&
            at(conditions, 'StringEquals', 'kms:ViaService') === undefined &&
            !isCapOrCi(who),
        )
        .map(([who]) => `${who} may decrypt by itself`),
  },
  {
    name: 'order-facts-are-read-where-they-are-spoken-of',
    spec: 'platform §4.5',
    problems: ({ graph }) =>
      identityStatements(graph)
        .filter(
          ([who, { effect, actions, resources }]) =>
            effect === 'Allow' &&
            actions.includes('dynamodb:GetItem') &&
            resources.some((one) => one.endsWith('_vault')) &&
            !isCapOrCi(who),
        )
        .filter(
          ([who, { conditions }]) =>
            !READS_VAULT[who.replace(`frontdesk-${graph.stage}-`, '')]?.(vaultKeys(conditions)),
        )
        .map(([who]) => `${who} may read what the vault holds of others`),
  },
];

/** Who may read which keys of the vault: verify the text, responder-reply the order, the erasure tool whatever it deletes. */
const READS_VAULT: Readonly<Record<string, (keys: readonly string[]) => boolean>> = {
  verify: (keys) => keys.join() === 'txt:*',
  'responder-reply': (keys) => keys.join() === 'ord:*',
  'operator-erasure': () => true,
};

function vaultKeys(conditions: unknown): readonly string[] {
  return asList(at(conditions, 'ForAllValues:StringLike', 'dynamodb:LeadingKeys') as string | string[] | undefined);
}

/** A boundary only caps; CI deploys and holds no data. */
const isCapOrCi = (who: string): boolean => who.endsWith('-boundary') || who.startsWith('frontdesk-ci-deploy');

/** Every statement of every role and of the policies beside them, with whose it is. */
function identityStatements(graph: Graph): (readonly [string, Statement])[] {
  const roles = all(graph, 'iam.Role').flatMap((role) =>
    grantsOf(graph, role).map((one) => [nameOf(role), one] as const),
  );
  const policies = all(graph, 'iam.Policy').flatMap((policy) =>
    statementsOf(policy.properties.policy).map((one) => [nameOf(policy), one] as const),
  );
  return [...roles, ...policies.filter(([name]) => !name.endsWith('-boundary'))];
}

function trusts(graph: Graph): (readonly [Resource, Statement])[] {
  return all(graph, 'iam.Role').flatMap((role) =>
    statementsOf(role.properties.assumeRolePolicy).map((one) => [role, one] as const),
  );
}

function busStatements(graph: Graph): Statement[] {
  return all(graph, 'cloudwatch.EventBusPolicy').flatMap(({ properties }) => statementsOf(properties.policy));
}

/** Roles that a denial does not mean. */
function rolesKeptOut(conditions: unknown): string[] {
  return ['ArnNotEquals', 'ArnNotLike', 'StringNotEquals', 'StringNotLike'].flatMap((test) => [
    ...asList(at(conditions, test, 'aws:PrincipalArn') as string | string[] | undefined),
  ]);
}

function secretOf({ stage }: Graph, arn: string): string {
  return /:secret:frontdesk\/[a-z]+\/(.+)-[?*A-Za-z]{1,6}$/.exec(arn)?.[1]?.replace(`frontdesk/${stage}/`, '') ?? arn;
}
