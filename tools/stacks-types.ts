import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './stacks/app.ts';
import { PREPARE, whyUnprepared } from './stacks/platform.ts';

// Types of sst.config.ts and stacks/sst, which only SST's own declarations can tell; left out where these are not there.
const reason = await whyUnprepared();
if (reason === null) {
  const args = [join(ROOT, 'bin/launch.js'), 'tool', 'tsc', '-p', 'tsconfig.stacks.json', '--pretty', 'false'];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  const complaints = ourComplaints(stdout);
  process.stdout.write(complaints.map((line) => `${line}\n`).join(''));
  process.exitCode = complaints.length === 0 && status !== null ? 0 : 1;
} else {
  process.stdout.write(`sst.config.ts and stacks/sst left out: ${reason}; \`${PREPARE}\` unpacks them\n`);
}

/**
 * What is said about the modules that the other step does not see, or about no file at all. SST's components come as
 * TypeScript that was not written for flags as strict as ours, and their globals are not those of the rest.
 */
function ourComplaints(output: string): string[] {
  let isOurs = true;
  return output.split('\n').filter((line) => {
    if (line === '') return false;
    if (!line.startsWith(' ')) isOurs = /^(sst\.config\.ts|stacks\/sst\/|error )/.test(line);
    return isOurs;
  });
}
