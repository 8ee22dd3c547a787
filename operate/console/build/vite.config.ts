import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/** Styles of a page stay with it: once loaded they stand beside those of every other page, which may use the same name. */
const pageStyles: Plugin = {
  name: 'page-styles',
  enforce: 'pre',
  transform(code, id) {
    const page = /\/page\/pages\/([a-z-]+)\/[^?]*\.css/.exec(id)?.[1];
    return page === undefined ? null : { code: `@scope (main[data-page="${page}"]) {\n${code}\n}`, map: null };
  },
};

/** Everything in files of our own, nothing inline: the page's policy lets nothing else run. */
export default defineConfig({
  root: fileURLToPath(new URL('../page', import.meta.url)),
  base: '/',
  plugins: [pageStyles],
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
