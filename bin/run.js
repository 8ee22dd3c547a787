import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import Module from 'node:module';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, isNewEnough, WANTED_MAJOR } from './find-node.js';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs an entry file with a Node that is new enough: in this process when it is one (one pid, one start-up, signals
 * arrive by themselves), else in a child.
 */
export function run(entry, args) {
  if (!existsSync(entry)) refuse(`there is no ${entry}`);
  process.env.NODE_COMPILE_CACHE ??= join(ROOT, 'node_modules', '.cache', 'node');
  if (isNewEnough(process.version)) return runHere(entry, args);
  const node = findNode();
  if (node === undefined) {
    refuse(
      `no Node ${WANTED_MAJOR} found: run npm ci once more without --omit=optional, or install Node ${WANTED_MAJOR}.`,
    );
  }
  return runWith(node, entry, args);
}

/** The JavaScript file behind a command-line tool of node_modules, links followed. */
export function toolEntry(name) {
  const link = join(ROOT, 'node_modules', '.bin', name);
  if (!existsSync(link)) refuse(`the tool ${name} is not installed: run npm ci.`);
  return realpathSync(link);
}

/** The absolute path of an entry file named relative to the repository. */
export function scriptEntry(name) {
  return resolve(ROOT, name);
}

/** Runs the entry in a child of the given Node, hands signals on, and ends as the child ended. */
export function runWith(node, entry, args) {
  const child = spawn(node, [entry, ...args], { stdio: 'inherit', env: { ...process.env, PATH: pathWith(node) } });
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => refuse(`${node} did not start (${error.code})`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    for (const forwarded of FORWARDED) process.removeAllListeners(forwarded);
    process.kill(process.pid, signal);
    // A signal that this process survives (stopped by a debugger, say) still ends it, with the shell's number.
    setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 1000);
  });
}

function runHere(entry, args) {
  process.env.PATH = pathWith(process.execPath);
  Module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  process.argv = [process.execPath, entry, ...args];
  Module.runMain();
}

// A tool that starts `node` by name must not fall back to the machine's old one.
function pathWith(node) {
  return [dirname(node), process.env.PATH ?? ''].filter((part) => part !== '').join(delimiter);
}

function refuse(reason) {
  process.stderr.write(`frontdesk: ${reason}\n`);
  process.exit(2);
}
