/// <reference path="../../.sst/platform/config.d.ts" />
import { topology } from '../topology.ts';

/** What is kept for replay, with the bus's own key; SST has no component for it. */
export function createArchives(bus: sst.aws.Bus, key: aws.kms.Key): void {
  for (const { name, pattern, retentionDays } of topology.archives) {
    new aws.cloudwatch.EventArchive(`Archive-${name}`, {
      name: `frontdesk-${$app.stage}-${name}`,
      eventSourceArn: bus.arn,
      eventPattern: JSON.stringify(pattern),
      retentionDays,
      kmsKeyIdentifier: key.arn,
    });
  }
}
