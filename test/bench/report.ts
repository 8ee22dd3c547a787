// node bin/launch.js test/bench/report.ts [own|webhooks|faults]… [--seconds S] [--messages N] [--rate N]
// Measures and writes the tables of docs/benchmarks.md, each between its two marks; the words around them are written by hand.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../../local/platform/release.ts';
import { type FaultReport, faultScript } from './comparison/faults/script.ts';
import { frontdesk } from './comparison/subjects/frontdesk.ts';
import { nodeRed } from './comparison/subjects/node-red.ts';
import { type WebhookFigures, webhookFigures } from './comparison/webhooks.ts';
import { MEASURES } from './measures/all.ts';
import { type BenchRow, benchRow } from './row.ts';
import { machineLine, markdownTable, withSection } from './tables.ts';

const FILE = join(ROOT, 'docs', 'benchmarks.md');
/** The limits of issue 4 are set for a minute of load. */
const SECONDS = 60;
const MESSAGES = 2_000;
const RATE = 10;

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string' }, messages: { type: 'string' }, rate: { type: 'string' } },
});
const seconds = Number(values.seconds ?? SECONDS);
const subjects = [frontdesk, nodeRed(say)];

const SECTIONS = { own, webhooks, faults } satisfies Record<string, () => Promise<string>>;
type Section = keyof typeof SECTIONS;

for (const section of (positionals.length > 0 ? positionals : Object.keys(SECTIONS)) as Section[]) {
  if (!Object.hasOwn(SECTIONS, section)) throw new Error(`no section ${section}`);
  const text = `${await SECTIONS[section]()}\n\n${machineLine(commit())}`;
  // After each section, so that a run that is broken off keeps what it measured.
  writeFileSync(FILE, withSection(readFileSync(FILE, 'utf8'), section, text));
}
process.exit();

async function own(): Promise<string> {
  const rows: BenchRow[] = [];
  for (const [name, measure] of Object.entries(MEASURES)) {
    say(`${name} …`);
    // Elsewhere seconds and messages are what `npm run bench` takes without options.
    const given = name === 'ack' ? { seconds } : {};
    rows.push(...(await measure({ ...given, say, isCounting: false, profileDir: null })).map(benchRow));
  }
  return markdownTable(
    ['name', 'of', 'value', 'unit', 'p50', 'p99', 'gzip', 'n'],
    rows.map(({ name, of, value, unit, p50, p99, gzip, n }) => [name, of, value, unit, p50, p99, gzip, n]),
  );
}

async function webhooks(): Promise<string> {
  const figures: WebhookFigures[] = [];
  for (const subject of subjects) figures.push(...(await webhookFigures(subject, { seconds, say })));
  return markdownTable(
    ['load', 'system', 'requests/s', 'p50 ms', 'p99 ms', 'n'],
    figures
      .toSorted((a, b) => a.load.localeCompare(b.load, 'en', { numeric: true }))
      .map(({ load, subject, perSecond, p50, p99, n }) => [load, subject, perSecond, p50, p99, n]),
  );
}

async function faults(): Promise<string> {
  const load = { messages: Number(values.messages ?? MESSAGES), ratePerSecond: Number(values.rate ?? RATE), say };
  const reports: [string, FaultReport][] = [];
  for (const subject of subjects) reports.push([subject.name, await faultScript(subject, load)]);
  return markdownTable(
    [
      'system',
      'messages',
      'again',
      '429',
      'under way at the kill',
      'down ms',
      'sent again after the kill',
      'replies',
      'lost',
      'unfinished',
      'replied twice',
      'tags written twice',
    ],
    reports.map(([name, { messages, again, refused, openAtKill, downMs, unanswered, replies, ...found }]) => [
      ...[name, messages, again, refused, openAtKill, downMs, unanswered, replies],
      ...[found.lost.length, found.unfinished, found.repliedTwice.length, found.writtenTwice.length],
    ]),
  );
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
}
