/** `secret status`: names, ages, live versions and tokens, and when each token was last used. Never a value. */
import type { Answer, Context } from '../context.ts';
import { localTime, type Zone } from '../instants.ts';
import { type SecretVersion, versionsOf } from '../secret/inventory.ts';
import { type Age, ageOf, SECRET_NAMES } from '../secret/periods.ts';
import { fullName, openSecretPlace, type SecretPlace, WEBHOOK_SECRET } from '../secret/place.ts';
import { describe } from '../secret/rotate.ts';
import { secretStore } from '../secret/stored-secret.ts';
import { type Progress, parseWebhookSecret } from '../secret/webhook-secret.ts';
import { businessZone } from '../shop.ts';
import { table } from '../table.ts';

/** Metrics by the minute are kept for longer. */
const LOOK_BACK_MS = 7 * 86_400_000;

type Listed = Age & {
  readonly name: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string | null;
  readonly versions: readonly SecretVersion[];
};

type Webhook = {
  readonly createdAt: string | null;
  readonly slots: readonly { readonly slot: number; readonly lastUsedAt: string | null }[];
  readonly rotation: Pick<Progress, 'by' | 'startedAt' | 'phase' | 'direction'> | null;
};

export async function secretStatus(context: Context): Promise<Answer> {
  const opened = openSecretPlace(context);
  try {
    const now = Date.now();
    const versions = await Promise.all(
      SECRET_NAMES.map((name) => versionsOf(opened.secrets, fullName(opened.place.env, name))),
    );
    const isThere = (versions[SECRET_NAMES.indexOf(WEBHOOK_SECRET)] ?? []).length > 0;
    const webhook = isThere ? await webhookOf(opened, now) : null;
    const secrets = SECRET_NAMES.map((name, index) =>
      listed(opened, name, versions[index] ?? [], name === WEBHOOK_SECRET ? webhook : null, now),
    );
    return { value: { secrets, webhook }, text: textOf(context, secrets, webhook) };
  } finally {
    opened.close();
  }
}

/** A rotation writes the secret several times: the token's own date counts. */
function listed(
  { place }: SecretPlace,
  name: string,
  versions: readonly SecretVersion[],
  webhook: Webhook | null,
  now: number,
): Listed {
  const current = versions.find(({ stages }) => stages.includes('AWSCURRENT'));
  const createdAt = webhook?.createdAt ?? current?.createdAt ?? null;
  const age = ageOf(name, place.env, createdAt === null ? null : Date.parse(createdAt), now);
  return { name: fullName(place.env, name), createdAt, ...age, versions };
}

async function webhookOf({ secrets, place, gauges }: SecretPlace, now: number): Promise<Webhook | null> {
  const stored = await secretStore(secrets, fullName(place.env, WEBHOOK_SECRET)).read();
  const secret = parseWebhookSecret(stored.text);
  if (secret === null) return null;
  const { progress, tokens, createdAt } = secret;
  const uses = await gauges.lastUses(now - LOOK_BACK_MS, tokens.length);
  return {
    createdAt,
    slots: uses.map((at, slot) => ({ slot, lastUsedAt: at === null ? null : new Date(at).toISOString() })),
    rotation:
      progress === null
        ? null
        : {
            by: progress.by,
            startedAt: progress.startedAt,
            phase: progress.phase,
            direction: progress.direction,
          },
  };
}

function textOf(context: Context, secrets: readonly Listed[], webhook: Webhook | null): string {
  const zone = businessZone(context.variables);
  const rows = secrets.map(({ name, state, ageDays, rotateEveryDays, dueAt, says, versions }) => [
    name,
    state,
    ageDays === null ? null : `${ageDays} d`,
    rotateEveryDays === null ? says : `every ${rotateEveryDays} d, ${says}`,
    dueAt === null ? null : localTime(dueAt, zone),
    versions.flatMap(({ stages }) => stages).join(' '),
  ]);
  const head = ['secret', 'state', 'age', 'to be changed', `due (${zone.name})`, 'versions'];
  return [table(head, rows), ...(webhook === null ? [] : ['', webhookText(webhook, zone)])].join('\n');
}

function webhookText({ slots, rotation }: Webhook, zone: Zone): string {
  const rows = slots.map(({ slot, lastUsedAt }) => [
    slot === 0 ? '0 (newest)' : slot,
    lastUsedAt === null ? 'not within 7 days' : localTime(lastUsedAt, zone),
  ]);
  const underWay =
    rotation === null
      ? 'No rotation is under way.'
      : `A rotation is under way: ${rotation.by} since ${localTime(rotation.startedAt, zone)} (${describe(rotation)}). \`npx frontdesk secret rotate webhook\` goes on with it.`;
  return `${table(['webhook token', `last used (${zone.name})`], rows)}\n${underWay}`;
}
