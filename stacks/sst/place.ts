/// <reference path="../../.sst/platform/config.d.ts" />
import { arns } from '../topology-names.ts';

/** Where the stage is deployed, and the ARNs that follow from it. */
export type CurrentPlace = $util.Output<{
  readonly env: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
}>;

export function currentPlace(): CurrentPlace {
  return $util
    .all([aws.getRegionOutput(), aws.getCallerIdentityOutput(), aws.getPartitionOutput()])
    .apply(([region, identity, partition]) => ({
      env: $app.stage,
      region: region.region,
      accountId: identity.accountId,
      partition: partition.partition,
    }));
}

export type Arns = ReturnType<typeof arns>;

/** An ARN of this stage that needs no resource to be made first. */
export function arnOf(place: CurrentPlace, choose: (named: Arns) => string): $util.Output<string> {
  return place.apply((known) => choose(arns(known)));
}
