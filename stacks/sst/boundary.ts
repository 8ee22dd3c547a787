/// <reference path="../../.sst/platform/config.d.ts" />
import type { DeployableStage } from '../stages.ts';
import type { Place } from '../topology-names.ts';
import { boundaryOf } from '../topology-permissions-boundary.ts';
import { rolePolicy } from '../topology-policy.ts';

/** The most that a role of the stage may do; CI can make no role without it. */
export function createBoundary(stage: DeployableStage, place: Place, key: aws.kms.Key): aws.iam.Policy {
  return new aws.iam.Policy('Boundary', {
    name: `frontdesk-${place.env}-boundary`,
    description: 'The most that any role of Frontdesk may do',
    policy: key.arn.apply((keyArn) => rolePolicy(boundaryOf(stage, place, keyArn))),
  });
}
