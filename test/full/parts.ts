import { ANALYTICS_PARTS } from './analytics/parts.ts';
import { AUDIT_PARTS } from './audit-verify/parts.ts';
import { AWS_CLIENT_PARTS } from './aws-clients/parts.ts';
import { BENCH_PARTS } from './bench/parts.ts';
import { BUNDLE_PARTS } from './bundles/parts.ts';
import { BUS_PARTS } from './bus/parts.ts';
import { CANARY_PARTS } from './canary/parts.ts';
import { CONSOLE_PARTS } from './console/parts.ts';
import { CONTAINER_PARTS } from './container/parts.ts';
import { COST_PARTS } from './cost/parts.ts';
import { DOCS_PARTS } from './docs/parts.ts';
import { DRILL_PARTS } from './drill/parts.ts';
import { EVALUATION_PARTS } from './evaluation/parts.ts';
import { FUZZ_WEBHOOK_PARTS } from './fuzz-webhook/parts.ts';
import { ISOLATION_PARTS } from './isolation/parts.ts';
import { KEEP_PARTS } from './keep/parts.ts';
import { KILL_PARTS } from './kill-nine/parts.ts';
import { OPENAI_PARTS } from './openai-faults/parts.ts';
import { type ProofPart, passedTests, printed } from './part.ts';
import { PLANTED_PARTS } from './planted/parts.ts';
import { POLICY_PARTS } from './policy/parts.ts';
import { RELEASE_PARTS } from './release/parts.ts';
import { REPLAY_PARTS } from './replay/parts.ts';
import { RESIDUAL_WINDOW_PARTS } from './residual-window/parts.ts';
import { ROTATION_PARTS } from './rotation/parts.ts';
import { RUNBOOK_PARTS } from './runbooks/parts.ts';
import { SANDBOX_PARTS } from './sandbox-run/parts.ts';
import { SECURITY_PARTS } from './security/parts.ts';
import { SIMULATION_PARTS } from './simulation/parts.ts';
import { STACKS_PARTS } from './stacks/parts.ts';
import { STATE_PARTS } from './state/parts.ts';
import { SWITCHES_PARTS } from './switches/parts.ts';
import { TABLES_PARTS } from './tables/parts.ts';
import { TEXT_IN_PARTS } from './text-in/parts.ts';
import { WHATIF_PARTS } from './whatif/parts.ts';
import { WIRE_PARTS } from './wire/parts.ts';

/** A command tried in a fresh clone in another folder, with the network off after `npm ci`. */
function freshClone(...command: string[]): ProofPart['command'] {
  return ['node', 'bin/launch.js', 'test/full/fresh-clone.ts', ...command];
}

/** Some of the tests, with the runner's own count as the figure. */
function tests(name: string, line: string, ...files: [string, ...string[]]): ProofPart {
  return {
    name,
    line,
    command: ['node', 'bin/launch.js', 'tool', 'vitest', 'run', ...files],
    figure: passedTests,
    limitMinutes: 10,
  };
}

