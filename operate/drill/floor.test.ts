/** A drill on a real folder in which nothing can go wrong: it shows nothing, so it does not pass. */
import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { frontdesk, frontdeskJson, type RunningInstance, startedInstance } from '../instance/testing.ts';

let running: RunningInstance;
beforeAll(async () => {
  running = await startedInstance(undefined, { args: ['--mode', 'shadow'] });
});
afterAll(async () => {
  await running.stop();
  running.remove();
});

it('a folder in shadow, where a message came in and nobody was answered, is not proven whole', async () => {
  const { data } = running;
  const said = await frontdeskJson(data, 'say', 'My lamp arrived broken, the glass is shattered.');
  expect(said.value.outcome).not.toBe('replied');
  const { code, out, err } = await frontdesk(data, 'drill', 'conversation_state');
  expect(code).toBe(1);
  expect(out + err).toContain('not proven: nothing was answered here');
  expect(out + err).toContain('npm start -- --mode auto');
  expect(out + err).not.toMatch(/proven whole/i);
  const left = readdirSync(dirname(data)).filter((name) => name.startsWith(`${basename(data)}.drill-`));
  expect(left).toEqual([]);
});
