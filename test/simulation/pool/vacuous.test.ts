import { describe, expect, it } from 'vitest';
import { FAULT_NAMES } from '../world/faults.ts';
import { LEAST_FIRED, LONG_RUN, vacuousIn } from './vacuous.ts';

const everywhere = Object.fromEntries(FAULT_NAMES.map((name) => [name, LEAST_FIRED]));
const points = { 'crash-before verify store.get': LEAST_FIRED, 'crash-after verify store.get': LEAST_FIRED };
const task = { seed: '1', conversations: LONG_RUN, faults: 'all' } as const;
const operations = { 'verify store.get': 4_000 };

describe('a long run', () => {
  it('that met everything often enough proves something', () => {
    expect(vacuousIn(task, { faults: everywhere, crashPoints: points }, operations)).toEqual([]);
  });

  it('names the fault kind that fired too rarely, and the one that never did', () => {
    const { zombie: _never, ...others } = everywhere;
    const faults = { ...others, deploy: LEAST_FIRED - 1 };
    expect(vacuousIn(task, { faults, crashPoints: points }, operations)).toEqual([
      'fault zombie fired 0 times, fewer than 100',
      'fault deploy fired 99 times, fewer than 100',
    ]);
  });

  it('names the crash point that nobody died at', () => {
    const { 'crash-after verify store.get': _none, ...others } = points;
    expect(vacuousIn(task, { faults: everywhere, crashPoints: others }, operations)).toEqual([
      'crash point crash-after verify store.get (4000 calls) fired 0 times, fewer than 100',
    ]);
  });

  it('asks of a rare operation that it died at every twentieth call', () => {
    const rare = { 'verify queues.failure': 60 };
    const none = vacuousIn(task, { faults: everywhere, crashPoints: {} }, rare);
    expect(none).toContain('crash point crash-after verify queues.failure (60 calls) fired 0 times, fewer than 3');
    const some = { 'crash-before verify queues.failure': 3, 'crash-after verify queues.failure': 3 };
    expect(vacuousIn(task, { faults: everywhere, crashPoints: some }, rare)).toEqual([]);
  });

  it('asks nothing of one that was called fewer than twenty times', () => {
    expect(
      vacuousIn(task, { faults: everywhere, crashPoints: points }, { ...operations, 'verify queues.failure': 19 }),
    ).toEqual([]);
  });

  it('asks only for what was chosen', () => {
    const chosen = { ...task, faults: ['delay'] } as const;
    expect(vacuousIn(chosen, { faults: { delay: LEAST_FIRED }, crashPoints: {} }, operations)).toEqual([]);
    expect(vacuousIn({ ...task, faults: 'none' }, { faults: {}, crashPoints: {} }, operations)).toEqual([]);
  });
});

it('a short run is not asked', () => {
  expect(vacuousIn({ ...task, conversations: LONG_RUN - 1 }, { faults: {}, crashPoints: {} }, operations)).toEqual([]);
});