/** Every line that `docs/proof.md` proves, in the order it lists them. */
export const PARTS: readonly ProofPart[] = [
  {
    name: 'fresh-clone-start',
    line: '`npm ci && npm start` shows conversations flowing within 10 s of the start, with the network off after `npm ci`, on the machine’s Node 20.',
    command: freshClone('node', 'bin/launch.js', 'test/full/first-conversation.ts'),
    figure: printed(/(first conversation settled \d+\.\d s after the start)[\s\S]*fresh clone: (Node 20\.[^\n]*)/),
    limitMinutes: 10,
  },
  {
    name: 'fresh-clone-test',
    line: '`npm ci && npm test` passes with the network off after `npm ci`, on the machine’s Node 20.',
    command: freshClone('npm', 'test'),
    figure: printed(/Tests\s+(\d+ passed)[^\n]*\n[\s\S]*fresh clone: (Node 20\.[^\n]*, network off, \d+ s)/),
    limitMinutes: 15,
  },
  {
    name: 'demo-strict',
    line: '`npm run demo -- --strict` settles the shipped set: ≥ 60 invented conversations over every path, ≥ 20 order status, D1–D3 and D5–D9.',
    command: ['npm', 'run', 'demo', '--', '--strict'],
    figure: printed(
      /(\d+ messages, \d+ settled in [\d.]+ s)[\s\S]*(Tier 0: \d+, of these answered: 0)[\s\S]*(Expectations met: \d+ of \d+)/,
    ),
    limitMinutes: 10,
  },
  {
    name: 'long-tests',
    line: 'The tests that are too long for every commit (`*.long.test.ts`).',
    command: ['node', 'bin/launch.js', 'tool', 'vitest', 'run', '--project', 'long'],
    figure: passedTests,
    limitMinutes: 10,
  },
  {
    name: 'browser',
    line: 'Every page of the console in a real Chromium: by role and visible name, axe, console errors, foreign requests, four looks; what a newcomer does, by mouse and by keyboard.',
    command: ['node', 'bin/launch.js', 'tool', 'vitest', 'run', '--project', 'long-browser'],
    figure: passedTests,
    limitMinutes: 20,
  },
  tests('d4-d10', 'D4 and D10 by a table test.', 'policy/scenarios.test.ts', 'policy/fallback.test.ts'),
  {
    name: 'mutation',
    line: 'Of 20 random single edits in `policy/`, at least 18 make a row of the shipped set miss.',
    command: ['node', 'bin/launch.js', 'test/full/mutation/cli.ts', '--edits', '20', '--seed', '20261125'],
    figure: printed(/(\d+ of 20[^\n]*)/),
    limitMinutes: 20,
  },
  {
    name: 'many-rows',
    line: 'A file of 5,000 rows runs too.',
    command: ['node', 'bin/launch.js', 'test/full/many-rows.ts', '5000'],
    figure: printed(/(\d+ of \d+ settled, \d+ failed, \d+ Tier 0 answered, \d+ s)/),
    limitMinutes: 40,
  },
  tests(
    'protocols',
    'The same webhook 2 and 100 times; two messages 0 to 12 s apart in steps of 250 ms; a comment readable 3 s after the webhook; a burst whose first message is a dispute: each settles as protocols.md says, one reply at most, Tier 0 never missed.',
    'test/simulation/protocols.test.ts',
    'test/behaviour',
  ),
  tests(
    'privileges',
    'Functions communicate through events only: each runs with clients that refuse what the topology does not grant; the reply can be rebuilt from events, vault, templates and the first name read at the door.',
    'test/privileges',
    'test/bundles',
    'test/architecture',
  ),
  {
    name: 'simulation',
    line: 'The simulation kernel runs 500 conversations with 0 duplicate replies and all settled.',
    command: ['npm', 'run', 'simulate', '--', '--conversations', '500', '--seed', '20261125'],
    figure: printed(
      /("messages":\s*\d+)[\s\S]*("repliesSent":\s*\d+)[\s\S]*("duplicateReplies":\s*0)[\s\S]*("lostMessages":\s*0)[\s\S]*("unsettled":\s*0)/,
    ),
    limitMinutes: 10,
  },
  tests(
    'simulation-tests',
    'Crash before and after each port call, duplicate, reorder, zombie, stale read; the same bytes for the same seed; the checker catches what is wrong.',
    'test/simulation',
  ),
  {
    name: 'screen-speed',
    line: 'The Tier 0 screen takes at most 20 ms for 8,000 characters (decisions §2.1).',
    command: ['node', 'bin/launch.js', 'test/full/screen-speed.ts'],
    figure: printed(/(slowest of \d+ texts [\d.]+ ms)/),
    limitMinutes: 5,
  },
  {
    name: 'screen-learnt',
    line: 'Weights and thresholds of the learnt screen are what the corpus makes, byte for byte.',
    command: ['node', 'bin/launch.js', 'tools/screen.ts', 'verify'],
    figure: printed(/(byte for byte)/),
    limitMinutes: 30,
  },
  tests(
    'bad-input',
    'Bad input: every row of platform §3.3; an event that is no event, of an unknown major, too large; broken template, rule, flag, config or message file; a port in use; a data folder of a newer version.',
    'functions/ingest',
    'functions/shared/consumer',
    'templates',
    'config',
    'local/platform',
    'local/demo',
    'operate/flags',
  ),
  ...BENCH_PARTS,
  ...RELEASE_PARTS,
  ...BUS_PARTS,
  ...AWS_CLIENT_PARTS,
  ...ISOLATION_PARTS,
  ...KILL_PARTS,
  ...TABLES_PARTS,
  ...STATE_PARTS,
  ...POLICY_PARTS,
  ...PLANTED_PARTS,
  ...OPENAI_PARTS,
  ...EVALUATION_PARTS,
  ...TEXT_IN_PARTS,
  ...WHATIF_PARTS,
  ...ANALYTICS_PARTS,
  ...SIMULATION_PARTS,
  ...SANDBOX_PARTS,
  ...REPLAY_PARTS,
  ...DRILL_PARTS,
  ...RESIDUAL_WINDOW_PARTS,
  ...WIRE_PARTS,
  ...KEEP_PARTS,
  ...SECURITY_PARTS,
  ...FUZZ_WEBHOOK_PARTS,
  ...AUDIT_PARTS,
  ...SWITCHES_PARTS,
  ...ROTATION_PARTS,
  ...CANARY_PARTS,
  ...COST_PARTS,
  ...BUNDLE_PARTS,
  ...STACKS_PARTS,
  ...RUNBOOK_PARTS,
  ...CONTAINER_PARTS,
  ...DOCS_PARTS,
  ...CONSOLE_PARTS,
];
