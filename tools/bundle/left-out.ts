/**
 * Modules of packages that no function ever runs, though something in their package imports them. A bundle holds an empty one
 * in their place: asked all the same, it fails by name. Each with its reason, which docs/bundles.md repeats.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { parseSync } from 'oxc-parser';
import { oncePerFile, pathsOf } from './module-name.ts';

export type LeftOut = {
  /** Below `node_modules`: one module, or all below a folder where it ends in a slash. */
  readonly module: string;
  readonly why: string;
};

const NO_OTHER_CREDENTIALS =
  'the credentials of a function are in its environment, by Lambda or by `npm start`: no other source is asked';
const NO_PATCHING = 'no client is patched: our spans are opened by the tracer port';
const NODE_HASHES = 'Node hashes by itself';
const NO_SAMPLING = 'Lambda decides what is sampled; nothing of ours receives requests';
const ONLY_POST = 'only `client.post` is used, of the SDK’s transport';

export const LEFT_OUT: readonly LeftOut[] = [
  { module: '@aws-sdk/credential-provider-http/', why: NO_OTHER_CREDENTIALS },
  { module: '@aws-sdk/credential-provider-ini/', why: NO_OTHER_CREDENTIALS },
  { module: '@aws-sdk/credential-provider-process/', why: NO_OTHER_CREDENTIALS },
  { module: '@aws-sdk/credential-provider-sso/', why: NO_OTHER_CREDENTIALS },
  { module: '@aws-sdk/credential-provider-web-identity/', why: NO_OTHER_CREDENTIALS },
  { module: '@smithy/credential-provider-imds/', why: NO_OTHER_CREDENTIALS },
  { module: 'aws-xray-sdk-core/dist/lib/patchers/aws_p.js', why: NO_PATCHING },
  { module: 'aws-xray-sdk-core/dist/lib/patchers/aws3_p.js', why: NO_PATCHING },
  { module: 'aws-xray-sdk-core/dist/lib/patchers/http_p.js', why: NO_PATCHING },
  { module: 'aws-xray-sdk-core/dist/lib/patchers/promise_p.js', why: NO_PATCHING },
  { module: 'aws-xray-sdk-core/dist/lib/segments/attributes/aws.js', why: NO_PATCHING },
  { module: 'aws-xray-sdk-core/dist/lib/middleware/incoming_request_data.js', why: NO_SAMPLING },
  { module: 'aws-xray-sdk-core/dist/lib/middleware/sampling/', why: NO_SAMPLING },
  { module: 'aws-xray-sdk-core/dist/lib/segments/plugins/', why: 'the plugins describe EC2, ECS and Beanstalk' },
  { module: '@aws-sdk/endpoint-cache/', why: 'no endpoint is discovered: DynamoDB has one in each region' },
  { module: '@smithy/core/dist-es/submodules/checksum/md5/Md5Js.js', why: NODE_HASHES },
  { module: '@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js', why: NODE_HASHES },
  {
    module: '@smithy/core/dist-es/submodules/retry/util-retry/DefaultRateLimiter.js',
    why: 'for adaptive retries; the SDK’s own are off',
  },
  { module: '@smithy/core/dist-es/submodules/event-streams/', why: 'no operation that is used streams events' },
  { module: 'dom-serializer/', why: 'html-to-text writes no HTML with the formatters that are used' },
  { module: 'openai/auth/', why: 'the key is the only credential' },
  { module: 'openai/core/pagination.mjs', why: ONLY_POST },
  { module: 'openai/core/streaming.mjs', why: 'an answer is read whole' },
  { module: 'openai/core/uploads.mjs', why: ONLY_POST },
  { module: 'openai/internal/uploads.mjs', why: ONLY_POST },
  { module: 'openai/internal/auth/x509-workload-identity-auth.mjs', why: 'the key is the only credential' },
  { module: 'openai/resources/', why: ONLY_POST },
];

const ROOT_OF_PACKAGES = /.*\/node_modules\//;

/** @param onLeftOut  told of each entry that a build meets, so that a test finds those that nothing needs any more */
export function leavingOut(onLeftOut: (entry: LeftOut) => void = () => {}): Plugin {
  return {
    name: 'left-out',
    setup(build) {
      build.onLoad({ filter: pathsOf(LEFT_OUT.map(({ module }) => `node_modules/${module}`)) }, ({ path }) => {
        const module = path.replace(ROOT_OF_PACKAGES, '');
        const entry = LEFT_OUT.find((one) => isOf(one, module));
        if (entry === undefined) return undefined;
        onLeftOut(entry);
        return { contents: emptyModule(path), loader: 'js' };
      });
    },
  };
}

function isOf({ module: named }: LeftOut, module: string): boolean {
  return named.endsWith('/') ? module.startsWith(named) : module === named;
}

/** The same names, without what stood behind them. Called or constructed while a package starts, it does nothing. */
const emptyModule = oncePerFile((path) => {
  const { module: syntax } = parseSync(path, readFileSync(path, 'utf8'));
  if (!syntax.hasModuleSyntax) return 'module.exports = {};';
  const exports = syntax.staticExports
    .flatMap(({ entries }) => entries)
    .map(({ exportName: { kind, name }, moduleRequest }) => {
      if (kind === 'Default') return 'export default LeftOut;';
      // Whatever the other module has: it is left out itself, or has what is needed.
      return name === null
        ? `export * from ${JSON.stringify(moduleRequest?.value)};`
        : `export { LeftOut as ${name} };`;
    });
  return ['function LeftOut() {}', ...(exports.length === 0 ? ['export {};'] : exports)].join('\n');
});
