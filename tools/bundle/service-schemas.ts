/**
 * The SDK describes every operation of a service as data, of which we use a few. Two things keep the rest in a bundle, and both
 * are taken away without another meaning: keys that stand in a constant (`{ [_k]: … }`), which the bundler takes for work to be
 * done, and for SSM the registration of a class for each of its 140 errors.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** What of SSM stays out of all bundles, with its reason. */
export const UNREGISTERED_ERRORS = {
  module: '@aws-sdk/client-ssm/dist-es/models/errors.js',
  why: 'an error of SSM is read by its name, which it keeps without a class of its own',
} as const;

/** `const _k = "key";` */
const NAMED_KEY = /^const (_\w+) = ("[^"\\]*");$/gm;
/** `n0` are the service's own errors; the base class, of another registry, stays. */
const REGISTERED = /^n0_registry\.registerError\(\w+\$, \w+\);$/gm;

export const serviceSchemas: Plugin = {
  name: 'service-schemas',
  setup(build) {
    build.onLoad({ filter: /\/@aws-sdk\/client-[\w-]+\/dist-es\/schemas\/schemas_0\.js$/ }, ({ path }) => {
      const plain = withPlainKeys(readFileSync(path, 'utf8'));
      if (!path.includes('/client-ssm/')) return { contents: plain, loader: 'js' };
      const contents = plain.replace(REGISTERED, '');
      if (contents === plain) throw new Error('client-ssm registers its errors otherwise than it did');
      return { contents, loader: 'js' };
    });
  },
};

function withPlainKeys(source: string): string {
  const keys = new Map([...source.matchAll(NAMED_KEY)].map(([, name = '', text = '']) => [name, text]));
  return source.replace(/\[(_\w+)\]:/g, (found, name: string) => {
    const text = keys.get(name);
    return text === undefined ? found : `${text}:`;
  });
}
