/** `secret rotate webhook`: another token for the webhook, step by step, without a request refused that was good (platform §3.5). */
import { randomUUID } from 'node:crypto';
import type { AuthMethod } from '../../events/auth-methods.ts';
import { liveClock } from '../../functions/shared/clock/live.ts';
import type { Answer, Context } from '../context.ts';
import { misuse } from '../failure.ts';
import { aboutChange } from '../flags/parameters.ts';
import { localTime } from '../instants.ts';
import { isRefusedAtDoor } from '../secret/door-check.ts';
import { takeLease } from '../secret/driver.ts';
import { objectionsOf, standingOf } from '../secret/health.ts';
import { newToken } from '../secret/new-token.ts';
import { fullName, openSecretPlace, type SecretPlace, WEBHOOK_SECRET } from '../secret/place.ts';
import { type Rotated, rotate } from '../secret/rotate.ts';
import { NOT_SAFE, safeModeBeside } from '../secret/safe-mode.ts';
import { sandboxSender, showOnTerminal, workspaceSender } from '../secret/sender.ts';
import { secretStore } from '../secret/stored-secret.ts';
import { rotationTimes } from '../secret/times.ts';
import { requireUndoableIn } from '../secret/undoable.ts';
import { businessZone, readShop } from '../shop.ts';
import { durationText, pairs } from '../table.ts';
import { count } from '../text.ts';

export type RotateOptions = { readonly undo?: boolean; readonly emergency?: boolean; readonly showToken?: boolean };

export async function rotateWebhook(context: Context, options: RotateOptions): Promise<Answer> {
  const { undo = false, emergency: isEmergency = false, showToken = false } = options;
  if (showToken && context.isJson)
    throw misuse('token_in_json', '--show-token and --json exclude each other', 'leave one of them out');
  const show = showToken ? showOnTerminal() : null;
  const opened = openSecretPlace(context);
  const { place, instance, secrets, gauges, store, timeScale, pollMs } = opened;
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  const clock = liveClock();
  const name = fullName(place.env, WEBHOOK_SECRET);
  const about = aboutChange('emergency rotation of the webhook token');
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const tokens = secretStore(secrets, name);
  let safeMode = Promise.resolve(true);
  try {
    if (undo) await requireUndoableIn(tokens);
    // Beside it: waiting for replies on the way, or for a flag that cannot be written, would give a thief time.
    if (isEmergency) safeMode = safeModeBeside(context, about, stopping.signal);
    const driver = await takeLease(store, about.by, clock);
    try {
      const rotated = await rotate(
        {
          store: tokens,
          sender: instance?.sandbox
            ? sandboxSender(instance)
            : workspaceSender(authOf(opened, context), name, context.tell, show),
          gauges,
          driver,
          clock,
          times: rotationTimes(timeScale, isEmergency, pollMs),
          by: about.by,
          isEmergency,
          objections: async () => objectionsOf(await standingOf(place)),
          isRefused: async (gone, staying) => (instance === null ? null : isRefusedAtDoor(instance, gone, staying)),
          newToken,
          newId: randomUUID,
          tell: context.tell,
          signal: stopping.signal,
        },
        undo,
      );
      return answerOf(context, opened, rotated, await safeMode);
    } finally {
      // Where this cannot be written, the lease ends by itself.
      await driver.release().catch(() => {});
    }
  } finally {
    await safeMode;
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    opened.close();
  }
}

/** What the door takes; on AWS as the configuration here says. */
function authOf({ instance, place }: SecretPlace, { variables }: Context): AuthMethod {
  if (instance !== null) return instance.webhookAuth ?? 'header_token';
  const shop = readShop(variables);
  const methods: Readonly<Record<string, AuthMethod>> = shop.ok ? shop.config.webhook.auth : {};
  return methods[place.env] ?? 'header_token';
}

function answerOf(context: Context, { place }: SecretPlace, rotated: Rotated, isSafe: boolean): Answer {
  const zone = businessZone(context.variables);
  const ms = Date.parse(rotated.finishedAt) - Date.parse(rotated.startedAt);
  const { watched, oldRefused } = rotated;
  const objections = isSafe ? rotated.objections : [NOT_SAFE, ...rotated.objections];
  const refusal = { true: 'refused by the door', false: 'accepted', null: 'not tried; auth failures show it' } as const;
  const rows = [
    ['webhook token', `${rotated.result} by ${rotated.by} in ${durationText(ms)}`],
    ['until', `${localTime(rotated.finishedAt, zone)} ${zone.name}`],
    ['watched', watched === null ? null : `${count(watched.requests, 'request')}, ${watched.authFailures} refused`],
    ['removed token', refusal[`${oldRefused}`]],
    ['now', objections.length === 0 ? 'healthy' : objections.join('; ')],
  ] as const;
  return {
    value: { secret: fullName(place.env, WEBHOOK_SECRET), ...rotated, objections, ms },
    text: pairs(rows),
    exitCode: objections.length === 0 ? 0 : 1,
  };
}
