/** Answers what SST's components ask of the `sst` program over HTTP, with our own bundles. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { DeployedBundle } from './graph.ts';

type Params = Readonly<Record<string, unknown>>;
type Request = { readonly method: string; readonly params: readonly [Params] };

/** AWS's own limit on what a function unpacks to. */
const UNPACKED_BYTES = 250 * 1024 * 1024;

export type Answers = { readonly url: string; close(): void };

type Known = {
  /** Below it lie the bundles, at the paths that the functions name. */
  readonly root: string;
  readonly bundles: readonly DeployedBundle[];
  readonly accountId: string;
};

export async function serveAnswers(known: Known): Promise<Answers> {
  const server = createServer((request, response) => {
    const answered = json(request).then((body) => answer(body as Request, known));
    answered.then(
      (result) => response.end(JSON.stringify({ result })),
      (error: Error) => response.end(JSON.stringify({ error: error.message })),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer({ method, params: [params] }: Request, { root, bundles, accountId }: Known): unknown {
  switch (method) {
    case 'Provider.Aws.Bootstrap':
      return bootstrap(String(params.region), accountId);
    case 'Runtime.Build':
      return built(params, root, bundles);
    default:
      throw new Error(`SST asks for ${method}, which no one answers offline: tools/stacks/rpc.ts`);
  }
}

/** What SST keeps in an account for its own use; made once for each region by the first deploy. */
function bootstrap(region: string, accountId: string) {
  return {
    asset: `sst-asset-${region}`,
    state: `sst-state-${region}`,
    assetEcrRegistryId: accountId,
    assetEcrUrl: `${accountId}.dkr.ecr.${region}.amazonaws.com/sst-asset`,
    appsyncHttp: '',
    appsyncRealtime: '',
  };
}

/** The function's own bundle, when there is one that exports its handler and fits. */
function built({ functionID, bundle, handler }: Params, root: string, bundles: readonly DeployedBundle[]) {
  const found = bundles.find(({ folder }) => folder === bundle);
  return {
    handler,
    out: join(root, String(bundle)),
    sourcemaps: [],
    errors: found === undefined ? [`${functionID}: no bundle in ${bundle}`] : misfits(String(handler), found),
  };
}

function misfits(handler: string, { folder, bytes, exports }: DeployedBundle): string[] {
  const [file, exported, ...more] = handler.split('.');
  const isThere = file === 'index' && more.length === 0 && exports.includes(String(exported));
  return [
    ...(isThere ? [] : [`${folder}/index.mjs has no ${handler}; it exports ${exports.join(', ')}`]),
    ...(bytes <= UNPACKED_BYTES ? [] : [`${folder} unpacks to ${bytes} bytes; AWS takes ${UNPACKED_BYTES}`]),
  ];
}
