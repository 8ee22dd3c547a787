/**
 * Opens a data folder, as a start does, and ends; prints each durable step of a migration. A process of its own, so that it can
 * be killed: by itself right after step number DIE_AFTER (from 0), where one is given.
 *
 * node bin/launch.js test/full/state/migrate-folder.ts FOLDER [DIE_AFTER]
 */
import { writeSync } from 'node:fs';
import { openDataFolder } from '../../../local/platform/data-folder.ts';

const [folder = '', given] = process.argv.slice(2);
const dieAfter = given === undefined ? null : Number(given);
let step = 0;

const opened = await openDataFolder(folder, {
  onStep(name) {
    // Not by way of the event loop, which a SIGKILL would not wait for.
    writeSync(1, `${name}\n`);
    if (step === dieAfter) process.kill(process.pid, 'SIGKILL');
    step += 1;
  },
});
opened.release();
