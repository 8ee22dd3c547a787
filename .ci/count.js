// node .ci/count.js REPORT.json FAILURES → "passed failed skipped" of a vitest JSON report; what failed is added to the file FAILURES.
import { appendFileSync, readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// A file that cannot be loaded fails without a failed test of its own.
const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
const tests = report.testResults.flatMap((file) =>
  file.assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => ({ file, what: test.fullName, why: test.failureMessages.join('\n') })),
);
const told = [...tests, ...broken.map((file) => ({ file, what: 'cannot be loaded', why: file.message }))];
for (const { file, what, why } of told)
  appendFileSync(process.argv[3], `${file.name} > ${what}\n${String(why).slice(0, 2000)}\n\n`);
const failed = report.numFailedTests + broken.length;
const unexplained = report.success || failed > 0 ? 0 : 1;
process.stdout.write(
  `${report.numPassedTests} ${failed + unexplained} ${report.numPendingTests + report.numTodoTests}\n`,
);
