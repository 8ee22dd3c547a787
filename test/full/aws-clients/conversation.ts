/** Lets a client have the whole conversation, step by step, and tells what did not come back as it should. */
import { setTimeout as sleep } from 'node:timers/promises';
import { mismatch } from './shape.ts';
import type { Answer, Client, Step, World } from './step.ts';
import { archiveSteps } from './steps/archives.ts';
import { busSteps } from './steps/bus.ts';
import { deadLetterSteps, queueSteps } from './steps/queues.ts';
import { settingSteps } from './steps/settings.ts';
import { tableSteps } from './steps/tables.ts';

export type Result = { readonly calls: number; readonly failures: readonly string[] };

const PATIENCE_MS = 60_000;
const PAUSE_MS = 100;

/** Order matters: queues are what the rules send to, and the bus is what the archive keeps. */
export function stepsFor(world: World): Step[] {
  return [
    ...queueSteps(world),
    ...busSteps(world),
    ...archiveSteps(world),
    ...deadLetterSteps(world),
    ...tableSteps(world),
    ...settingSteps(world),
  ];
}

/** @param say  told of each failure at once */
export async function converse(client: Client, steps: readonly Step[], say: (line: string) => void): Promise<Result> {
  let calls = 0;
  const failures: string[] = [];
  for (const step of steps) {
    const deadline = performance.now() + PATIENCE_MS;
    let answer: Answer;
    do {
      calls += 1;
      answer = await client.call(step.service, step.operation, inputOf(step));
      if (answer.ok) step.learn?.(answer.output as never);
    } while (asksAgain(step, answer) && performance.now() < deadline && (await sleep(PAUSE_MS, true)));
    const problem = problemOf(step, answer, client);
    if (problem === null) continue;
    failures.push(`${step.does} (${step.service} ${step.operation}): ${problem}`);
    say(`failed: ${failures.at(-1)}`);
  }
  return { calls, failures };
}

function inputOf({ input = {} }: Step) {
  return typeof input === 'function' ? input() : input;
}

function asksAgain({ until }: Step, answer: Answer): boolean {
  return until !== undefined && answer.ok && !until(answer.output as never);
}

function problemOf({ gives }: Step, answer: Answer, { kind }: Client): string | null {
  const refusal =
    typeof gives === 'object' && 'error' in gives ? (gives.error as string | Record<typeof kind, string>) : null;
  if (refusal === null)
    return answer.ok ? mismatch(answer.output, gives as never) : `${answer.error}: ${answer.detail}`;
  const wanted = typeof refusal === 'string' ? refusal : refusal[kind];
  if (answer.ok) return `no error, where ${wanted} was expected`;
  return answer.error === wanted ? null : `${answer.error} instead of ${wanted}: ${answer.detail}`;
}
