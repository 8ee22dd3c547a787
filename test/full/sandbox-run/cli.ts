/** `--conversations-each 6 [--shops N] --seed S`: the run of issue 6, judged; exits 1 at a violation or where something was never tried. */
import { parseArgs } from 'node:util';
import { runShops } from './run.ts';
import { untried } from './tried.ts';

const { values } = parseArgs({
  options: {
    'conversations-each': { type: 'string', default: '6' },
    shops: { type: 'string' },
    seed: { type: 'string', default: '20261126' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const began = performance.now();
const totals = await runShops(values.seed, {
  conversationsEach: Number(values['conversations-each']),
  ...(values.shops === undefined ? {} : { shops: Number(values.shops) }),
  onShop: (done, of) => {
    if (done % 50 === 0)
      process.stderr.write(`${done} of ${of} shops, ${Math.round((performance.now() - began) / 1000)} s\n`);
  },
});
const countOf = (rule: string): number => totals.violations.filter((one) => one.rule === rule).length;
for (const { rule, says, seed } of totals.violations.slice(0, 40)) say(`${rule}: ${says} (${seed})`);
const missing = untried(totals);
for (const line of missing) say(`never or too rarely: ${line}`);
say(JSON.stringify({ faults: Object.fromEntries(totals.faults) }));
say(
  `sandbox run: ${totals.conversations} conversations in ${totals.shops} shops, ${totals.messages} messages, ` +
    `${totals.settled} settled, ${totals.replies} replies, ${totals.orderReplies} with order facts, ` +
    `${totals.requests} requests, ${totals.writes} writes; double replies: ${countOf('double')}, ` +
    `wrong order facts: ${countOf('order facts') + countOf('stranger')}, writes over the rate limit: ${countOf('rate')}, ` +
    `unsettled: ${countOf('settled')}, overtaken: ${countOf('overtaken')}, too soon after Retry-After: ${countOf('retry-after')}; ` +
    `busiest 30 s: ${totals.busiest}, shops at 40 or more: ${totals.pressed}, ${Math.round((performance.now() - began) / 1000)} s`,
);
if (totals.violations.length > 0 || missing.length > 0) process.exitCode = 1;
