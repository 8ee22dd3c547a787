/** SSM Parameter Store on one machine: the flags live here. */
import type { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { parseInput } from '../input.ts';
import type { AwsService } from '../service.ts';
import { AwsError } from '../service.ts';
import type { Parameter, ParameterType } from './store.ts';
import { createParameterStore } from './store.ts';

/** What EventBridge hears as `Parameter Store Change` from `aws.ssm`. */
export type ParameterChange = {
  readonly name: string;
  readonly type: ParameterType;
  readonly operation: 'Create' | 'Update' | 'Delete';
};

export type SsmOptions = {
  readonly database: DatabaseSync;
  readonly accountId: string;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Called after the change is stored, before the client has its answer. */
  readonly onChange?: (change: ParameterChange) => void;
};

export type Ssm = {
  readonly service: AwsService;
  /** Newest value, or `null`. */
  value(name: string): string | null;
  /** Stores a new version and tells `onChange`. */
  put(name: string, value: string, type?: ParameterType): number;
};

/** Limits of Parameter Store: name and depth, 4 KB for a standard parameter, 8 KB for an advanced one. */
const Name = v.pipe(
  v.string(),
  v.maxLength(1011),
  v.regex(/^(?:[\w.-]+|(?:\/[\w.-]+){1,15})$/),
  v.regex(/^(?!\/?(?:aws|ssm))/i),
);
const MAX_BYTES = { Standard: 4096, Advanced: 8192, 'Intelligent-Tiering': 8192 };
const Page = {
  MaxResults: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)), 10),
  NextToken: v.optional(v.string()),
};
const HistoryPage = {
  ...Page,
  MaxResults: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)), 50),
};
const WithDecryption = v.optional(v.boolean(), false);

const PutInput = v.object({
  Name,
  Value: v.pipe(v.string(), v.minLength(1)),
  Type: v.optional(v.picklist(['String', 'StringList', 'SecureString'])),
  Overwrite: v.optional(v.boolean(), false),
  Description: v.optional(v.pipe(v.string(), v.maxLength(1024))),
  Tier: v.optional(v.picklist(['Standard', 'Advanced', 'Intelligent-Tiering']), 'Standard'),
});

