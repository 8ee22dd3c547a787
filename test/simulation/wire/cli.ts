import { simulateWire } from './run.ts';

const [seed = '1', n = '6', kills = '1', faults = 'all'] = process.argv.slice(2);
const began = performance.now();
const { report, violations } = await simulateWire({
  seed,
  conversations: Number(n),
  kills: Number(kills),
  faults: (faults === 'all' || faults === 'none' ? faults : faults.split(',')) as never,
  tell: (l) => process.stderr.write(l + '\n'),
});
console.log(JSON.stringify({ ...report, wallMs: performance.now() - began }, null, 1));
console.log(violations.slice(0, 20), violations.length);
