/// <reference path="../../.sst/platform/config.d.ts" />
import { topology } from '../topology.ts';
import type { Functions } from './functions.ts';

export function createSchedules(functions: Functions): void {
  for (const { name, scheduleSeconds } of topology.functions) {
    const target = functions.get(name);
    if (scheduleSeconds === null || target === undefined) continue;
    new sst.aws.CronV2(`Schedule-${name}`, {
      function: target.arn,
      schedule: rate(scheduleSeconds / 60),
      // The component's default is none; a lost run is one minute late, two lost ones are not.
      retries: 2,
    });
  }
}

function rate(minutes: number): `rate(${string})` {
  return minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)`;
}
