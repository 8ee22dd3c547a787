import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Everything in files of our own, nothing inline: the page's policy lets nothing else run. */
export default defineConfig({
  root: fileURLToPath(new URL('../page', import.meta.url)),
  base: '/',
  logLevel: 'warn',
  // Written beside the sources otherwise, where a checkout may be read-only.
  cacheDir: fileURLToPath(new URL('../../../dist/.vite', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2024',
    sourcemap: false,
    reportCompressedSize: false,
  },
});
