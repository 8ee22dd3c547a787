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
const MoveInput = v.object({
  SecretId: v.string(),
  VersionStage: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  MoveToVersionId: v.optional(v.string()),
  RemoveFromVersionId: v.optional(v.string()),
});

type MoveInput = v.InferOutput<typeof MoveInput>;
type ContentInput = { readonly SecretString?: string | undefined; readonly SecretBinary?: string | undefined };

export function createSecrets({ database, accountId, region, now = Date.now }: SecretsOptions): Secrets {
  const store = createSecretStore(database);

  function existing(secretId: string): Secret {
    const secret = store.find(secretId);
    if (secret === null)
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return secret;
  }

  /** The named stages leave the versions that have them; what was current becomes previous. */
  function takeFromOthers(name: string, versions: readonly SecretVersion[], moved: readonly string[]): void {
    for (const version of versions) {
      const kept = version.stages.filter(
        (stage) => !moved.includes(stage) && !(moved.includes(CURRENT) && stage === PREVIOUS),
      );
      const becomesPrevious = moved.includes(CURRENT) && version.stages.includes(CURRENT) && !moved.includes(PREVIOUS);
      store.setStages(name, version.versionId, becomesPrevious ? [...kept, PREVIOUS] : kept);
    }
  }

  /** Moves the named stages to a new version. */
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
    takeFromOthers(name, versions, moved);
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

  /** The stage must stand where the caller believes it to stand: a compare and set (AWS does the same). */
  function moveStage({ SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId }: MoveInput): Secret {
    const secret = existing(SecretId);
    store.atomically(() => {
      const versions = store.versions(secret.name);
      const holder = versions.find(({ stages }) => stages.includes(VersionStage));
      const isTold = holder === undefined || holder.versionId === MoveToVersionId;
      if (!isTold && holder.versionId !== RemoveFromVersionId) {
        throw new AwsError(
          'InvalidParameterException',
          `The parameter RemoveFromVersionId can't be empty. Staging label ${VersionStage} is currently attached to version ${holder.versionId}, so you must explicitly reference that version in RemoveFromVersionId.`,
        );
      }
      if (MoveToVersionId === undefined) {
        if (VersionStage === CURRENT)
          throw new AwsError('InvalidParameterException', 'AWSCURRENT must be moved to a version.');
        const kept = holder?.stages.filter((stage) => stage !== VersionStage) ?? [];
        if (holder !== undefined) store.setStages(secret.name, holder.versionId, kept);
        return;
      }
      const target = versions.find(({ versionId }) => versionId === MoveToVersionId);
      if (target === undefined)
        throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret version.");
      if (target === holder) return;
      // The target first: a version that no stage names is deleted.
      const kept = target.stages.filter((stage) => !(VersionStage === CURRENT && stage === PREVIOUS));
      store.setStages(secret.name, target.versionId, [...kept, VersionStage]);
      takeFromOthers(
        secret.name,
        versions.filter((version) => version !== target),
        [VersionStage],
      );
      store.touch(secret.name, now());
    });
    return secret;
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

    UpdateSecretVersionStage(raw) {
      const { arn, name } = moveStage(parseInput(MoveInput, raw));
      return { ARN: arn, Name: name };
    },

    ListSecretVersionIds(raw) {
      const secret = existing(parseInput(v.object({ SecretId: v.string() }), raw).SecretId);
      return {
        ARN: secret.arn,
        Name: secret.name,
        Versions: store.versions(secret.name).map(({ versionId, stages, createdAt }) => ({
          VersionId: versionId,
          VersionStages: stages,
          CreatedDate: createdAt / 1000,
        })),
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
