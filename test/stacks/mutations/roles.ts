/** How a role may come to be more than it should. */
import { edit, type Mutation, named, type Properties, statementsOfRole } from './mutation.ts';

const ALL = 'arn:aws:iam::000000000000';
const role = (name: string) => `frontdesk-dev-${name}`;

export const ROLE_MUTATIONS: readonly Mutation[] = [
  {
    name: 'action widened',
    breaks: 'no-wildcard-action',
    change: (draft) => grant(statementsOfRole(draft, role('sealer')), 'dynamodb:*', 'table/frontdesk_dev_audit_trail'),
  },
  {
    name: 'all but one action',
    breaks: 'nothing-allowed-by-exception',
    change: (draft) =>
      statementsOfRole(draft, role('sealer')).push({ Effect: 'Allow', NotAction: ['iam:CreateRole'], Resource: ['x'] }),
  },
  {
    name: 'account root in a trust policy',
    breaks: 'no-account-root-in-trust',
    change: (draft) =>
      edit(draft, 'iam.Role', role('operator-flags'), (properties) => {
        properties.assumeRolePolicy.Statement[0].Principal = { AWS: [`${ALL}:root`] };
      }),
  },
  {
    name: 'function role taken by another service',
    breaks: 'functions-are-taken-by-lambda-alone',
    change: (draft) =>
      edit(draft, 'iam.Role', role('sealer'), (properties) => {
        properties.assumeRolePolicy.Statement[0].Principal.Service.push('ec2.amazonaws.com');
      }),
  },
  {
    name: 'two functions in one role',
    breaks: 'a-role-for-each-function',
    change: (draft) =>
      edit(draft, 'lambda.Function', role('flag-watcher'), (properties) => {
        properties.role = `${ALL}:role/${role('sealer')}`;
      }),
  },
  {
    name: 'boundary dropped',
    breaks: 'roles-have-a-boundary',
    change: (draft) => edit(draft, 'iam.Role', role('sealer'), (properties) => delete properties.permissionsBoundary),
  },
  {
    name: 'logs allowed everywhere',
    breaks: 'no-policies-of-aws',
    change: (draft) =>
      edit(draft, 'iam.Role', role('sealer'), (properties) => {
        properties.managedPolicyArns = ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'];
      }),
  },
  {
    name: 'second factor forgotten',
    breaks: 'break-glass-wants-a-second-factor',
    stage: 'prod',
    change: (draft) =>
      edit(draft, 'iam.Role', 'prod-breakglass-admin', (properties) => {
        properties.assumeRolePolicy.Statement[0].Condition = {};
      }),
  },
  {
    name: 'session of twelve hours',
    breaks: 'sessions-end-within-an-hour',
    change: (draft) =>
      edit(draft, 'iam.Role', role('operator-flags'), (properties) => {
        properties.maxSessionDuration = 43_200;
      }),
  },
  {
    name: 'CI from any branch',
    breaks: 'ci-is-one-branch-of-one-repository',
    change: (draft) =>
      edit(draft, 'iam.Role', 'frontdesk-ci-deploy', ({ assumeRolePolicy }) => {
        const [statement] = assumeRolePolicy.Statement;
        statement.Condition.StringEquals['token.actions.githubusercontent.com:sub'] = ['repo:example/frontdesk:*'];
      }),
  },
  {
    name: 'CI may read secrets',
    breaks: 'ci-reads-no-secret',
    change: (draft) => {
      const denials = draft.graph.resources.filter(({ properties }) =>
        /^frontdesk-ci-deploy-/.test(String(properties.name)),
      );
      for (const { properties } of denials as Properties[])
        properties.policy.Statement = properties.policy.Statement.filter(
          ({ Effect, Action }: Properties) => Effect !== 'Deny' || !Action.includes('secretsmanager:GetSecretValue'),
        );
    },
  },
  {
    name: 'a function may start replays',
    breaks: 'replays-are-started-by-one-role',
    change: (draft) =>
      grant(statementsOfRole(draft, role('sealer')), 'events:StartReplay', 'archive/frontdesk-dev-facts'),
  },
  {
    name: 'responder-route may read the model’s key',
    breaks: 'secrets-have-their-readers',
    change: (draft) =>
      grant(
        statementsOfRole(draft, role('responder-route')),
        'secretsmanager:GetSecretValue',
        'secret:frontdesk/dev/openai/api_key-??????',
      ),
  },
  {
    name: 'any event under one name',
    breaks: 'producers-say-who-they-are',
    change: (draft) => {
      const publishing = statementsOfRole(draft, role('sealer')).find(({ Action }) =>
        Action.includes('events:PutEvents'),
      );
      delete publishing.Condition['ForAllValues:StringEquals'];
    },
  },
  {
    name: 'classify may approve',
    breaks: 'approvals-come-from-verify',
    change: (draft) => {
      const publishing = statementsOfRole(draft, role('classify')).find(({ Action }) =>
        Action.includes('events:PutEvents'),
      );
      publishing.Condition['ForAllValues:StringEquals']['events:detail-type'].push('ReplyApproved');
    },
  },
  {
    name: 'denial of the bus dropped',
    breaks: 'the-bus-denies-strangers',
    change: (draft) => {
      // The roles that are let through stay named, in a denial of something else.
      for (const statement of named(draft, 'BusPolicy').policy.Statement) statement.Action = ['events:PutRule'];
    },
  },
  {
    name: 'public bus',
    breaks: 'the-bus-is-not-public',
    change: (draft) =>
      named(draft, 'BusPolicy').policy.Statement.push({
        Sid: 'Everybody',
        Effect: 'Allow',
        Principal: '*',
        Action: ['events:PutEvents'],
        Resource: ['*'],
      }),
  },
  {
    name: 'a producer that the bus denies',
    breaks: 'every-producer-gets-past-the-bus',
    change: (draft) => {
      for (const { Condition } of named(draft, 'BusPolicy').policy.Statement) {
        const kept = Condition.ArnNotEquals['aws:PrincipalArn'].filter(
          (arn: string) => !arn.endsWith('/frontdesk-dev-sealer'),
        );
        Condition.ArnNotEquals['aws:PrincipalArn'] = kept.length > 0 ? kept : [`${ALL}:role/frontdesk-dev-verify`];
      }
    },
  },
  {
    name: 'table of another stage',
    breaks: 'roles-stay-in-their-stage',
    change: (draft) =>
      grant(statementsOfRole(draft, role('sealer')), 'dynamodb:Query', 'table/frontdesk_prod_audit_trail'),
  },
  {
    name: 'key opened by hand',
    breaks: 'the-key-opens-through-services',
    change: (draft) => {
      const opening = statementsOfRole(draft, role('sealer')).find(({ Action }) => Action.includes('kms:Decrypt'));
      opening.Condition = {};
    },
  },
  {
    name: 'sealer reads the vault',
    breaks: 'order-facts-are-read-where-they-are-spoken-of',
    change: (draft) => grant(statementsOfRole(draft, role('sealer')), 'dynamodb:GetItem', 'table/frontdesk_dev_vault'),
  },
  {
    name: 'verify reads order facts',
    breaks: 'order-facts-are-read-where-they-are-spoken-of',
    change: (draft) => {
      const reading = statementsOfRole(draft, role('verify')).find(({ Resource }) =>
        Resource.some((one: string) => one.endsWith('_vault')),
      );
      reading.Condition['ForAllValues:StringLike']['dynamodb:LeadingKeys'] = ['*'];
    },
  },
];

function grant(statements: Properties[], action: string, resource: string): void {
  const [service] = action.split(':');
  statements.push({
    Effect: 'Allow',
    Action: [action],
    Resource: [`arn:aws:${service}:us-east-2:000000000000:${resource}`],
  });
}
