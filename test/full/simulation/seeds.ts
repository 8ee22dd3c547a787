/** `--seeds N --conversations M`: long runs one after another, as `npm run simulate` makes them; exits 1 where one is broken or vacuous. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Report } from '../../simulation/report.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    conversations: { type: 'string', default: '20000' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'frontdesk-seeds-'));
const reports: (Report & { wallMs: number })[] = [];
const broken: string[] = [];

/** The product's own command; its progress and its verdict are passed on. */
function simulate(seed: string, json: string): Promise<number> {
  const args = ['--seed', seed, '--conversations', values.conversations, '--faults', 'all', '--json', json];
  const child = spawn(process.execPath, ['bin/launch.js', 'test/simulation/cli.ts', ...args], { stdio: 'inherit' });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

for (let number = 1; number <= Number(values.seeds); number += 1) {
  const seed = `full-${number}`;
  const json = join(folder, `${seed}.json`);
  const code = await simulate(seed, json);
  const report = JSON.parse(readFileSync(json, 'utf8')) as Report & { wallMs: number };
  reports.push(report);
  say(
    `seed ${seed}: ${report.conversations} conversations, ${report.messages} messages, ${report.repliesSent} replies, ` +
      `${report.residualRaces} residual races, ${Math.round(report.wallMs / 1000)} s, history ${report.historySha256.slice(0, 12)}`,
  );
  if (code === 0) continue;
  say(`seed ${seed} exited ${code}`);
  broken.push(seed);
  process.exitCode = 1;
}
rmSync(folder, { recursive: true, force: true });

const total = (name: keyof Report): number => reports.reduce((sum, report) => sum + Number(report[name]), 0);
const seconds = reports.map(({ wallMs }) => Math.round(wallMs / 1000)).sort((left, right) => left - right);
const rarest = reports.flatMap(({ faults }) => Object.entries(faults)).sort(([, left], [, right]) => left - right)[0];
say(
  `simulated: ${reports.length} runs${broken.length > 0 ? ` (${broken.length} broken or vacuous: ${broken.join(', ')})` : ''}, ${total('conversations')} conversations, ${total('messages')} messages, ` +
    `${total('repliesSent')} replies, ${total('steps')} steps; duplicate replies ${total('duplicateReplies')}, ` +
    `lost ${total('lostMessages')}, Tier 0 replies ${total('tier0Replies')}, stale routings ${total('staleRoutings')}, ` +
    `replay writes ${total('replayWrites')}, projection mismatches ${total('projectionMismatches')}, ` +
    `sent after stop ${total('sentAfterStop')}, unsettled ${total('unsettled')}, residual races ${total('residualRaces')}; ` +
    `rarest fault ${rarest?.[0]} ${rarest?.[1]} times in a run; ` +
    `${seconds[0]} to ${seconds.at(-1)} s a run, median ${seconds[Math.floor(seconds.length / 2)]} s`,
);
