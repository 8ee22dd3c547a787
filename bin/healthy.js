// node bin/healthy.js [DIR] → exit code 0 when the instance on the data folder (.frontdesk) accepts work, else 1: what a container's health check runs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const WITHIN_MS = 5_000;

async function isHealthy(folder) {
  try {
    const { consoleUrl } = JSON.parse(readFileSync(join(folder, 'instance.json'), 'utf8'));
    const answer = await fetch(new URL('/healthz', consoleUrl), { signal: AbortSignal.timeout(WITHIN_MS) });
    return answer.ok && (await answer.json()).ready === true;
  } catch {
    return false;
  }
}

process.exitCode = (await isHealthy(process.argv[2] ?? '.frontdesk')) ? 0 : 1;
