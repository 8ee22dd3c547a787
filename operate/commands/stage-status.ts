/** `status` of a deployed stage: what `status` of this machine tells, as far as AWS knows it. */
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { Answer, Context } from '../context.ts';
import { FLAG_NAMES, requireFlag, valueInForce } from '../flags/values.ts';
import { alarmsNow } from '../health/alarms.ts';
import { readBreakers } from '../health/breakers.ts';
import { readDeadLetters } from '../health/dead-letters.ts';
import { lastReplyIn } from '../health/last-reply.ts';
import { readInFlight } from '../health/ledger.ts';
import { runningMode } from '../health/mode.ts';
import { standingAlarms } from '../health/standing-alarms.ts';
import { clientConfiguration } from '../instance/clients.ts';
import { notWhole } from '../recovery/whole.ts';
import { withLevers } from '../switches/levers.ts';
import { readCatchingUp, readStops } from '../switches/standing.ts';
import { statusText } from './status.ts';

export function stageStatus(context: Context): Promise<Answer> {
  return withLevers(context, async ({ flags, rules, tables, place }) => {
    const now = Date.now();
    const cloudWatch = new CloudWatchClient(clientConfiguration(place));
    try {
      const [stored, inFlight, queues, breakers, lastReplyAt] = await Promise.all([
        flags.all().catch(() => null),
        readInFlight(tables, now),
        readDeadLetters(place),
        readBreakers(tables),
        lastReplyIn(cloudWatch, place.env, now),
      ]);
      const stops = stored === null ? [] : await readStops(flags, rules);
      const catchingUp = stored === null ? null : await readCatchingUp(flags);
      const deadLetters = Object.values(queues).reduce((sum, messages) => sum + messages, 0);
      const textOf = (name: string): string | null => stored?.get(name)?.value ?? null;
      const ledger = stored === null ? null : notWhole(textOf);
      const inForce = (name: string) => valueInForce(requireFlag(name), textOf(name));
      const present = alarmsNow({
        oldestUnsettledS: inFlight.oldestSeconds,
        deadLetters,
        flagsReadable: stored !== null,
        openBreakers: Object.keys(breakers).filter((vendor) => breakers[vendor] === 'open'),
      });
      // CloudWatch judges the rest, and tells whom the stage names.
      const alarms = standingAlarms(present, []);
      const value = {
        env: place.env,
        // Of this command, it would say nothing about the stage.
        version: null,
        healthy: alarms.length === 0,
        mode: runningMode(textOf),
        flags: Object.fromEntries(FLAG_NAMES.map((name) => [name, inForce(name)])),
        classifier: inForce('openai_enabled') === true ? 'openai' : 'embedded',
        inFlight: inFlight.messages,
        oldestUnsettledS: inFlight.oldestSeconds,
        deadLetters,
        breakers,
        lastReplyAt,
        alarms,
        limits: 'vendor',
        bytes: null,
        stops,
        ...(catchingUp !== null && { catchingUp }),
        ...(ledger !== null && { ledger }),
        bytesByPart: null,
      };
      return { value, text: statusText(value, queues, context) };
    } finally {
      cloudWatch.destroy();
    }
  });
}
