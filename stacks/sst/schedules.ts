/// <reference path="../../.sst/platform/config.d.ts" />
import { topology } from '../topology.ts';
import { functionName, type Place } from '../topology-names.ts';
import { trustPolicy } from '../topology-policy.ts';
import type { Functions } from './functions.ts';

/** What runs by the clock. */
export function createSchedules(place: Place, functions: Functions, boundary: aws.iam.Policy): void {
  for (const { name, scheduleSeconds } of topology.functions) {
    const target = functions.get(name);
    if (scheduleSeconds === null || target === undefined) continue;
    new sst.aws.CronV2(`Schedule-${name}`, {
      function: target.arn,
      schedule: rate(scheduleSeconds / 60),
      // The component's default is none; a lost run is one minute late, two lost ones are not.
      retries: 2,
      transform: {
        schedule: { name: functionName(place.env, name) },
        role: {
          name: `${functionName(place.env, name)}-schedule`,
          assumeRolePolicy: trustPolicy({ Service: ['scheduler.amazonaws.com'] }, [
            { test: 'StringEquals', variable: 'aws:SourceAccount', values: [place.accountId] },
          ]),
          permissionsBoundary: boundary.arn,
        },
      },
    });
  }
}

function rate(minutes: number): `rate(${string})` {
  return minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)`;
}
