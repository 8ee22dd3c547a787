/** The role that CI deploys with: who may take it, and the most it may ever do (platform §1.1, §4.2 T16, §4.5). */
import type { NamedStage } from './stages.ts';
import { DEPLOYING } from './topology-delivery-actions.ts';
import { arns, type Place } from './topology-names.ts';
import { BREAK_GLASS_ROLE, OPERATOR_NAMES, operatorRoleName } from './topology-operators.ts';
import type { Statement } from './topology-permissions.ts';

/** One for each account. */
export const CI_ROLE = 'frontdesk-ci-deploy';
export const GITHUB = 'token.actions.githubusercontent.com';
const AUDIENCE = 'sts.amazonaws.com';

export const providerArn = ({ partition, accountId }: Place): string =>
  `arn:${partition}:iam::${accountId}:oidc-provider/${GITHUB}`;

/** One repository, one branch or tag, one audience. */
export function ciTrustOf({ repository, ref }: NonNullable<NamedStage['github']>) {
  const subject = `repo:${repository}:ref:${ref}`;
  return [
    { test: 'StringEquals', variable: `${GITHUB}:aud`, values: [AUDIENCE] },
    { test: subject.includes('*') ? 'StringLike' : 'StringEquals', variable: `${GITHUB}:sub`, values: [subject] },
  ];
}

export type CiPolicy = { readonly name: string; readonly statements: readonly CiStatement[] };
export type CiStatement = Omit<Statement, 'conditions'> & {
  readonly effect: 'Allow' | 'Deny';
  readonly conditions?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
};

/**
 * What a deploy does, one policy a concern: IAM holds 6,144 characters in each. No value of a secret is read or written, no flag
 * that stands is overwritten, and no role is made that could do more than the boundary says.
 */
export function ciPoliciesOf(place: Place): CiPolicy[] {
  const boundary = arns(place).policy('boundary');
  const roles = [arns(place).role('*')];
  return [
    ...Object.entries(DEPLOYING(place)).map(([name, statements]) => ({
      name,
      statements: statements.map((one): CiStatement => ({ effect: 'Allow', ...one })),
    })),
    {
      name: 'roles',
      statements: [
        {
          effect: 'Allow',
          actions: [
            'iam:GetRole',
            'iam:GetRolePolicy',
            'iam:ListAttachedRolePolicies',
            'iam:ListInstanceProfilesForRole',
            'iam:ListRolePolicies',
            'iam:ListRoleTags',
          ],
          resources: [...roles, ...ofPeople(place)],
        },
        {
          effect: 'Allow',
          actions: [
            'iam:AttachRolePolicy',
            'iam:CreateRole',
            'iam:DeleteRolePolicy',
            'iam:DetachRolePolicy',
            'iam:PutRolePermissionsBoundary',
            'iam:PutRolePolicy',
          ],
          resources: roles,
          conditions: [{ test: 'StringEquals', variable: 'iam:PermissionsBoundary', values: [boundary] }],
        },
        {
          effect: 'Allow',
          actions: ['iam:DeleteRole', 'iam:TagRole', 'iam:UntagRole', 'iam:UpdateAssumeRolePolicy', 'iam:UpdateRole'],
          resources: roles,
        },
        {
          effect: 'Allow',
          actions: ['iam:PassRole'],
          resources: roles,
          conditions: [
            {
              test: 'StringEquals',
              variable: 'iam:PassedToService',
              values: [
                'lambda.amazonaws.com',
                'scheduler.amazonaws.com',
                'events.amazonaws.com',
                'firehose.amazonaws.com',
              ],
            },
          ],
        },
        {
          effect: 'Allow',
          actions: ['iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:ListPolicyVersions', 'iam:GetOpenIDConnectProvider'],
          resources: [iam(place, 'policy/frontdesk-*'), providerArn(place)],
        },
        // What would widen its own rights is done by a person.
        {
          effect: 'Deny',
          actions: [
            'iam:AttachRolePolicy',
            'iam:CreatePolicyVersion',
            'iam:DeletePolicyVersion',
            'iam:DeleteRolePermissionsBoundary',
            'iam:DeleteRolePolicy',
            'iam:DetachRolePolicy',
            'iam:PutRolePermissionsBoundary',
            'iam:PutRolePolicy',
            'iam:SetDefaultPolicyVersion',
            'iam:UpdateAssumeRolePolicy',
          ],
          resources: [...ofPeople(place), iam(place, 'policy/frontdesk-*')],
        },
        { effect: 'Deny', actions: [...NEVER], resources: ['*'] },
      ],
    },
  ];
}

/** Roles that people take, and the CI role itself: CI looks at them and changes nothing. */
function ofPeople(place: Place): string[] {
  return [
    iam(place, `role/${CI_ROLE}`),
    iam(place, `role/${BREAK_GLASS_ROLE}`),
    ...OPERATOR_NAMES.map((name) => iam(place, `role/${operatorRoleName(place.env, name)}`)),
  ];
}

const iam = ({ partition, accountId }: Place, resource: string): string =>
  `arn:${partition}:iam::${accountId}:${resource}`;

/** Of secrets a deploy knows the containers; a value is a person's matter (platform §1.4). */
const NEVER = [
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'secretsmanager:PutSecretValue',
  'secretsmanager:UpdateSecretVersionStage',
] as const;

/** What no deploy does: data of customers, people and keys of IAM, the account's own record, a hand at the running system. */
const NO_DEPLOY = [
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:UpdateItem',
  'events:PutEvents',
  'events:StartReplay',
  'iam:AddUserToGroup',
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreatePolicyVersion',
  'iam:CreateUser',
  'iam:DeleteRolePermissionsBoundary',
  'iam:PutUserPolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateLoginProfile',
  'kms:DisableKey',
  'kms:ScheduleKeyDeletion',
  'lambda:InvokeFunction',
  'organizations:LeaveOrganization',
  'sqs:ReceiveMessage',
  'sts:AssumeRole',
] as const;

/**
 * The boundary of the CI role itself. A list of all that it may do would not fit into one policy, so this says what it can never be
 * given; what it is given stands in its policies, and it changes neither.
 */
export function ciBoundaryOf(): CiBoundary[] {
  return [{ effect: 'Allow', notActions: [...NEVER, ...NO_DEPLOY], resources: ['*'] }];
}

export type CiBoundary = {
  readonly effect: 'Allow';
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
};
