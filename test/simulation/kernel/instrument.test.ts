import { describe, expect, it } from 'vitest';
import { type FaultKind, type FaultPlan, faultAt, noFaults, randomFaults } from './faults.ts';
import { createHistory } from './history.ts';
import { createInstruments } from './instrument.ts';
import { createRandom } from './random.ts';
import { createScheduler, type Process } from './scheduler.ts';

/** A counter behind a port: what it was asked for in fact, and what its caller saw. */
function world(plan: FaultPlan, seed: number | string = 1) {
  const history = createHistory<string>();
  const scheduler = createScheduler({ seed, startAt: 0, history });
  const instruments = createInstruments({
    scheduler,
    plan,
    errorFor: (kind, call) => new Error(`${kind} at ${call.port}.${call.method}`),
  });
  const effects: string[] = [];
  const counter = {
    add: async (by: number) => {
      effects.push(`add ${by} @${scheduler.clock.monotonic()}`);
      return by + 1;
    },
    describe: () => 'a counter',
  };
  const ported = (process: Process) => instruments.port(process, 'counter', counter, ['describe']);
  return { scheduler, instruments, effects, history, ported };
}

async function oneCall(kind: FaultKind, ms = 0) {
  const { scheduler, instruments, effects, ported } = world(faultAt(1, kind, ms));
  const process = scheduler.process('p');
  let seen: unknown = 'nothing';
  const task = process.spawn('work', () => ported(process).add(1));
  void task.then((outcome) => {
    seen = outcome.ok ? outcome.value : String(outcome.error);
  });
  await scheduler.run();
  return { effects: effects.length, seen, isAlive: process.isAlive, elapsed: scheduler.clock.monotonic(), instruments };
}

describe('one fault at one call', () => {
  it.each<[FaultKind, { effects: number; seen: unknown; isAlive: boolean }]>([
    ['crash-before', { effects: 0, seen: 'nothing', isAlive: false }],
    ['crash-after', { effects: 1, seen: 'nothing', isAlive: false }],
    ['timeout-lost', { effects: 0, seen: 'Error: timeout at counter.add', isAlive: true }],
    ['timeout-applied', { effects: 1, seen: 'Error: timeout at counter.add', isAlive: true }],
    ['throttle', { effects: 0, seen: 'Error: throttle at counter.add', isAlive: true }],
    ['error', { effects: 0, seen: 'Error: error at counter.add', isAlive: true }],
    ['delay', { effects: 1, seen: 2, isAlive: true }],
    ['zombie', { effects: 1, seen: 2, isAlive: true }],
  ])('%s', async (kind, expected) => expect(await oneCall(kind, 1000)).toMatchObject(expected));

  it.each<FaultKind>(['delay', 'zombie'])('%s takes its time', async (kind) => {
    expect((await oneCall(kind, 1000)).elapsed).toBeGreaterThanOrEqual(1000);
  });

  it('is counted, a crash with the place where it happened', async () => {
    const { instruments } = await oneCall('crash-after');
    expect([[...instruments.counts.faults], [...instruments.counts.crashPoints], instruments.calls]).toEqual([
      [['crash-after', 1]],
      [['crash-after p counter.add', 1]],
      1,
    ]);
  });
});

describe('a port', () => {
  it('answers at once where nothing is asked for', () => {
    const { scheduler, ported } = world(noFaults);
    expect(ported(scheduler.process('p')).describe()).toBe('a counter');
  });

  it('lets another process overtake between asking and answering', async () => {
    const overtaken = new Set<string>();
    for (let seed = 0; seed < 50; seed += 1) {
      const { scheduler, effects, ported } = world(noFaults, seed);
      for (const by of [1, 2]) {
        const process = scheduler.process('p');
        void process.spawn('work', () => ported(process).add(by));
      }
      await scheduler.run();
      overtaken.add(effects.map((effect) => effect.split('@')[0]).join(''));
    }
    expect([...overtaken].sort()).toEqual(['add 1 add 2 ', 'add 2 add 1 ']);
  });

  it('a zombie wakes after another has done its work', async () => {
    const { scheduler, effects, ported } = world(faultAt(1, 'zombie', 10_000), 3);
    for (const by of [1, 2]) {
      const process = scheduler.process('p');
      void process.spawn('work', () => ported(process).add(by));
    }
    await scheduler.run();
    expect(effects).toHaveLength(2);
    expect(Number(effects[0]?.split('@')[1])).toBeLessThan(10_000);
    expect(Number(effects[1]?.split('@')[1])).toBeGreaterThanOrEqual(10_000);
  });
});

describe('random faults', () => {
  async function storm(seed: number) {
    const rates = { 'crash-before': 0.05, 'crash-after': 0.05, 'timeout-lost': 0.1, delay: 0.1, zombie: 0.05 };
    const { scheduler, instruments, effects, history, ported } = world(
      randomFaults(createRandom(seed).fork('faults'), rates, 500),
      seed,
    );
    for (let index = 0; index < 100; index += 1) {
      const process = scheduler.process('p');
      const counter = ported(process);
      void process.spawn('work', async () => {
        for (let turn = 0; turn < 5; turn += 1) await counter.add(turn);
      });
    }
    await scheduler.run();
    return { effects, sha256: history.sha256(), kinds: [...instruments.counts.faults.keys()].sort() };
  }

  it('repeat to the byte for a seed, and differ for another', async () => {
    const [one, again, other] = [await storm(1), await storm(1), await storm(2)];
    expect(again).toEqual(one);
    expect(other.sha256).not.toBe(one.sha256);
  });

  it('reach every kind that was asked for', async () => {
    expect((await storm(1)).kinds).toEqual(['crash-after', 'crash-before', 'delay', 'timeout-lost', 'zombie']);
  });

  it('refuse rates above every call', () => {
    expect(() => randomFaults(createRandom(1), { error: 0.6, delay: 0.6 }, 1)).toThrow(RangeError);
  });
});
