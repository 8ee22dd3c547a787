/** `npm start`: the main job on one machine, until a signal (interfaces §1). */
import { StartProblem } from './platform/problem.ts';
import { runStart } from './platform/run-start.ts';

try {
  await runStart(process.argv.slice(2));
  process.exit(0);
} catch (error) {
  if (!(error instanceof StartProblem)) throw error;
  process.stderr.write(`frontdesk: ${error.message}\n`);
  process.exit(2);
}
