/// <reference path="../../.sst/platform/config.d.ts" />
import { topology } from '../topology.ts';
import { busPolicyOf } from '../topology-bus-policy.ts';
import type { Place } from '../topology-names.ts';
import { resourcePolicy } from '../topology-policy.ts';

/** The bus on which all facts travel, with who may speak on it and where it puts what it cannot handle. */
export function createBus(place: Place, key: aws.kms.Key, deadLetters: aws.sqs.Queue): sst.aws.Bus {
  const bus = new sst.aws.Bus('Bus', {
    transform: {
      bus: {
        name: topology.busName(place.env),
        kmsKeyIdentifier: key.arn,
        deadLetterConfig: { arn: deadLetters.arn },
      },
    },
  });
  new aws.cloudwatch.EventBusPolicy('BusPolicy', {
    eventBusName: bus.name,
    policy: resourcePolicy(busPolicyOf(place)),
  });
  return bus;
}
