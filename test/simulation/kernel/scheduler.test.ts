import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistory } from './history.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';

const START = Date.UTC(2026, 0, 31, 9, 30);

function world(seed: number | string, latency?: () => number) {
  const history = createHistory<string>();
  const scheduler = createScheduler({ seed, startAt: START, history, ...(latency === undefined ? {} : { latency }) });
  return { history, scheduler };
}

/** Processes that each take some points and sleeps, saying what they do. */
function bustle(scheduler: Scheduler, shape: readonly (readonly number[])[], say: (line: string) => void): void {
  for (const [index, waits] of shape.entries()) {
    const process = scheduler.process('worker');
    void process.spawn('work', async () => {
      for (const ms of waits) {
        await (ms === 0 ? process.point('port') : process.clock.sleep(ms));
        say(`${index}@${process.clock.now() - START}`);
      }
    });
  }
}

describe('determinism', () => {
  const shape = fc.array(fc.array(fc.nat(30), { maxLength: 8 }), { minLength: 1, maxLength: 8 });

  async function record(seed: number, waits: number[][]): Promise<{ lines: string[]; sha256: string }> {
    const { history, scheduler } = world(seed);
    const lines: string[] = [];
    bustle(scheduler, waits, (line) => lines.push(line));
    expect(await scheduler.run()).toMatchObject({ stopped: 'quiet', unfinished: [] });
    return { lines, sha256: history.sha256() };
  }

  it('the same seed gives the same steps', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), shape, async (seed, waits) => {
        expect(await record(seed, waits)).toEqual(await record(seed, waits));
      }),
    );
  });

  it('other seeds give other orders, and among them every order', async () => {
    const orders = new Set<string>();
    for (let seed = 0; seed < 200; seed += 1) {
      const { scheduler } = world(seed, () => 0);
      let order = '';
      bustle(scheduler, [[0], [0], [0]], (line) => {
        order += line[0];
      });
      await scheduler.run();
      orders.add(order);
    }
    expect([...orders].sort()).toEqual(['012', '021', '102', '120', '201', '210']);
  });

  it('one thing happens at a time', async () => {
    const { scheduler } = world(1);
    let inside = 0;
    for (let task = 0; task < 20; task += 1) {
      const process = scheduler.process('task');
      void process.spawn('run', async () => {
        for (let turn = 0; turn < 5; turn += 1) {
          await process.point('enter');
          inside += 1;
          expect(inside).toBe(1);
          // A chain of promises of its own still belongs to the same step.
          await Promise.resolve().then(() => Promise.resolve());
          inside -= 1;
        }
      });
    }
    expect((await scheduler.run()).unfinished).toEqual([]);
  });
});

describe('time', () => {
  it('passes only by sleeping', async () => {
    const { scheduler } = world(1);
    const process = scheduler.process('sleeper');
    const outcome = process.spawn('sleep', async () => {
      await process.clock.sleep(86_400_000);
      return [process.clock.now() - START, process.clock.monotonic()];
    });
    await scheduler.run();
    expect(await outcome).toEqual({ ok: true, value: [86_400_000, 86_400_000] });
  });

  it('a jump of the wall clock moves no sleeper', async () => {
    const { scheduler } = world(1);
    const process = scheduler.process('sleeper');
    const outcome = process.spawn('sleep', async () => {
      scheduler.clock.jump(-3_600_000);
      await process.clock.sleep(1000);
      return [process.clock.now() - START, process.clock.monotonic()];
    });
    await scheduler.run();
    expect(await outcome).toEqual({ ok: true, value: [-3_599_000, 1000] });
  });

  it('skew is seen by one process alone', () => {
    const { scheduler } = world(1);
    const [wrong, right] = [scheduler.process('wrong'), scheduler.process('right')];
    wrong.skew(500);
    expect([wrong.clock.now(), right.clock.now(), wrong.clock.monotonic()]).toEqual([START + 500, START, 0]);
  });

  it('stops at a bound and goes on from there', async () => {
    const { scheduler } = world(1);
    const said: string[] = [];
    bustle(scheduler, [[10, 10, 10]], (line) => said.push(line));
    expect(await scheduler.run({ untilMonotonic: 25 })).toMatchObject({
      stopped: 'time',
      unfinished: ['worker#1 work/1'],
    });
    expect([said, scheduler.clock.monotonic()]).toEqual([['0@10', '0@20'], 25]);
    expect(await scheduler.run({ maxSteps: 0 })).toMatchObject({ stopped: 'steps', steps: 0 });
    expect(await scheduler.run()).toMatchObject({ stopped: 'quiet', steps: 1 });
    expect(said).toEqual(['0@10', '0@20', '0@30']);
  });
});

