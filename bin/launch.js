#!/usr/bin/env node
// node bin/launch.js <script.ts> [args…] · node bin/launch.js tool <name> [args…]
import { guard } from './guard.js';

guard();
import('./run.js').then(({ run, scriptEntry, toolEntry }) => {
  const [first, ...rest] = process.argv.slice(2);
  if (first === 'tool' && rest.length > 0) return run(toolEntry(rest[0]), rest.slice(1));
  if (first !== undefined && first !== 'tool') return run(scriptEntry(first), rest);
  process.stderr.write('usage: node bin/launch.js <script.ts> [args…] | tool <name> [args…]\n');
  process.exit(2);
});
