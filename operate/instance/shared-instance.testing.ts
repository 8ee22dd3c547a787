/** One real instance for all tests of a file, and the command line on it. */
import { afterAll, beforeAll } from 'vitest';
import { frontdesk, frontdeskJson, instanceIn, type RunningInstance, startedInstance } from './testing.ts';

/** An order question without an order gets the question for its number (decisions §6.5, P4 pair without match). */
export const QUESTION = 'where is my order?';

/** Starts an instance before the first test of the file that calls it, and removes it after the last. */
export function sharedInstance() {
  let running: RunningInstance;
  beforeAll(async () => {
    running = await startedInstance();
  });
  afterAll(async () => {
    await running.stop();
    running.remove();
  });
  return {
    running: () => running,
    instance: () => instanceIn(running.data),
    run: (...args: readonly string[]) => frontdesk(running.data, ...args),
    json: (...args: readonly string[]) => frontdeskJson(running.data, ...args),
  };
}
