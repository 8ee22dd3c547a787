// npm run eval (interfaces §4)
import { answerVersion } from '../../local/platform/release.ts';
import { evaluate } from './evaluate.ts';
import { evalOptions, HelpAsked, WrongUse } from './options.ts';

answerVersion(process.argv.slice(2));
try {
  process.exitCode = await evaluate(evalOptions(process.argv.slice(2)), process.stdout, process.stderr);
} catch (error) {
  if (error instanceof HelpAsked) process.stdout.write(error.message);
  else if (error instanceof WrongUse) {
    process.stderr.write(`eval: ${error.message}\n`);
    process.exitCode = 2;
  } else throw error;
}
