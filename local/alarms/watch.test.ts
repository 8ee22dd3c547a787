/** A stage in small: two alarms over one counter, minutes that a test lets pass. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { own } from '../../stacks/alarms/signal.ts';
import type { AlarmSpec } from '../../stacks/alarms/types.ts';
import { runbook, watched } from '../../stacks/alarms/watch.ts';
import { alarmsOf } from '../../stacks/topology-alarms.ts';
import type { Timing } from '../aws/time.ts';
import type { Transition } from './standing.ts';
import { startAlarms } from './watch.ts';

const COUNTER = own('local', 'responder.reply_unknown_total', 'Sum');
const ALARMS: readonly AlarmSpec[] = [
  {
    id: 'P2',
    title: 'Outcome unknown',
    owner: 'engineering',
    runbook: runbook('R003'),
    first: 'Read the ticket.',
    watches: [
      watched('medium', 'any', COUNTER, { atLeast: 1, over: [60, 1, 1] }),
      watched('page', 'many', COUNTER, { atLeast: 5, over: [60, 1, 1] }),
    ],
  },
  ...alarmsOf('local').filter(({ id }) => id === 'S9'),
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-alarms-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Time that moves when a test says so. */
function clockwork() {
  let now = Date.UTC(2026, 0, 15, 12, 0, 0);
  let timers: { at: number; run: () => void }[] = [];
  const timing: Timing = {
    now: () => now,
    setTimer(run, delayMs) {
      const timer = { at: now + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    timeScale: 1,
  };
  const pass = (ms: number): void => {
    const end = now + ms;
    for (let due = next(); due !== undefined && due.at <= end; due = next()) {
      now = due.at;
      timers = timers.filter((one) => one !== due);
      due.run();
    }
    now = end;
  };
  const next = () => timers.toSorted((a, b) => a.at - b.at)[0];
  return { timing, pass };
}

function stage(file: string | null, { timing, pass } = clockwork()) {
  const told: Transition[] = [];
  let perMinute = 0;
  const watch = startAlarms({
    alarms: ALARMS,
    // The same in every minute, recorded or not.
    reader: {
      values: ({ fromMs, toMs }) => Array.from({ length: Math.ceil((toMs - fromMs) / 60_000) }, () => perMinute),
    },
    timing,
    hasCustomers: false,
    file,
    poster: null,
    onTransition: (transition) => told.push(transition),
    onTrouble: (what) => {
      throw new Error(what);
    },
  });
  const minute = (count: number): void => {
    perMinute = count;
    pass(60_000);
  };
  return { watch, told, minute, pass, timing };
}

describe('alarms of an instance', () => {
  it('tells when one begins, when it grows worse, and when it is over; since when stays', () => {
    const { told, minute } = stage(null);
    for (const count of [0, 1, 1, 5, 0, 0]) minute(count);
    expect(
      told.map(({ state, id, severity, value, threshold, since }) => [state, id, severity, value, threshold, since]),
    ).toEqual([
      ['alarm', 'P2', 'medium', 1, 1, '2026-01-15T12:01:02.000Z'],
      ['alarm', 'P2', 'page', 5, 5, '2026-01-15T12:01:02.000Z'],
      ['ok', 'P2', 'page', 5, 5, '2026-01-15T12:01:02.000Z'],
    ]);
  });

  it('remembers over a restart what rang, and does not tell it again', () => {
    const file = join(folder, 'alarms.json');
    const clock = clockwork();
    const first = stage(file, clock);
    for (const count of [0, 1]) first.minute(count);
    first.watch.stop();
    const second = stage(file, clock);
    expect(second.watch.ringing().map(({ id, since }) => [id, since])).toEqual([['P2', '2026-01-15T12:01:02.000Z']]);
    second.minute(1);
    expect(second.told).toEqual([]);
    second.minute(0);
    expect(second.told.map(({ state }) => state)).toEqual(['ok']);
  });

  it('tells an event once, shows it for an hour, and forgets it without a word', () => {
    const { watch, told, pass, timing } = stage(null);
    const said = { source: 'frontdesk.flag-watcher', 'detail-type': 'SafeModeChanged', detail: {} };
    watch.hear('default', said);
    watch.hear('frontdesk', { ...said, source: 'frontdesk.verify' });
    expect(told).toEqual([]);
    watch.hear('frontdesk', said);
    expect(told.map(({ state, id, severity }) => [state, id, severity])).toEqual([['event', 'S9', 'info']]);
    pass(3_599_000);
    expect(watch.ringing().map(({ id, since }) => [id, since])).toEqual([['S9', '2026-01-15T12:00:00.000Z']]);
    pass(2_000);
    expect([watch.ringing(), told.length, timing.now()]).toEqual([[], 1, Date.UTC(2026, 0, 15, 13, 0, 1)]);
  });
});
