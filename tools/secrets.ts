/** Is something in the tree that looks like a secret? Exit 1 names file, line and rule. */
import { answerVersion, ROOT } from '../local/platform/release.ts';
import { scanTree } from './supply/secrets.ts';

answerVersion(process.argv.slice(2));
const { findings, skipped } = await scanTree(ROOT);
for (const { file, line, rule } of findings)
  process.stdout.write(
    `${file}:${line} looks like a secret (${rule}): take it out and rotate it, or enter it in tools/supply/reviewed.ts\n`,
  );
process.stdout.write(`${findings.length} findings; not looked at for their size: ${skipped.join(', ') || 'none'}\n`);
process.exitCode = findings.length === 0 ? 0 : 1;
