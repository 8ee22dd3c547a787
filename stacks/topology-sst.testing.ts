/**
 * Runs the real sst.config.ts against constructors that only record what they are given. It proves that every part of
 * the topology reaches a component with its settings, not what SST or AWS make of it. Expectations: reference/sst-offline,
 * platform §5.3, §2.6, style §5.
 */
import { EMPTY } from './stages.testing.ts';
import { ACCOUNT_VARIABLE, PLACEHOLDER_ACCOUNT, STAGE_NAMES, type StageName, type StageTable } from './stages.ts';

export type Made = {
  readonly type: string;
  readonly id: string;
  readonly args: Record<string, unknown>;
  readonly options: Record<string, unknown>;
};
type Config = {
  run(stages?: StageTable): Promise<unknown>;
  app(input: { stage: string }, stages?: StageTable): Promise<Record<string, unknown>>;
};

/** A value that Pulumi knows later; here it is known at once. */
class Known {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value instanceof Known ? value.value : value;
  }
  apply(choose: (value: unknown) => unknown): Known {
    return new Known(choose(this.value));
  }
}

/** Outputs become what they hold, and a transformation what it makes of nothing. */
function plain(value: unknown): unknown {
  if (value instanceof Known) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'function') {
    const [args, options] = [{}, {}];
    value(args, options);
    return plain({ ...args, options });
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

/** Where the credentials lead. */
let account = PLACEHOLDER_ACCOUNT;
const PLACE: Readonly<Record<string, () => object>> = {
  getRegion: () => ({ region: 'us-east-2' }),
  getCallerIdentity: () => ({ accountId: account }),
  getPartition: () => ({ partition: 'aws' }),
};

/** What the run under way, or the last one, has made. */
export let made: Made[] = [];
const record = (type: string, id: string, args: object, options: object = {}) =>
  made.push({ type, id, args: plain(args) as Made['args'], options: plain(options) as Made['options'] });

/** Every property is a constructor that records, or a namespace of such. */
function recorder(path: string): object {
  return new Proxy(class {}, {
    get: (_, name) => {
      if (name === 'subscribe')
        return (id: string, bus: unknown, target: unknown, args: object) =>
          record('subscription', id, { ...args, bus, target });
      if (name === 'getPolicyDocumentOutput') return (document: unknown) => ({ json: new Known(document) });
      const answer = PLACE[String(name)];
      return answer === undefined ? recorder(`${path}.${String(name)}`) : async () => answer();
    },
    construct: (_, [id, args, options]: [string, object, object | undefined]) => {
      record(path, id, args, options);
      return new Proxy(
        {},
        { get: (_made, name) => (name === 'then' ? undefined : new Known(`${String(name)}-of:${id}`)) },
      );
    },
  });
}

const texts = (parts: TemplateStringsArray, ...values: unknown[]) =>
  new Known(parts.map((part, index) => `${part}${index < values.length ? String(plain(values[index])) : ''}`).join(''));

export let config: Config;
export const cli = { command: 'diff', paths: { root: '/nowhere' } };
const app: { stage: StageName } = { stage: 'dev' };
/** What the table as it is shipped makes, by stage. */
export const BY_STAGE: Partial<Record<StageName, readonly Made[]>> = {};

/** What sst.config.ts makes of the stage. @param accountId  where the credentials lead */
export async function makeAs(
  stage: StageName,
  stages: StageTable,
  accountId = PLACEHOLDER_ACCOUNT,
): Promise<readonly Made[]> {
  made = [];
  account = accountId;
  app.stage = stage;
  await config.run(stages);
  return made;
}

/** Loads sst.config.ts and makes every stage of the table as it is shipped: for `beforeAll`. */
export async function recordStages(): Promise<void> {
  process.env[ACCOUNT_VARIABLE] = PLACEHOLDER_ACCOUNT;
  cli.command = 'diff';
  Object.assign(globalThis, {
    sst: recorder('sst'),
    aws: recorder('aws'),
    $app: app,
    $cli: cli,
    $util: { interpolate: texts, output: (value: unknown) => new Known(value) },
    $config: (given: Config) => given,
  });
  const module: { default: Config } = await import(new URL('../sst.config.ts', import.meta.url).href);
  config = module.default;
  for (const stage of STAGE_NAMES) BY_STAGE[stage] = await makeAs(stage, EMPTY);
}

/** What was made of a type. */
export const of = (type: string, stage: StageName = 'dev') =>
  (BY_STAGE[stage] ?? []).filter((one) => one.type === type);
/** What stands at a path of names. */
export const at = (value: unknown, ...path: string[]) =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
