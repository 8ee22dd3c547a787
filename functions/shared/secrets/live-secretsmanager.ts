/** Secrets of the environment, by short name. */
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { asking } from '../aws/live-client.ts';
import { VendorError } from '../errors.ts';
import type { Secrets } from '../ports.ts';

/** Reads `frontdesk/<env>/<name>`; throws `VendorError` where there is none. */
export function secretsManagerSecrets(client: SecretsManagerClient, env: string): Secrets {
  return {
    async read(name) {
      const { SecretString } = await asking('secrets', 'read', () =>
        client.send(new GetSecretValueCommand({ SecretId: `frontdesk/${env}/${name}` })),
      );
      if (SecretString === undefined) throw new VendorError('secrets', 'parse');
      return SecretString;
    },
  };
}
