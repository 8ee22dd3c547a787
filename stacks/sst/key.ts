/// <reference path="../../.sst/platform/config.d.ts" />
import { KEY_DELETION_DAYS, keyPolicyOf } from '../topology-key.ts';
import type { Place } from '../topology-names.ts';
import { resourcePolicy } from '../topology-policy.ts';

/** One key a stage: tables, bus, archives, queues, secrets, topics and logs (platform §4.6). */
export function createKey(place: Place): aws.kms.Key {
  const key = new aws.kms.Key('Key', {
    description: `Everything that Frontdesk keeps in ${place.env}`,
    enableKeyRotation: true,
    deletionWindowInDays: KEY_DELETION_DAYS,
    policy: resourcePolicy(keyPolicyOf(place)),
  });
  new aws.kms.Alias('KeyAlias', { name: `alias/frontdesk-${place.env}`, targetKeyId: key.keyId });
  return key;
}