describe('a killed process', () => {
  it('never resumes, and whoever watches is told once', async () => {
    const { scheduler } = world(1);
    let kills = 0;
    const said: string[] = [];
    const victim = scheduler.process('victim', () => {
      kills += 1;
    });
    void victim.spawn('work', async () => {
      await victim.clock.sleep(10);
      said.push('before');
      await victim.clock.sleep(10);
      said.push('after');
    });
    const killer = scheduler.process('killer');
    void killer.spawn('kill', async () => {
      await killer.clock.sleep(15);
      victim.kill();
      victim.kill();
    });
    expect(await scheduler.run()).toMatchObject({ stopped: 'quiet', unfinished: [] });
    expect([said, kills, victim.isAlive]).toEqual([['before'], 1, false]);
  });

  it('gets no further than its next await when it dies in its own step', async () => {
    const { scheduler } = world(1);
    const process = scheduler.process('victim');
    const said: string[] = [];
    void process.spawn('work', async () => {
      await process.point('port');
      process.kill();
      said.push('same step');
      await process.point('port');
      said.push('next step');
    });
    await scheduler.run();
    expect(said).toEqual(['same step']);
  });
});

describe('a zombie', () => {
  it('stands still while frozen and goes on when thawed, in a later world', async () => {
    const { scheduler } = world(1);
    const zombie = scheduler.process('zombie');
    const outcome = zombie.spawn('work', async () => {
      await zombie.clock.sleep(10);
      return zombie.clock.monotonic();
    });
    const host = scheduler.process('host');
    void host.spawn('freeze', async () => {
      await host.clock.sleep(5);
      zombie.freeze();
      await host.clock.sleep(500);
      zombie.thaw();
    });
    await scheduler.run();
    expect(await outcome).toEqual({ ok: true, value: 505 });
  });

  it('that is never thawed shows up as unfinished', async () => {
    const { scheduler } = world(1);
    const zombie = scheduler.process('zombie');
    void zombie.spawn('work', () => zombie.clock.sleep(10));
    zombie.freeze();
    expect(await scheduler.run()).toMatchObject({ stopped: 'quiet', unfinished: ['zombie#1 work/1'] });
  });
});

describe('a task', () => {
  it('that fails hands its error over and stops nobody', async () => {
    const { scheduler } = world(1);
    const process = scheduler.process('p');
    const failing = process.spawn('fail', () => Promise.reject(new Error('planted')));
    const working = process.spawn('work', async () => 3);
    await scheduler.run();
    expect([await failing, await working]).toEqual([
      { ok: false, error: new Error('planted') },
      { ok: true, value: 3 },
    ]);
  });

  it('that awaits something outside the world is named when all is quiet', async () => {
    const { scheduler } = world(1);
    const process = scheduler.process('p');
    void process.spawn('stuck', () => new Promise(() => {}));
    expect((await scheduler.run()).unfinished).toEqual(['p#1 stuck/1']);
  });
});

it('what the check after a step throws ends the run', async () => {
  const history = createHistory<string>();
  let seen = 0;
  const scheduler = createScheduler({
    seed: 1,
    startAt: START,
    history,
    afterStep: () => {
      seen += 1;
      if (seen === 2) throw new Error('invariant');
    },
  });
  bustle(scheduler, [[1, 1, 1]], () => {});
  await expect(scheduler.run()).rejects.toThrow('invariant');
  expect(history.recentSteps()).toHaveLength(2);
});
