/** npm run docs [-- --out DIR]: the documentation as a static site, in dist/docs. */
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { answerVersion } from '../local/platform/release.ts';
import { BrokenLinks, buildDocsSite } from './docs-site/build.ts';

answerVersion(process.argv.slice(2));
const { values } = parseArgs({ options: { out: { type: 'string' } } });
const out = resolve(values.out ?? join(import.meta.dirname, '../dist/docs'));
try {
  const { pages, files, sections } = await buildDocsSite(out);
  const shown = relative(process.cwd(), out) || '.';
  process.stdout.write(
    `${pages} pages, ${files} files they lead to, ${sections} sections to search: ${shown}/index.html\n`,
  );
} catch (error) {
  if (!(error instanceof BrokenLinks)) throw error;
  process.stderr.write(`${error.message}\n${error.links.length} links lead nowhere; nothing was written\n`);
  process.exitCode = 1;
}
