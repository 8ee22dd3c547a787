/** `npm run console:build`: builds the console's page, as the first look at it would. */
import { answerVersion } from '../local/platform/release.ts';
import { buildPage } from '../operate/console/build/build.ts';

answerVersion(process.argv.slice(2));
const began = performance.now();
process.stdout.write(`${await buildPage()}, ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
