#!/usr/bin/env node
// The operator's command line (operate/), under a Node that can run it.
import { guard } from './guard.js';

guard();
import('./run.js').then(({ run, scriptEntry }) => run(scriptEntry('operate/main.ts'), process.argv.slice(2)));
