/** Secrets Manager on one machine, with the version stages that rotation relies on. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { parseInput } from '../input.ts';
import type { AwsService } from '../service.ts';
import { AwsError } from '../service.ts';
import type { Secret, SecretVersion } from './store.ts';
import { createSecretStore } from './store.ts';

export type SecretsOptions = {
  readonly database: DatabaseSync;
  readonly accountId: string;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
};

export type Secrets = {
  readonly service: AwsService;
  /** Value at AWSCURRENT, or `null`. */
  value(name: string): string | null;
  /** Makes the secret or gives it a new current version; the same value again changes nothing. */
  put(name: string, value: string): void;
};

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';
const MAX_BYTES = 65_536;

const Token = v.optional(v.pipe(v.string(), v.minLength(32), v.maxLength(64)));
const Content = {
  SecretString: v.optional(v.pipe(v.string(), v.minLength(1), v.maxBytes(MAX_BYTES))),
  SecretBinary: v.optional(v.pipe(v.string(), v.base64(), v.maxBytes(Math.ceil(MAX_BYTES / 3) * 4))),
  ClientRequestToken: Token,
};
const CreateInput = v.object({
  Name: v.pipe(v.string(), v.regex(/^[\w/+=.@-]{1,512}$/)),
  Description: v.optional(v.pipe(v.string(), v.maxLength(2048))),
  ...Content,
});
const PutInput = v.object({
  SecretId: v.string(),
  VersionStages: v.optional(
    v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(256))), v.minLength(1), v.maxLength(20)),
    [CURRENT],
  ),
  ...Content,
});
const GetInput = v.object({
  SecretId: v.string(),
  VersionId: v.optional(v.string()),
  VersionStage: v.optional(v.string()),
});

type ContentInput = { readonly SecretString?: string | undefined; readonly SecretBinary?: string | undefined };

export function createSecrets({ database, accountId, region, now = Date.now }: SecretsOptions): Secrets {
  const store = createSecretStore(database);

  function existing(secretId: string): Secret {
    const secret = store.find(secretId);
    if (secret === null)
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return secret;
  }

  /** Moves the named stages to a new version; what was current becomes previous. */
  function addVersion(
    name: string,
    versionId: string,
    stages: readonly string[],
    content: ContentInput,
  ): SecretVersion {
    const versions = store.versions(name);
    const repeated = versions.find((version) => version.versionId === versionId);
    if (repeated !== undefined) {
      if (repeated.text === (content.SecretString ?? null) && repeated.binary === (content.SecretBinary ?? null))
        return repeated;
      throw new AwsError('ResourceExistsException', 'A version with this token exists already with other content.');
    }
    const isFirst = versions.length === 0;
    const moved = isFirst ? [...new Set([...stages, CURRENT])] : stages;
    for (const version of versions) {
      const kept = version.stages.filter(
        (stage) => !moved.includes(stage) && !(moved.includes(CURRENT) && stage === PREVIOUS),
      );
      const becomesPrevious = moved.includes(CURRENT) && version.stages.includes(CURRENT) && !moved.includes(PREVIOUS);
      store.setStages(name, version.versionId, becomesPrevious ? [...kept, PREVIOUS] : kept);
    }
    const added = {
      versionId,
      stages: moved,
      text: content.SecretString ?? null,
      binary: content.SecretBinary ?? null,
      createdAt: now(),
    };
    store.addVersion(name, added);
    return added;
  }

  function create(input: v.InferOutput<typeof CreateInput>): Secret & { version: SecretVersion | null } {
    const versionId = input.ClientRequestToken ?? randomUUID();
    if (input.SecretString !== undefined && input.SecretBinary !== undefined) throw oneContentOnly();
    const hasContent = input.SecretString !== undefined || input.SecretBinary !== undefined;
    return store.atomically(() => {
      const present = store.find(input.Name);
      if (present !== null) {
        // The same request again, for instance after a lost answer.
        const version = store.versions(input.Name).find((one) => one.versionId === versionId);
        if (version === undefined) throw new AwsError('ResourceExistsException', 'The secret exists already.');
        return { ...present, version: addVersion(input.Name, versionId, [CURRENT], input) };
      }
      const secret = {
        name: input.Name,
        arn: newArn(input.Name),
        description: input.Description ?? null,
        createdAt: now(),
        changedAt: now(),
      };
      store.create(secret);
      return { ...secret, version: hasContent ? addVersion(input.Name, versionId, [CURRENT], input) : null };
    });
  }

  function newArn(name: string): string {
    return `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${randomBytes(3).toString('hex')}`;
  }

  const operations: AwsService['operations'] = {
    CreateSecret(raw) {
      const { name, arn, version } = create(parseInput(CreateInput, raw));
      return { ARN: arn, Name: name, ...(version !== null && { VersionId: version.versionId }) };
    },

    PutSecretValue(raw) {
      const input = parseInput(PutInput, raw);
      if ((input.SecretString === undefined) === (input.SecretBinary === undefined)) throw oneContentOnly();
      const secret = existing(input.SecretId);
      const versionId = input.ClientRequestToken ?? randomUUID();
      const version = store.atomically(() => addVersion(secret.name, versionId, input.VersionStages, input));
      return { ARN: secret.arn, Name: secret.name, VersionId: version.versionId, VersionStages: version.stages };
    },

    GetSecretValue(raw) {
      const input = parseInput(GetInput, raw);
      const secret = existing(input.SecretId);
      const stage = input.VersionStage ?? (input.VersionId === undefined ? CURRENT : undefined);
      const version = store
        .versions(secret.name)
        .find(
          (one) =>
            (input.VersionId ?? one.versionId) === one.versionId && (stage === undefined || one.stages.includes(stage)),
        );
      if (version === undefined) {
        throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret value.");
      }
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.versionId,
        VersionStages: version.stages,
        CreatedDate: version.createdAt / 1000,
        ...(version.text !== null && { SecretString: version.text }),
        ...(version.binary !== null && { SecretBinary: version.binary }),
      };
    },

    DescribeSecret(raw) {
      const secret = existing(parseInput(v.object({ SecretId: v.string() }), raw).SecretId);
      const stages = store.versions(secret.name).map((version) => [version.versionId, version.stages]);
      return {
        ARN: secret.arn,
        Name: secret.name,
        CreatedDate: secret.createdAt / 1000,
        LastChangedDate: secret.changedAt / 1000,
        VersionIdsToStages: Object.fromEntries(stages),
        ...(secret.description !== null && { Description: secret.description }),
      };
    },
  };

  function value(name: string): string | null {
    return store.find(name) === null
      ? null
      : (store.versions(name).find((one) => one.stages.includes(CURRENT))?.text ?? null);
  }

  return {
    service: { targetPrefix: 'secretsmanager', jsonVersion: '1.1', operations },
    value,
    put(name, text) {
      if (value(name) === text) return;
      if (store.find(name) === null) create(parseInput(CreateInput, { Name: name, SecretString: text }));
      else store.atomically(() => addVersion(name, randomUUID(), [CURRENT], { SecretString: text }));
    },
  };
}

function oneContentOnly(): AwsError {
  return new AwsError('InvalidParameterException', 'Give either SecretString or SecretBinary.');
}
