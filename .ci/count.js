// node .ci/count.js REPORT.json → "passed failed skipped" of a vitest JSON report.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// A file that cannot be loaded fails without a failed test of its own.
const broken = report.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
).length;
const failed = report.numFailedTests + broken;
const unexplained = report.success || failed > 0 ? 0 : 1;
process.stdout.write(
  `${report.numPassedTests} ${failed + unexplained} ${report.numPendingTests + report.numTodoTests}\n`,
);
