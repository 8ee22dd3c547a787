/** `node bin/launch.js test/full/audit-verify/cli.ts 1000 [seed]`: that many random tamperings, on sealed and open hours. */
import { tamperAtRandom } from './run.ts';

const [, , count = '1000', seed = '20261126'] = process.argv;
const { tamperings, found, missed, trails, falseAlarms, ways, records } = await tamperAtRandom(seed, Number(count));
for (const line of missed) process.stdout.write(`missed: ${line}\n`);
for (const line of falseAlarms) process.stdout.write(`false alarm: ${line}\n`);
for (const [way, times] of ways) process.stdout.write(`${String(times).padStart(5)}  ${way}\n`);
process.stdout.write(
  `${found} of ${tamperings} tamperings found, ${ways.size} ways; ${falseAlarms.length} false alarms in ${trails} trails ` +
    `(${records.valid} records valid, ${records.deletedOnRequest} deleted on request, ${records.expired} expired)\n`,
);
process.exitCode = missed.length + falseAlarms.length > 0 ? 1 : 0;
