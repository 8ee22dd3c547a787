/**
 * Flags in Parameter Store. Who changed one, and why, is the description of that very version, so that value and reason are
 * one write and Parameter Store's own history is the history. A description stays when somebody writes a value without one;
 * it therefore names the version it was based on and counts for the next version only.
 */

import { userInfo } from 'node:os';
import {
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ParameterAlreadyExists,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import * as v from 'valibot';
import type { Context } from '../context.ts';
import { Failure, misuse } from '../failure.ts';
import { asking, parameterClient, type Reachable } from '../instance/clients.ts';
import { type Instance, stageOf } from '../instance/instance.ts';
import { oneLine } from '../text.ts';

export type Stored = {
  readonly value: string;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly changedAt: string;
};

export type Change = Stored & {
  /** `null` where the change was made without the command line. */
  readonly by: string | null;
  readonly reason: string | null;
};

export type About = { readonly by: string; readonly reason: string };

export type FlagStore = {
  /** Every parameter below `/frontdesk/<env>/`, by short name. */
  all(): Promise<ReadonlyMap<string, Stored>>;
  /** Read fresh. */
  read(name: string): Promise<Stored | null>;
  /** Oldest first. */
  history(name: string): Promise<readonly Change[]>;
  /**
   * Stores a value.
   *
   * @param basedOn  the version the change was decided on, 0 for none; another one in force means `version_conflict`, which says who and when.
   */
  write(name: string, value: string, about: About, basedOn: number): Promise<Stored>;
  /** `version_conflict` for whoever decided on another version than the last: who made it, and when. */
  conflict(name: string): Promise<Failure>;
  close(): void;
};

const Note = v.object({ by: v.string(), reason: v.string(), basedOn: v.number() });
/** Descriptions hold 1,024 characters; JSON may double what is typed. */
export const MAX_REASON_CHARS = 400;
const MAX_NAME_CHARS = 60;
/** Less than `stop` waits before it calls a switch verified. */
const STALE_READ_MS = 1_000;

/** The flags of the running instance. */
export function flagStore(instance: Reachable & Pick<Instance, 'busName'>): FlagStore {
  const client = parameterClient(instance);
  const prefix = `/frontdesk/${stageOf(instance)}/`;
  const read = async (name: string): Promise<Stored | null> => {
    const { Parameters = [] } = await asking('Parameter Store', () =>
      client.send(new GetParametersCommand({ Names: [prefix + name] })),
    );
    return Parameters[0] === undefined ? null : storedOf(Parameters[0]);
  };

  /** A first version is made without overwriting, so that of two only one succeeds. @returns its number */
  const put = async (name: string, value: string, note: v.InferInput<typeof Note>): Promise<number> => {
    const { Version = 0 } = await asking('Parameter Store', () =>
      client
        .send(
          new PutParameterCommand({
            Name: prefix + name,
            Value: value,
            Type: 'String',
            Description: JSON.stringify(note),
            Overwrite: note.basedOn > 0,
          }),
        )
        .catch((error: unknown) => {
          if (error instanceof ParameterAlreadyExists) return { Version: undefined };
          throw error;
        }),
    );
    return Version;
  };
  const conflict = async (name: string): Promise<Failure> => refusal(name, await readHistory(client, prefix + name));

  /** What others wrote between our reading and our writing stands again, as if ours had never been. */
  const overwritten = async (name: string, about: About, ours: number): Promise<Failure> => {
    if (ours === 0) return conflict(name);
    const history = await readHistory(client, prefix + name);
    const refused = refusal(
      name,
      history.filter(({ version }) => version < ours),
    );
    let written = ours;
    for (let theirs = ours - 1; ; theirs = written - 1) {
      const former = (await readHistory(client, prefix + name)).find(({ version }) => version === theirs);
      if (former === undefined) return refused;
      const note = {
        by: former.by ?? about.by,
        reason: former.reason ?? 'as it stood before a change that was refused',
      };
      const again = await put(name, former.value, { ...note, basedOn: written });
      if (again === written + 1) return refused;
      written = again;
    }
  };

  return {
    read,
    all: () => readAll(client, prefix),
    history: (name) => readHistory(client, prefix + name),
    conflict,
    async write(name, value, about, basedOn) {
      const readAt = performance.now();
      const inForce = await read(name);
      if ((inForce?.version ?? 0) !== basedOn) throw await conflict(name);
      // Whoever was held up may not write over what others verified meanwhile.
      if (performance.now() - readAt > STALE_READ_MS) throw await conflict(name);
      const version = await put(name, value, { ...about, basedOn });
      // Parameter Store cannot compare and set: a change that slipped in between shows in the number of ours.
      if (version !== basedOn + 1) throw await overwritten(name, about, version);
      return (await read(name)) ?? { value, version, changedAt: new Date().toISOString() };
    },
    close: () => client.destroy(),
  };
}

/** Who was faster, and when. @param history  oldest first, without our own change */
function refusal(name: string, history: readonly Change[]): Failure {
  const last = history.at(-1);
  const what =
    last === undefined
      ? `${name} was removed meanwhile`
      : `${name} was changed by ${last.by ?? 'somebody without the command line'} at ${last.changedAt}: it is at version ${last.version}`;
  return new Failure('version_conflict', what, `look at \`npx frontdesk flags get ${name}\`, then decide again`);
}

async function readAll(client: SSMClient, prefix: string): Promise<Map<string, Stored>> {
  const found = new Map<string, Stored>();
  let NextToken: string | undefined;
  do {
    const page = await asking('Parameter Store', () =>
      client.send(
        new GetParametersByPathCommand({
          Path: prefix,
          Recursive: true,
          ...(NextToken !== undefined && { NextToken }),
        }),
      ),
    );
    for (const parameter of page.Parameters ?? [])
      found.set((parameter.Name ?? '').slice(prefix.length), storedOf(parameter));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

async function readHistory(client: SSMClient, Name: string): Promise<Change[]> {
  const kept: Parameter[] = [];
  let NextToken: string | undefined;
  do {
    const page = await asking('Parameter Store', () =>
      client.send(new GetParameterHistoryCommand({ Name, ...(NextToken !== undefined && { NextToken }) })),
    ).catch((error: unknown) => {
      if (error instanceof Failure && error.message.includes('ParameterNotFound'))
        return { Parameters: [], NextToken: undefined };
      throw error;
    });
    kept.push(...(page.Parameters ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return kept.map((parameter, index) => changeOf(parameter, kept[index - 1]));
}

type Parameter = {
  readonly Value?: string | undefined;
  readonly Version?: number | undefined;
  readonly LastModifiedDate?: Date | undefined;
  readonly Description?: string | undefined;
};

function storedOf({ Value = '', Version = 0, LastModifiedDate = new Date(0) }: Parameter): Stored {
  return { value: Value, version: Version, changedAt: LastModifiedDate.toISOString() };
}

/** @param former  the version before it, where it is still kept: a lost race is based on an older one, and has a note of its own. */
function changeOf(parameter: Parameter, former: Parameter | undefined): Change {
  const stored = storedOf(parameter);
  const note = noteOf(parameter.Description);
  const isOther = former !== undefined && former.Description !== parameter.Description;
  const isOwn = note !== null && (isOther || note.basedOn === stored.version - 1);
  return { ...stored, by: isOwn ? note.by : null, reason: isOwn ? note.reason : null };
}

function noteOf(description: string | undefined): v.InferOutput<typeof Note> | null {
  try {
    const parsed = v.safeParse(Note, JSON.parse(description ?? 'null'));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Who changes a flag here, for the record: who signed in, else the account on this machine; and a reason in one line. */
export function aboutChange(reason: string, { operator }: Pick<Context, 'operator'> = {}): About {
  const line = oneLine(reason, MAX_REASON_CHARS);
  if (line === null)
    throw misuse(
      'invalid_reason',
      'the reason is empty, too long or not one line',
      `write a reason of at most ${MAX_REASON_CHARS} characters`,
    );
  return { by: (operator ?? userInfo().username).slice(0, MAX_NAME_CHARS), reason: line };
}

/** Of what a person gives as `--based-on`. */
export function versionOf(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw misuse(
      'invalid_version',
      '--based-on takes the version of a flag',
      'see it with `npx frontdesk flags get NAME`',
    );
  return Number(text);
}
