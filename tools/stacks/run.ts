/**
 * Runs sst.config.ts for one stage under Pulumi's mocks and writes the graph. A process of its own: a program that waits
 * for something that never comes is ended from outside.
 */
import crypto from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { PLACEHOLDER_ACCOUNT, type StageError, type StageTable } from '../../stacks/stages.ts';
import { type App, readApp } from './app.ts';
import { answerCall } from './calls.ts';
import type { DeployedBundle, Graph, Properties, Resource, StageName } from './graph.ts';
import { outputsOf, type Where } from './outputs.ts';
import { PLATFORM } from './platform.ts';
import { buildProgram, type Program, type Urned } from './program.ts';
import { readable } from './readable.ts';
import { STAGE_IS_WRONG } from './report.ts';
import { serveAnswers } from './rpc.ts';
import { providerTags, withProviderTags } from './tags.ts';

const { values } = parseArgs({
  options: {
    stage: { type: 'string' },
    work: { type: 'string' },
    bundles: { type: 'string' },
    /** A JSON file with other stages than those of stacks/stages.ts. */
    table: { type: 'string' },
    out: { type: 'string' },
  },
});
const { stage = '', work = '', bundles: manifest = '', out = '', table } = values;

for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.once(event, fail);
const bundles: DeployedBundle[] = JSON.parse(readFileSync(manifest, 'utf8'));
const stages: StageTable | undefined = table === undefined ? undefined : JSON.parse(readFileSync(table, 'utf8'));
const app = await readApp(stage, stages);
const where = whereOf(app);
const answers = await serveAnswers({ root: work, bundles, accountId: where.accountId });
process.env.SST_SERVER = answers.url;
useOneSuffix();
const outfile = join(PLATFORM, `graph-${stage}-${process.pid}.mjs`);
await buildProgram(app, work, outfile);
try {
  const program: Program = await import(pathToFileURL(outfile).href);
  const graph: Graph = { stage: stage as StageName, ...where, resources: await record(program), bundles };
  writeFileSync(out, JSON.stringify(graph));
} finally {
  rmSync(outfile, { force: true });
  answers.close();
}
// Pulumi keeps its engine connection open.
process.exit(0);

function fail(error: unknown): never {
  rmSync(join(PLATFORM, `graph-${stage}-${process.pid}.mjs`), { force: true });
  if (isStageError(error)) {
    const { field, problem, cure } = error;
    process.stderr.write(JSON.stringify({ field, problem, cure }));
    process.exit(STAGE_IS_WRONG);
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

/** By its name: the built program has a class of its own. */
function isStageError(error: unknown): error is StageError {
  return error instanceof Error && error.name === 'StageError';
}

/** SST ends each name that is not given in letters drawn from eight random bytes: always the same ones here. */
function useOneSuffix(): void {
  const drawn = crypto.randomBytes;
  const fixed = (size: number) => (size === 8 ? Buffer.alloc(8) : drawn(size));
  crypto.randomBytes = fixed as typeof drawn;
}

/** Where the provider lets itself be led: the account it is held to, if to any. */
function whereOf({ providers: { aws } }: App): Where {
  if (aws?.region === undefined) throw new Error(`sst.config.ts names no region for ${stage}`);
  return { region: aws.region, accountId: aws.allowedAccountIds?.[0] ?? PLACEHOLDER_ACCOUNT };
}

type Sent = { readonly type: string; readonly name: string; readonly inputs: Properties };
type Options = { readonly retainOnDelete?: boolean; readonly protect?: boolean };
type Registered = { readonly options: Options; readonly urn: Promise<string> };

async function record({ pulumi, config, run, physicalName }: Program): Promise<Resource[]> {
  const sent: Sent[] = [];
  const registered = new Map<string, () => Registered>();
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, custom }) => {
        if (custom !== false) sent.push({ type, name, inputs });
        return outputsOf(type, name, inputs, where);
      },
      call: ({ token, inputs }) => answerCall(token, inputs, where),
    },
    app.name,
    stage,
    false,
  );
  await pulumi.runtime.runInPulumiStack(() =>
    run(() => {
      // Behind SST's own transformations, so that what they set is seen.
      pulumi.runtime.registerStackTransformation(({ type, name, opts, resource }) => {
        registered.set(`${type} ${name}`, () => ({ options: opts as Options, urn: urnOf(resource) }));
        return undefined;
      });
      return config.run(stages);
    }),
  );
  await pulumi.runtime.disconnect();
  const suffix = physicalName(60, 'x').slice(-8);
  const tags = providerTags(app);
  const resources = sent.map(async ({ type, name, inputs }): Promise<Resource> => {
    const made = registered.get(`${type} ${name}`)?.();
    const properties = readable(inputs, suffix) as Properties;
    return {
      type,
      name,
      urn: (await made?.urn) ?? '',
      properties: withProviderTags(type, properties, tags),
      ...optionsOf(made?.options ?? {}),
    };
  });
  const key = ({ type, name }: Resource) => `${type} ${name}`;
  return (await Promise.all(resources)).sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function urnOf({ urn }: Urned): Promise<string> {
  return new Promise((take) => urn.apply(take));
}

function optionsOf({ retainOnDelete, protect }: Options): Pick<Resource, 'options'> {
  if (!retainOnDelete && !protect) return {};
  return { options: { ...(retainOnDelete && { retainOnDelete }), ...(protect && { protect }) } };
}
