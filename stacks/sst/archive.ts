/// <reference path="../../.sst/platform/config.d.ts" />
import { topology } from '../topology.ts';

/** What is kept for replay; SST has no component for it. */
export function createArchives(bus: sst.aws.Bus): void {
  for (const { name, pattern, retentionDays } of topology.archives) {
    new aws.cloudwatch.EventArchive(`Archive-${name}`, {
      name: `frontdesk-${$app.stage}-${name}`,
      eventSourceArn: bus.arn,
      eventPattern: JSON.stringify(pattern),
      retentionDays,
    });
  }
}
