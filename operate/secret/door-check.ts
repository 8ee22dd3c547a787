/** Whether the door refuses what was removed: asked of the door itself, with an event that it knows and ignores. */
import type { Instance } from '../instance/instance.ts';

const TRIES = 3;
const TIMEOUT_MS = 10_000;

/** `null` where the token that stays is not taken this way: the stage then wants signatures, and no header proves anything. */
export async function isRefusedAtDoor(
  instance: Pick<Instance, 'webhookUrl' | 'webhookHeader'>,
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

async function statusFor({ webhookUrl, webhookHeader }: Pick<Instance, 'webhookUrl' | 'webhookHeader'>, token: string) {
  const response = await fetch(webhookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [webhookHeader]: token },
    body: JSON.stringify({ ticket_id: 'rotation-check', event_type: 'rotation_check' }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  await response?.body?.cancel();
  return response?.status ?? null;
}
