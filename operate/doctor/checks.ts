/** What does not depend on a running instance: Node, clock, configuration, generated files. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CONFIG_VERSION } from '../../config/generated/config.ts';
import { ROOT } from '../../local/platform/release.ts';
import type { Context } from '../context.ts';
import { readShop } from '../shop.ts';
import { count } from '../text.ts';
import { type Check, fail, ok, warn } from './check.ts';

/** The oldest Node that runs the sources directly (interfaces §1). */
const WANTED_MAJOR = 24;

/** @param version  as Node prints it, e.g. `v24.1.0` */
export function checkNode(version: string): Check {
  const major = Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
  return major >= WANTED_MAJOR
    ? ok('node', `running on ${version}`)
    : fail('node', `running on ${version}`, `Node ${WANTED_MAJOR} is needed: run npm ci, or install it`);
}

/** The Node that `npm ci` brings; needed only where the machine has none that is new enough. */
export function checkPinnedNode(): Check {
  const file = pinnedNode();
  if (file === null) return warn('pinned node', 'not installed', 'run npm ci without --omit=optional');
  const asked = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return asked.status === 0
    ? ok('pinned node', asked.stdout.trim())
    : warn('pinned node', 'does not run on this machine', `install Node ${WANTED_MAJOR} instead`);
}

/** npm installs the one package that fits this platform. */
function pinnedNode(): string | null {
  const require = createRequire(import.meta.url);
  const { optionalDependencies }: { optionalDependencies?: object } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  for (const name of Object.keys(optionalDependencies ?? {})) {
    try {
      return join(dirname(require.resolve(`${name}/package.json`)), 'bin', 'node');
    } catch {
      // Made for another platform.
    }
  }
  return null;
}

/** This code did not exist earlier. */
const EARLIEST = Date.UTC(2025, 0, 1);
/** File systems round, and another machine may have written the folder. */
const TOLERANCE_MS = 60_000;

/** A clock behind what the folder already holds would put new messages before old ones. */
export function checkClock({ dataDir }: Pick<Context, 'dataDir'>, now: number): Check {
  const time = new Date(now).toISOString();
  const cure = "set the machine's clock (NTP)";
  if (now < EARLIEST) return fail('clock', `it says ${time}`, cure);
  const newest = newestFile(dataDir);
  if (newest > now + TOLERANCE_MS)
    return fail(
      'clock',
      `it says ${time}, and the data folder was written ${Math.round((newest - now) / 1000)} s later`,
      cure,
    );
  return ok('clock', time);
}

function newestFile(folder: string): number {
  try {
    return Math.max(0, ...readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs));
  } catch {
    return 0;
  }
}

export function checkConfiguration({ variables }: Pick<Context, 'variables'>): Check {
  const shop = readShop(variables);
  if (shop.ok) return ok('configuration', `version ${shop.version}`);
  return fail('configuration', count(shop.errors.length, 'mistake'), 'see them with `npx frontdesk config check`');
}

/** Made from sources and committed; without them functions do not start. */
const GENERATED = ['config/generated/config.ts', 'templates/generated/library.ts', 'templates.lock.json'];

export function checkGenerated(): Check {
  const missing = GENERATED.filter((file) => !existsSync(join(ROOT, file)));
  if (missing.length > 0)
    return fail(
      'generated files',
      `missing: ${missing.join(', ')}`,
      'restore them with git, or run `npm run check`, which names how each is made',
    );
  const shop = readShop({});
  if (shop.ok && shop.version !== CONFIG_VERSION) {
    return warn(
      'generated files',
      'config/generated/config.ts is older than config/frontdesk.yaml',
      'run `node bin/launch.js tools/config-build.ts` before a deploy',
    );
  }
  return ok('generated files', 'present');
}
