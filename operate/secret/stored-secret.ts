/** One secret in Secrets Manager, changed only from the version that the change was decided on. */
import { randomUUID } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { Failure } from '../failure.ts';
import { asking } from '../instance/clients.ts';

export type StoredSecret = {
  readonly version: string;
  readonly text: string;
  /** RFC 3339, UTC: when this version was made. */
  readonly at: string;
};

export type SecretStore = {
  read(): Promise<StoredSecret>;
  /** The version before the current one; `null` where there is none. */
  previous(): Promise<StoredSecret | null>;
  /** Stores a new version; throws `changed_meanwhile` where another than `basedOn` is current. */
  replace(basedOn: string, text: string): Promise<StoredSecret>;
};

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';
/** A version waits under it until it is made current. */
const NEXT = 'AWSPENDING';

export function secretStore(client: SecretsManagerClient, SecretId: string): SecretStore {
  async function versionAt(VersionStage: string): Promise<StoredSecret | null> {
    const found = await asking('Secrets Manager', () =>
      client.send(new GetSecretValueCommand({ SecretId, VersionStage })).catch((error: unknown) => {
        if (error instanceof ResourceNotFoundException) return null;
        throw error;
      }),
    );
    if (found === null) return null;
    const { VersionId, SecretString, CreatedDate } = found;
    if (VersionId === undefined || SecretString === undefined)
      throw new Failure('unreadable_secret', `${SecretId} holds no text`, 'look at it with the tools of AWS');
    return { version: VersionId, text: SecretString, at: (CreatedDate ?? new Date(0)).toISOString() };
  }
  async function read(): Promise<StoredSecret> {
    const current = await versionAt(CURRENT);
    if (current === null)
      throw new Failure('no_secret', `there is no secret ${SecretId}`, 'check --stage and region; a deploy makes it');
    return current;
  }
  return {
    read,
    previous: () => versionAt(PREVIOUS),
    async replace(basedOn, text) {
      const version = randomUUID();
      await asking('Secrets Manager', () =>
        client.send(
          new PutSecretValueCommand({
            SecretId,
            ClientRequestToken: version,
            SecretString: text,
            VersionStages: [NEXT],
          }),
        ),
      );
      // Putting a value compares nothing; moving the stage does.
      const moved = await asking('Secrets Manager', () =>
        client.send(
          new UpdateSecretVersionStageCommand({
            SecretId,
            VersionStage: CURRENT,
            MoveToVersionId: version,
            RemoveFromVersionId: basedOn,
          }),
        ),
      ).catch((error: unknown) => error);
      const current = await read();
      if (current.version === version) return current;
      if (current.version === basedOn && moved instanceof Failure) throw moved;
      throw changedMeanwhile(current.at);
    },
  };
}

export const changedMeanwhile = (at: string): Failure =>
  new Failure(
    'changed_meanwhile',
    `the secret was changed by somebody else (${at}), and that change stands`,
    'look at `npx frontdesk secret status`, then run this again',
  );
