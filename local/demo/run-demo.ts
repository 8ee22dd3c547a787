/** What `npm run demo` does between its options and its exit code. */
import { accessSync, constants, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { startInstance } from '../platform/instance.ts';
import { timeScaleFrom } from '../platform/options.ts';
import { StartProblem } from '../platform/problem.ts';
import { firstSignal } from '../platform/signals.ts';
import { type DemoOptions, demoOptions } from './options.ts';
import { createProgress } from './progress.ts';
import { reportOf } from './report.ts';
import { parseRows, type Rows } from './rows.ts';
import { runRows } from './run.ts';
import { exitCodeOf, type Result, type Summary, summaryOf } from './summary.ts';

/** The one without a network (issue 1, item 5). */
const BUILT_IN = 'keyword';
const INTERRUPTED = 130;
const STOP_WITHIN_MS = 12_000;
/** A run may crowd two cores; a webhook that is answered late is no lost message. */
const WEBHOOK_TIMEOUT_MS = 60_000;

/** Answers the exit code. Throws `StartProblem`. */
export async function runDemo(args: readonly string[]): Promise<number> {
  const options = demoOptions(args);
  const timeScale = timeScaleFrom(process.env.FRONTDESK_TIME_SCALE);
  const { rows, invalid } = readRows(options.messages);
  for (const file of [options.out, options.json]) if (file !== undefined) assertWritable(file);
  for (const { line, problem } of invalid)
    process.stderr.write(`${options.messages}:${line}: ${problem}; this line is left out\n`);

  const signal = firstSignal().then(() => 'interrupted' as const);
  const progress = createProgress(process.stderr, rows.length);
  const instance = await startInstance({
    shared: options,
    timeScale,
    // Rows may be dated; how old a message is counts from its receipt (interfaces §2).
    agesFrom: 'received',
    // Each webhook names its message, so that one row is one message, however fast the rows follow.
    sandbox: { webhookBody: 'with-message-id', escape: 'json', webhookTimeoutMs: WEBHOOK_TIMEOUT_MS },
    onTrouble: (what) => progress.say(what),
  });
  const startedAt = performance.now();
  const { concurrency } = options;
  const run = runRows(rows, instance.platform, { concurrency, onResult: progress.show });
  const results = await Promise.race([run, signal]);
  const durationMs = performance.now() - startedAt;
  progress.close();
  if (results === 'interrupted') {
    await stopped(instance);
    return INTERRUPTED;
  }
  // Told before the stop: what was measured does not hang on how the platform ends.
  const summary = summaryOf(results, {
    invalidLines: invalid.length,
    classifier: options.classifier === 'openai' ? 'openai' : BUILT_IN,
    durationMs,
  });
  write(options, results, summary);
  if (timeScale !== 1) process.stdout.write(`time scale ${timeScale}\n`);
  process.stdout.write(reportOf(summary, results));
  await stopped(instance);
  return exitCodeOf(summary, options.strict === true);
}

/** Keeps the process alive while it stops, and waits no longer than a stop may take (interfaces §1). */
async function stopped(instance: { stop(): Promise<void> }): Promise<void> {
  const patience = Promise.withResolvers<void>();
  const timer = setTimeout(patience.resolve, STOP_WITHIN_MS);
  await Promise.race([instance.stop(), patience.promise]);
  clearTimeout(timer);
}

function readRows(file: string): Rows {
  try {
    return parseRows(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    throw new StartProblem(`--messages ${file} cannot be read (${code}): name a file of message rows in JSON Lines.`);
  }
}

function assertWritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch {
    throw new StartProblem(`${file} cannot be written: name a file in a folder that exists and is yours.`);
  }
}

function write({ out, json }: DemoOptions, results: readonly Result[], summary: Summary): void {
  if (out !== undefined) replaceFile(out, results.map(({ row }) => `${JSON.stringify(row)}\n`).join(''));
  if (json !== undefined) replaceFile(json, `${JSON.stringify(summary)}\n`);
}

/** Whole or not there. */
function replaceFile(file: string, text: string): void {
  const aside = `${file}.${process.pid}.new`;
  writeFileSync(aside, text);
  renameSync(aside, file);
}
