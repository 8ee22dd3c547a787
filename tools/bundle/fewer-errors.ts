/**
 * The SDK registers a class for every error of a service. Ours are read by name, status and code alone (`live-client.ts`), and an
 * error without a class of its own keeps its name; so the 140 classes of SSM stay out, whose operations that we use have few.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

export const FEWER_ERRORS = {
  module: '@aws-sdk/client-ssm/dist-es/schemas/schemas_0.js',
  why: 'an error of SSM is read by its name, for which it needs no class of its own',
} as const;

/** `n0` are the service's own errors; the base class, of another registry, stays. */
const REGISTERED = /^n0_registry\.registerError\(\w+\$, \w+\);$/gm;

export const fewerErrors: Plugin = {
  name: 'fewer-errors',
  setup(build) {
    build.onLoad({ filter: /\/client-ssm\/dist-es\/schemas\/schemas_0\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replace(REGISTERED, '');
      if (contents === source) throw new Error(`${FEWER_ERRORS.module} registers its errors otherwise than it did`);
      return { contents, loader: 'js' };
    });
  },
};
