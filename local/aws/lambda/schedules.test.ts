import { expect, it } from 'vitest';
import { ACCOUNT, functionArn, REGION, START, virtualTiming } from '../testing.ts';
import { startSchedules } from './schedules.ts';

const ruleArn = 'arn:aws:events:us-east-2:000000000000:rule/frontdesk-local-sweeper-schedule';

function schedule(timeScale = 1) {
  const timing = virtualTiming(START, timeScale);
  const rings: { at: number; payload: unknown }[] = [];
  const schedules = startSchedules([{ ruleArn, functionArn: functionArn('sweeper'), everySeconds: 60 }], {
    accountId: ACCOUNT,
    region: REGION,
    timing,
    newId: () => 'id-1',
    enqueue({ functionArn: arn, payload }) {
      expect(arn).toBe(functionArn('sweeper'));
      rings.push({ at: timing.now() - START, payload: JSON.parse(payload) });
      return true;
    },
  });
  return { timing, rings, schedules };
}

it('rings at the start and then at its rate, until it is stopped', async () => {
  const { timing, rings, schedules } = schedule();
  await timing.advance(180_000);
  expect(rings.map((ring) => ring.at)).toEqual([0, 60_000, 120_000, 180_000]);
  schedules.stop();
  await timing.advance(180_000);
  expect(rings).toHaveLength(4);
});

it('rings in between when asked to, and keeps its rate', async () => {
  const { timing, rings, schedules } = schedule();
  await timing.advance(20_000);
  schedules.ring();
  await timing.advance(60_000);
  expect(rings.map((ring) => ring.at)).toEqual([0, 20_000, 60_000]);
});

it('sends the event of a scheduled rule', async () => {
  const { timing, rings } = schedule();
  await timing.advance(0);
  expect(rings.map((ring) => ring.payload)).toEqual([
    {
      version: '0',
      id: 'id-1',
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: '2026-01-31T09:30:00Z',
      region: 'us-east-2',
      resources: [ruleArn],
      detail: {},
    },
  ]);
});

it('scales with the time scale', async () => {
  const { timing, rings } = schedule(0.01);
  await timing.advance(1_800);
  expect(rings.map((ring) => ring.at)).toEqual([0, 600, 1_200, 1_800]);
});
