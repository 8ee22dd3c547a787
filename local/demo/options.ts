/** Options of `npm run demo` (interfaces §1–2). */
import { fileURLToPath } from 'node:url';
import { commandOf, readOptions, type SharedOptions, wholeNumber } from '../platform/options.ts';

export type DemoOptions = SharedOptions & {
  readonly messages: string;
  readonly out?: string;
  readonly json?: string;
  readonly strict?: boolean;
  readonly concurrency: number;
};

export const SHIPPED_SET = fileURLToPath(new URL('./messages.jsonl', import.meta.url));

// Ports are nobody's business in a demonstration, so that one can run beside `npm start`.
const DEFAULTS = { portBase: 0, memory: true, limits: 'unlimited' } as const;
const CONCURRENCY = 50;
const MOST_CONCURRENCY = 1_000;

/** Throws `StartProblem`. */
export function demoOptions(args: readonly string[]): DemoOptions {
  const command = commandOf(
    'npm run demo',
    'Runs messages through the whole choreography and tells what came of them.',
    DEFAULTS,
  )
    .option('--messages <FILE>', 'message rows in JSON Lines (default: the shipped set)')
    .option('--out <FILE>', 'one outcome row for each message, in the order of the file')
    .option('--json <FILE>', 'the summary as JSON')
    .option('--strict', 'exit 1 also when an expectation is not met')
    .option(
      '--concurrency <N>',
      'conversations side by side',
      (text: string) => wholeNumber(text, 1, MOST_CONCURRENCY),
      CONCURRENCY,
    );
  const { messages = SHIPPED_SET, ...rest } = readOptions<Omit<DemoOptions, 'messages'> & { messages?: string }>(
    command,
    args,
    DEFAULTS,
  );
  return { ...rest, messages };
}
