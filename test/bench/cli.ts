// npm run bench -- [NAME…] [--json FILE] (interfaces §6)
import { renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { answerVersion } from '../../local/platform/release.ts';
import { table } from '../../operate/table.ts';
import { MEASURES } from './measures/all.ts';
import { benchOptions } from './options.ts';
import { type BenchRow, benchRow } from './row.ts';

answerVersion(process.argv.slice(2));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const { names, json, profile, ops, ...given } = benchOptions(process.argv.slice(2));
const rows: BenchRow[] = [];
for (const name of names) {
  say(`${name} …`);
  const measured = await MEASURES[name]({
    ...given,
    say,
    isCounting: ops === true,
    profileDir: profile === undefined ? null : resolve(profile),
  });
  rows.push(...measured.map(benchRow));
}
process.stdout.write(`${tableOf(rows)}\n`);
if (json !== undefined) {
  const aside = `${json}.${process.pid}.new`;
  writeFileSync(aside, `${JSON.stringify(rows, null, 2)}\n`);
  renameSync(aside, json);
}

function tableOf(measured: readonly BenchRow[]): string {
  return table(
    ['name', 'of', 'value', 'unit', 'p50', 'p99', 'gzip', 'n'],
    measured.map(({ name, of, value, unit, p50, p99, gzip, n }) => [name, of, value, unit, p50, p99, gzip, n]),
  );
}
