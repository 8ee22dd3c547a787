/** `npm run demo`: a set of messages through the whole choreography (interfaces §2). */
import { runDemo } from './demo/run-demo.ts';
import { StartProblem } from './platform/problem.ts';

try {
  process.exit(await runDemo(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof StartProblem)) throw error;
  process.stderr.write(`frontdesk: ${error.message}\n`);
  process.exit(2);
}
