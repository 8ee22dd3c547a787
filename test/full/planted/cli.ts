/**
 * Every planted bug, or those named: caught by the checker, by no exception, no type error and no unit test; writes docs/planted-bugs.md.
 * `--without-units` leaves out the unit tests, which take most of the time.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUG_IDS, type BugId, bugOf } from '../../simulation/planted/bugs.ts';
import { ROOT } from '../../simulation/planted/plant.ts';
import { isProven, readTable, table } from './table.ts';
import { type Tried, tryBug } from './try.ts';
import { typeCheck } from './types.ts';

/** Each is a thread of its own; issue 7 gives the machine two cores. */
const AT_ONCE = 2;
const PAGE = join(ROOT, 'docs/planted-bugs.md');

const WITHOUT_UNITS = '--without-units';
const words = process.argv.slice(2);
const hasUnits = !words.includes(WITHOUT_UNITS);
const named = words.filter((word) => word !== WITHOUT_UNITS).map((id) => bugOf(id).id as BugId);
const ids = named.length > 0 ? named : [...BUG_IDS];
// A part of the list is tried again without forgetting what was found of the others.
const known = existsSync(PAGE) ? readTable(readFileSync(PAGE, 'utf8')) : new Map<string, string>();
const tried = new Map<BugId, Tried>();
const types = typeCheck();
try {
  const left = [...ids];
  const work = async (): Promise<void> => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      const one = await tryBug({ ...bugOf(id), id }, types, hasUnits);
      tried.set(id, one);
      writeFileSync(PAGE, table(BUG_IDS, tried, known));
      process.stderr.write(`${id}: ${one.caught ? `after ${one.caught.after}, ${one.caught.says}` : 'not caught'}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
} finally {
  types.remove();
}
const proven = [...tried.values()].filter(isProven);
process.stdout.write(
  `${proven.length} of ${ids.length} planted bugs caught by the checker alone within 10,000 conversations, the last after ${Math.max(0, ...proven.map(({ caught }) => caught?.after ?? 0))}; ` +
    `${hasUnits ? `${[...tried.values()].filter(({ units }) => units?.failed.length === 0).length} pass every unit test` : 'unit tests not run'}\n`,
);
for (const one of tried.values())
  if (!isProven(one))
    process.stderr.write(
      `not proven: ${one.id} ${one.without.join(', ')} ${one.types} ${one.units?.failed.join(', ') ?? ''}\n`,
    );
if (proven.length < ids.length) process.exitCode = 1;
