/** `import`: how long a fresh process takes to load a function's deployed module, as on Lambda: traced, without a compile cache. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { functionEnvironment, hostEnvironment } from '../../../local/host/environment.ts';
import { STAGE } from '../../../local/platform/stage.ts';
import { topology } from '../../../stacks/topology.ts';
import { bundleAll } from '../../../tools/bundle/bundle.ts';
import { type Measured, median, percentiles, rounded } from '../row.ts';
import type { Measure } from './measure.ts';

/** Odd, for a median that was measured (issue 9: at least 20 processes). */
const RUNS = 21;
const PROBE = 'const began = performance.now(); await import(process.argv[1]); console.log(performance.now() - began);';

export const importTime: Measure = async ({ say }) => {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-imports-'));
  try {
    const bundles = await bundleAll(folder);
    return bundles.map(({ name, file }): Measured => {
      say(`import: ${name}`);
      const times = Array.from({ length: RUNS }, () => loadMs(name, file));
      const { p50, p99 } = percentiles(times);
      return { name: 'import', of: name, unit: 'ms', value: rounded(median(times)), p50, p99, n: RUNS };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

function loadMs(name: string, file: string): number {
  const spec = topology.functions.find((one) => one.name === name);
  if (spec === undefined) throw new Error(`there is no function ${name}`);
  // Nothing is asked for at import: the addresses only have to be there.
  const nowhere = 'http://127.0.0.1:9';
  const host = hostEnvironment({
    awsEndpoint: nowhere,
    region: STAGE.region,
    env: STAGE.env,
    timeScale: 1,
    richpanelBaseUrl: nowhere,
  });
  // Lambda names a daemon, so the tracer is loaded too.
  const env = {
    ...functionEnvironment(host, spec),
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:9',
    POWERTOOLS_TRACE_ENABLED: undefined,
  };
  const args = ['--input-type=module', '--eval', PROBE, pathToFileURL(file).href];
  return Number(execFileSync(process.execPath, args, { env, encoding: 'utf8' }));
}
