/// <reference path="../../.sst/platform/config.d.ts" />
import type { DeployableStage } from '../stages.ts';
import { CI_ROLE, ciBoundaryOf, ciPoliciesOf, ciTrustOf, GITHUB, providerArn } from '../topology-delivery.ts';
import type { Place } from '../topology-names.ts';
import { SESSION_SECONDS } from '../topology-operators.ts';
import { rolePolicy, trustPolicy } from '../topology-policy.ts';

/** The role of CI, by OpenID Connect: no key of AWS lies at GitHub (platform §1.1). */
export function createDelivery({ github }: Pick<DeployableStage, 'github'>, place: Place): void {
  if (github === null) return;
  const provider =
    github.provider === 'exists'
      ? providerArn(place)
      : new aws.iam.OpenIdConnectProvider('GitHub', {
          url: `https://${GITHUB}`,
          clientIdLists: ['sts.amazonaws.com'],
        }).arn;
  const role = new aws.iam.Role('Role-ci-deploy', {
    name: CI_ROLE,
    description: `Deploys from ${github.repository}, ${github.ref}`,
    maxSessionDuration: SESSION_SECONDS,
    permissionsBoundary: new aws.iam.Policy('Boundary-ci', {
      name: `${CI_ROLE}-boundary`,
      description: 'The most that a deploy by CI may do',
      policy: rolePolicy(ciBoundaryOf()),
    }).arn,
    assumeRolePolicy: $util.output(provider).apply((arn) => trustPolicy({ Federated: [arn] }, ciTrustOf(github))),
  });
  for (const { name, statements } of ciPoliciesOf(place)) {
    const policy = new aws.iam.Policy(`Policy-ci-${name}`, {
      name: `${CI_ROLE}-${name}`,
      policy: rolePolicy(statements),
    });
    new aws.iam.RolePolicyAttachment(`Attach-ci-${name}`, { role: role.name, policyArn: policy.arn });
  }
}
