/** A stage as a rotation needs it: its secrets, what its door measures, whoever rings that door. */
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoStore } from '../../functions/shared/store/live-dynamodb.ts';
import type { Context } from '../context.ts';
import { clientConfiguration, secretClient, tableClient } from '../instance/clients.ts';
import { type Instance, requireInstance } from '../instance/instance.ts';
import { type Place, placeOf } from '../instance/place.ts';
import type { DoorGauges } from './door-gauges.ts';
import { gaugesInCloudWatch } from './gauges-in-cloudwatch.ts';
import { gaugesInLog } from './gauges-in-log.ts';

export type SecretPlace = {
  readonly place: Place;
  /** `null` on AWS. */
  readonly instance: Instance | null;
  readonly secrets: SecretsManagerClient;
  readonly gauges: DoorGauges;
  readonly store: ReturnType<typeof dynamoStore>;
  readonly timeScale: number;
  /** Between two looks at the gauges. */
  readonly pollMs: number;
  close(): void;
};

export const fullName = (env: string, name: string): string => `frontdesk/${env}/${name}`;
export const WEBHOOK_SECRET = 'richpanel/webhook_token';

/** Metrics there are told by the minute. */
const AWS_POLL_MS = 30_000;
const LOCAL_POLL_MS = 2_000;
const LEAST_POLL_MS = 250;

export function openSecretPlace(context: Context): SecretPlace {
  const place = placeOf(context);
  const instance = context.target === 'local' ? requireInstance(context) : null;
  const timeScale = instance?.timeScale ?? 1;
  const secrets = secretClient(place);
  const tables = tableClient(place);
  const cloudWatch = instance === null ? new CloudWatchClient(clientConfiguration(place)) : null;
  return {
    place,
    instance,
    secrets,
    gauges: cloudWatch === null ? gaugesInLog(context.dataDir) : gaugesInCloudWatch(cloudWatch, place.env),
    store: dynamoStore(tables, place.env, { now: Date.now }),
    timeScale,
    pollMs: instance === null ? AWS_POLL_MS : Math.max(LEAST_POLL_MS, LOCAL_POLL_MS * timeScale),
    close() {
      secrets.destroy();
      tables.destroy();
      cloudWatch?.destroy();
    },
  };
}
