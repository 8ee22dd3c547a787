/// <reference path="../../.sst/platform/config.d.ts" />
import { type DeployableStage, requirePlace } from '../stages.ts';
import type { Place } from '../topology-names.ts';

/** Where the credentials lead; refuses any other account or region than the stage's before a single resource is made. */
export async function requireOwnPlace(stage: DeployableStage): Promise<Place> {
  const [region, identity, partition] = await Promise.all([
    aws.getRegion(),
    aws.getCallerIdentity(),
    aws.getPartition(),
  ]);
  requirePlace(stage, { accountId: identity.accountId, region: region.region });
  return { env: stage.name, region: region.region, accountId: identity.accountId, partition: partition.partition };
}
