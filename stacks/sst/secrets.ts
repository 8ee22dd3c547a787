/// <reference path="../../.sst/platform/config.d.ts" />
import type { DeployableStage } from '../stages.ts';
import { topology } from '../topology.ts';

/** Days in which a deleted secret can be had back. */
const RECOVERY_DAYS = 30;

/** Empty containers: a value is put into them by hand, never by code (platform §1.4). */
export function createSecrets({ name: env, data }: Pick<DeployableStage, 'name' | 'data'>, key: aws.kms.Key): void {
  for (const { name, meaning } of topology.secrets) {
    new aws.secretsmanager.Secret(`Secret-${name.replaceAll(/[/_]/g, '-')}`, {
      name: `frontdesk/${env}/${name}`,
      description: meaning,
      kmsKeyId: key.arn,
      // A stage that is made and removed at will must be able to take the name again.
      recoveryWindowInDays: data.isRetained ? RECOVERY_DAYS : 0,
    });
  }
}
