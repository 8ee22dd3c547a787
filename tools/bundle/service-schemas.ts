/**
 * The SDK describes every operation of a service as data, of which we use a few. Two things keep the rest in a bundle, and both
 * are taken away without another meaning: keys that stand in a constant (`{ [_k]: … }`), which the bundler takes for work to be
 * done, and the registration of a class for each error (140 of SSM alone). One keeps its class: of a failed condition we read the
 * item.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { oncePerFile } from './module-name.ts';

/** What stays out of all bundles, with its reason. */
export const UNREGISTERED_ERRORS = ['dynamodb', 'eventbridge', 'secrets-manager', 'sqs', 'ssm'].map((service) => ({
  module: `@aws-sdk/client-${service}/dist-es/models/errors.js`,
  why: 'an error is read by its name, which it keeps without a class of its own',
}));

/** `const _k = "key";` */
const NAMED_KEY = /^const (_\w+) = ("[^"\\]*");$/gm;
/** `n0` are the service's own errors; the base class, of another registry, stays. */
const REGISTERED = /^n0_registry\.registerError\((?!ConditionalCheckFailedException\$)\w+\$, \w+\);$/gm;

export const serviceSchemas: Plugin = {
  name: 'service-schemas',
  setup(build) {
    build.onLoad({ filter: /\/@aws-sdk\/client-[\w-]+\/dist-es\/schemas\/schemas_0\.js$/ }, ({ path }) => {
      return { contents: reduced(path), loader: 'js' };
    });
  },
};

const reduced = oncePerFile((path): string => {
  const plain = withPlainKeys(readFileSync(path, 'utf8'));
  const contents = plain.replace(REGISTERED, '');
  if (contents === plain) throw new Error(`${path} registers its errors otherwise than it did`);
  return contents;
});

function withPlainKeys(source: string): string {
  const keys = new Map([...source.matchAll(NAMED_KEY)].map(([, name = '', text = '']) => [name, text]));
  return source.replace(/\[(_\w+)\]:/g, (found, name: string) => {
    const text = keys.get(name);
    return text === undefined ? found : `${text}:`;
  });
}

/** Of its own description a package reads name and version, for the user agent. */
export const shortDescriptions: Plugin = {
  name: 'short-descriptions',
  setup(build) {
    build.onLoad({ filter: /\/node_modules\/.*\/package\.json$/ }, ({ path }) => {
      const { name, version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    });
  },
};