export function createSsm({ database, accountId, region, now = Date.now, onChange = () => {} }: SsmOptions): Ssm {
  const store = createParameterStore(database);

  function put(input: v.InferOutput<typeof PutInput>): number {
    const present = store.newest(input.Name);
    if (present !== null && !input.Overwrite) {
      throw new AwsError('ParameterAlreadyExists', 'The parameter already exists. To overwrite it, set Overwrite.');
    }
    const type = input.Type ?? present?.type;
    if (type === undefined) throw new AwsError('ValidationException', 'A type is required to create a parameter.');
    if (Buffer.byteLength(input.Value) > MAX_BYTES[input.Tier]) {
      throw new AwsError('ValidationException', `The value is larger than ${MAX_BYTES[input.Tier]} bytes.`);
    }
    const version = (present?.version ?? 0) + 1;
    const description = input.Description ?? present?.description ?? null;
    store.add({ name: input.Name, version, type, value: input.Value, description, modifiedAt: now() });
    onChange({ name: input.Name, type, operation: present === null ? 'Create' : 'Update' });
    return version;
  }

  /** `name`, `name:3` or the ARN of either. */
  function find(
    nameOrArn: string,
  ): { parameter: Parameter; selector: string } | 'ParameterNotFound' | 'ParameterVersionNotFound' {
    const [name = '', version] = nameOrArn.replace(/^arn:aws:ssm:[^:]*:\d*:parameter(?=\/)/, '').split(':', 2);
    const newest = store.newest(name);
    if (newest === null) return 'ParameterNotFound';
    if (version === undefined) return { parameter: newest, selector: '' };
    // Labels are not kept, so only a number can name a version.
    const chosen = /^\d{1,9}$/.test(version) ? store.version(name, Number(version)) : null;
    return chosen === null ? 'ParameterVersionNotFound' : { parameter: chosen, selector: `:${version}` };
  }

  function shape(parameter: Parameter, selector: string, isDecrypted: boolean) {
    const { name, type, value, version, modifiedAt } = parameter;
    return {
      Name: name,
      Type: type,
      Value: type === 'SecureString' && !isDecrypted ? SEALED : value,
      Version: version,
      LastModifiedDate: modifiedAt / 1000,
      ARN: `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`,
      DataType: 'text',
      ...(selector !== '' && { Selector: selector }),
    };
  }

  const operations: AwsService['operations'] = {
    GetParameter(raw) {
      const input = parseInput(v.object({ Name: v.string(), WithDecryption }), raw);
      const found = find(input.Name);
      if (typeof found === 'string') throw new AwsError(found, 'There is no such parameter or version.');
      return { Parameter: shape(found.parameter, found.selector, input.WithDecryption) };
    },

    GetParameters(raw) {
      const Names = v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(10));
      const input = parseInput(v.object({ Names, WithDecryption }), raw);
      const Parameters: object[] = [];
      const InvalidParameters: string[] = [];
      for (const name of new Set(input.Names)) {
        const found = find(name);
        if (typeof found === 'string') InvalidParameters.push(name);
        else Parameters.push(shape(found.parameter, found.selector, input.WithDecryption));
      }
      return { Parameters, InvalidParameters };
    },

    GetParametersByPath(raw) {
      const Path = v.pipe(v.string(), v.regex(/^\/(?:[\w.-]+\/)*(?:[\w.-]+)?$/));
      const input = parseInput(
        v.object({
          Path,
          Recursive: v.optional(v.boolean(), false),
          WithDecryption,
          ParameterFilters: v.optional(v.array(v.unknown()), []),
          ...Page,
        }),
        raw,
      );
      if (input.ParameterFilters.length > 0) {
        throw new AwsError('InvalidFilterKey', 'Filters are not available at this endpoint.');
      }
      const path = input.Path.endsWith('/') ? input.Path : `${input.Path}/`;
      const found = store.below(path, input.Recursive, nameOfToken(input.NextToken), input.MaxResults + 1);
      const page = found.slice(0, input.MaxResults);
      return {
        Parameters: page.map((parameter) => shape(parameter, '', input.WithDecryption)),
        ...nextToken(found.length > page.length, page.at(-1)?.name),
      };
    },

    PutParameter(raw) {
      const input = parseInput(PutInput, raw);
      return { Version: put(input), Tier: input.Tier };
    },

    DeleteParameter(raw) {
      const { Name: name } = parseInput(v.object({ Name: v.string() }), raw);
      const present = store.newest(name);
      if (present === null) throw new AwsError('ParameterNotFound', 'There is no such parameter.');
      store.remove(name);
      onChange({ name, type: present.type, operation: 'Delete' });
      return {};
    },

    GetParameterHistory(raw) {
      const input = parseInput(v.object({ Name: v.string(), WithDecryption, ...HistoryPage }), raw);
      const after = Number(nameOfToken(input.NextToken));
      const versions = store.versions(input.Name);
      if (versions.length === 0) throw new AwsError('ParameterNotFound', 'There is no such parameter.');
      const found = versions.filter((parameter) => parameter.version > after);
      const page = found.slice(0, input.MaxResults);
      return {
        Parameters: page.map((parameter) => ({
          ...shape(parameter, '', input.WithDecryption),
          LastModifiedUser: `arn:aws:iam::${accountId}:root`,
          ...(parameter.description !== null && { Description: parameter.description }),
        })),
        ...nextToken(found.length > page.length, page.at(-1)?.version.toString()),
      };
    },
  };

  return {
    service: { targetPrefix: 'AmazonSSM', jsonVersion: '1.1', operations },
    value: (name) => store.newest(name)?.value ?? null,
    put: (name, value, type) =>
      put(
        parseInput(PutInput, {
          Name: name,
          Value: value,
          Type: type ?? store.newest(name)?.type ?? 'String',
          Overwrite: true,
        }),
      ),
  };
}

/** Stands for the ciphertext a reader without decryption gets; it says nothing about the value. */
const SEALED = Buffer.from('encrypted').toString('base64');

function nameOfToken(token: string | undefined): string {
  return token === undefined ? '' : Buffer.from(token, 'base64url').toString();
}

function nextToken(isMore: boolean, last: string | undefined): { NextToken?: string } {
  return isMore && last !== undefined ? { NextToken: Buffer.from(last).toString('base64url') } : {};
}
