/** Whether the door refuses what was removed: asked of the door itself, with an event that it knows and ignores. */
import { doorOf, provenCall } from '../../local/webhook-proof.ts';
import type { Instance } from '../instance/instance.ts';

const TRIES = 3;
const TIMEOUT_MS = 10_000;

type Rung = Pick<Instance, 'webhookUrl' | 'webhookHeader' | 'webhookToken' | 'webhookAuth'>;

/** `null` where the door cannot be asked: it does not even take the token that stays, or answers something else. */
export async function isRefusedAtDoor(
  instance: Rung,
  gone: readonly string[],
  staying: string,
): Promise<boolean | null> {
  if ((await statusFor(instance, staying)) !== 200) return null;
  const statuses: (number | null)[] = [];
  for (const token of gone)
    for (let attempt = 0; attempt < TRIES; attempt += 1) statuses.push(await statusFor(instance, token));
  if (statuses.includes(200)) return false;
  return statuses.every((status) => status === 401) ? true : null;
}

async function statusFor(instance: Rung, token: string): Promise<number | null> {
  const { webhookUrl, webhookToken } = instance;
  // A token in the URL is part of it.
  const url = webhookToken === '' ? webhookUrl : webhookUrl.replaceAll(webhookToken, () => token);
  const door = doorOf({ ...instance, webhookUrl: url, webhookToken: token });
  const payload = { ticket_id: 'rotation-check', event_type: 'rotation_check' };
  const { url: address, ...call } = provenCall(door, payload, Date.now());
  const response = await fetch(address, {
    method: 'POST',
    ...call,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  await response?.body?.cancel();
  return response?.status ?? null;
}
