/** The small run; `test:full` has 1,000 messages (part `openai-faults`). */
import { expect, it } from 'vitest';
import { runFaults } from './run.ts';

it('messages whose model fails in every way settle, are never answered wrongly, and cost what the vendor says', {
  timeout: 180_000,
}, async () => {
  const audit = await runFaults({ messages: 110, outage: 14, concurrency: 8, timeScale: 0.05 });
  expect(audit.wrong).toEqual([]);
  expect(audit.settled).toBe(110);
  expect(audit.circuits).toEqual(['CircuitOpened', 'CircuitClosed']);
  // Enough of each that the rest says something.
  expect(audit.replied).toBeGreaterThan(30);
  expect(audit.modelFailures).toBeGreaterThan(20);
  expect(Object.keys(audit.behaviours).length).toBeGreaterThanOrEqual(13);
  expect(audit.vendors.nanoUsd).toBeGreaterThan(0n);
  expect(audit.ours).toEqual(audit.vendors);
});
