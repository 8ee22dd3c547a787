/** What there is of each secret, without its value. */
import {
  ListSecretVersionIdsCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { asking } from '../instance/clients.ts';

export type SecretVersion = {
  readonly stages: readonly string[];
  /** RFC 3339, UTC. */
  readonly createdAt: string;
};

/** Versions that a stage names, newest first; empty where there is no such secret. */
export async function versionsOf(client: SecretsManagerClient, SecretId: string): Promise<readonly SecretVersion[]> {
  const found = await asking('Secrets Manager', () =>
    client.send(new ListSecretVersionIdsCommand({ SecretId })).catch((error: unknown) => {
      if (error instanceof ResourceNotFoundException) return { Versions: [] };
      throw error;
    }),
  );
  return (found.Versions ?? [])
    .map(({ VersionStages = [], CreatedDate = new Date(0) }) => ({
      stages: VersionStages,
      createdAt: CreatedDate.toISOString(),
    }))
    .sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
}
