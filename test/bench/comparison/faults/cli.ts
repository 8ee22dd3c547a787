// node bin/launch.js test/bench/comparison/faults/cli.ts frontdesk|node-red [MESSAGES] [RATE] [--json FILE]
// Runs the fault script against one system. Exit 1 when a message was lost or something was applied twice.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { frontdesk } from '../subjects/frontdesk.ts';
import { nodeRed } from '../subjects/node-red.ts';
import { faultScript } from './script.ts';

const MESSAGES = 2_000;
const RATE = 10;

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const [name, messages = MESSAGES, rate = RATE] = positionals;
const subject = name === 'frontdesk' ? frontdesk : name === 'node-red' ? nodeRed(say) : null;
if (subject === null) throw new Error('give frontdesk or node-red');
const report = await faultScript(subject, { messages: Number(messages), ratePerSecond: Number(rate), say });
const { lost, unfinished, repliedTwice, writtenTwice, again, unanswered, refused, replies, openAtKill, downMs } =
  report;
process.stdout.write(
  `${subject.name}: ${report.messages} messages, ${again} webhooks again, ${refused} writes refused, killed with ${openAtKill} under way, down ${downMs} ms, ${unanswered} webhooks sent again after it, ${replies} replies: ` +
    `${lost.length} lost, ${unfinished} unfinished, ${repliedTwice.length} replied twice, ${writtenTwice.length} tags written twice\n`,
);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
// A script in which a fault never came would prove nothing.
const idle = [again === 0 && 'redelivery', refused === 0 && '429', openAtKill === 0 && 'SIGKILL'].filter(Boolean);
if (idle.length > 0) {
  say(`nothing was hit by: ${idle.join(', ')}`);
  process.exit(1);
}
process.exit(lost.length + unfinished + repliedTwice.length + writtenTwice.length === 0 ? 0 : 1);
