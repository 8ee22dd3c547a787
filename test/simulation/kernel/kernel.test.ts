import { expect, it } from 'vitest';
import { createHistory } from './history.ts';
import { createScheduler } from './scheduler.ts';
import { setTraps } from './traps.ts';

it('the kernel runs a large world without touching real time or chance', async () => {
  const traps = setTraps();
  try {
    const history = createHistory<{ kind: 'done'; process: string }>();
    const scheduler = createScheduler({ seed: 'large', startAt: 0, history, afterStep: traps.check });
    for (let index = 0; index < 500; index += 1) {
      const process = scheduler.process('conversation');
      void process.spawn('talk', async () => {
        for (let turn = 0; turn < 20; turn += 1) await process.point('port');
        history.append({ kind: 'done', process: process.id });
      });
    }
    const result = await scheduler.run();
    // 500 tasks: one step to start, 20 points each.
    expect(result).toEqual({ stopped: 'quiet', steps: 500 * 21, unfinished: [] });
    expect(new Set(history.facts.map((fact) => fact.process)).size).toBe(500);
    traps.check();
  } finally {
    traps.release();
  }
});
